"""Where each role begins its day."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from citymgmt.people.permissions import allows, require_role
from citymgmt.people.roles import Role

FIRST_PAGE: Mapping[str, str] = {
    Role.CLERK: "cases:desk",
    Role.OFFICER: "cases:mine",
    Role.TEAM_LEADER: "cases:mine",
    Role.TEAM_MEMBER: "cases:mine",
    Role.LEADER: "statistics:dashboard",
    Role.LIAISON: "cases:escalations",
    Role.ADMIN: "people:setup",
    Role.SECADMIN: "people:users",
    Role.AUDITOR: "people:audit",
}


@dataclass(frozen=True)
class Task:
    """A part of the set-up: the action of the permission table that opens it, and where it is done."""

    action: str
    url_name: str
    label: Any
    text: Any
    icon: str


TASKS = (
    Task("organisation.edit", "admin:people_organisation_changelist", _("Organisations"),
         _("Offices, the three teams, district departments and the matters they answer for."), "diagram-3"),
    Task("community.view", "communities:list", _("Communities"),
         _("Communities, their officers, deputies and leave."), "geo-alt"),
    Task("user.create", "people:users", _("Users"),
         _("Create people, reset passwords, lock out. Rights are granted by the security administrator."), "people"),
    Task("standard.edit", "cases:standards", _("Standards"),
         _("Filing conditions, time limits and handling units, each with its versions."), "journal-text"),
    Task("calendar.view", "worktime:calendar", _("Calendar"),
         _("Holidays, make-up days, office hours, and the steps of the ladder."), "calendar3"),
    Task("outbox.view", "outbox:ledger", _("Deliveries"),
         _("E-mails that wait or were given up."), "send"),
    Task("operations.view", "operations", _("Operations"),
         _("Whether every part of the portal works, and what to do when one does not."), "activity"),
)  # fmt: skip


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Send each role to its first page; whoever has no role reads what to do."""
    page = FIRST_PAGE.get(request.user.role)  # type: ignore[union-attr]
    return redirect(page) if page else render(request, "people/no_role.html")


@require_safe
def setup(request: HttpRequest) -> HttpResponse:
    """What the administrator sets up, and where."""
    require_role(request.user, "organisation.edit")
    tasks = [
        {"url": reverse(task.url_name), "label": task.label, "text": task.text, "icon": task.icon}
        for task in TASKS
        if allows(request.user, task.action)
    ]
    return render(request, "people/setup.html", {"tasks": tasks})
