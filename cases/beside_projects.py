"""What the page of a campaign shows of the cases that are its work, and the way to log one."""

from collections.abc import Iterator
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import workflow
from cases.models import Case
from cases.querysets import late_at
from citymgmt.people.models import User
from citymgmt.people.permissions import allows, visible_to
from communities.beside import Figure
from communities.models import Project
from communities.projects.lifecycle import RUNNING
from communities.projects.shown import Action, Shown

OPEN = tuple(state for state in workflow.STATES if state not in workflow.ENDED)


def show_cases(project: Project, user: User, on: date, at: datetime) -> Iterator[Shown]:
    """The cases that the person sees: all, open, overdue; one query. Nothing where cases are not marked."""
    if not project.of_kind.marks_cases:
        return
    figures = tuple(_figures(project, user, on, at)) if allows(user, "case.view") else ()
    may_log = project.state == RUNNING and allows(user, "case.log")
    address = f"{reverse('cases:new')}?campaign={project.pk}"
    yield Shown(figures, (Action(_("Log a case of it"), address, "plus-lg"),) if may_log else ())


def _figures(project: Project, user: User, on: date, at: datetime) -> Iterator[Figure]:
    rows = visible_to(user, Case.objects.filter(campaign=project), on=on)
    found = rows.aggregate(
        all=Count("pk"),
        open=Count("pk", filter=Q(closed_at=None)),
        late=Count("pk", filter=Q(late_at(at))),
    )
    asked, address = [("campaign", project.pk)], reverse("cases:list")
    yield Figure(_("Cases of the campaign"), found["all"], f"{address}?{urlencode(asked)}", "folder2")
    still_open = urlencode([*asked, *(("state", state) for state in OPEN)])
    yield Figure(_("Open cases"), found["open"], f"{address}?{still_open}", "folder2-open")
    late = urlencode([*asked, ("overdue", "true")])
    yield Figure(_("Overdue cases"), found["late"], f"{address}?{late}", "alarm", "alert" if found["late"] else "")
