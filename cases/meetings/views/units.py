"""The registers: member units, and regular meetings."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.meetings.actions import make_unit_of, save_rule, save_unit
from cases.meetings.forms import RuleForm, UnitForm
from cases.meetings.models import MeetingRule, MemberUnit
from cases.meetings.querysets import units_offered, visible_rule, visible_unit
from cases.meetings.regular import next_days
from cases.meetings.views.meetings import DAYS_SHOWN
from cases.views.lists.pages import PortalRequest
from citymgmt.pages import needs, page_of
from citymgmt.people.permissions import allows, visible_to
from citymgmt.refusals import Invalid, mark
from citymgmt.worktime.rules import current_rules
from communities.institutions.querysets import visible_institution

ASKING = ["GET", "HEAD", "POST"]


@require_safe
@needs("meeting.register")
def unit_list(request: PortalRequest) -> HttpResponse:
    """The member units of the office."""
    rows = MemberUnit.objects.select_related("organisation", "community").order_by("-is_active", "kind", "id")
    page = page_of(request, visible_to(request.user, rows, on=request.on))
    return render(request, "meetings/units.html", {"page": page, **_way_back(request)})


def _way_back(request: PortalRequest) -> dict[str, str]:
    """To the meetings, for whoever sees them."""
    if not allows(request.user, "meeting.view"):
        return {"back_url": "", "back_label": ""}
    return {"back_url": reverse("meetings:list"), "back_label": _("Joint meetings")}


@require_http_methods(ASKING)
@needs("meeting.register")
def new_unit(request: PortalRequest) -> HttpResponse:
    """Enter a member unit."""
    return _unit_page(request, MemberUnit(), _("New member unit"))


@require_POST
def unit_of_institution(request: PortalRequest, pk: int) -> HttpResponse:
    """Make an institution a unit, so that circulars reach it. Raises: NotFound, NotPermitted, WrongState, Invalid."""
    institution = visible_institution(request.user, pk, request.on)
    made = make_unit_of(by=request.user, at=request.at, institution=pk)
    messages.success(request, _("It is a recipient now. Give its office e-mail, so that circulars reach it."))
    if made.contact_email:
        return HttpResponseRedirect(institution.get_absolute_url())
    return HttpResponseRedirect(reverse("meetings:unit", args=[made.pk]))


@require_http_methods(ASKING)
def unit(request: PortalRequest, pk: int) -> HttpResponse:
    """Change a member unit. Raises: NotFound."""
    found = visible_unit(request.user, pk, request.on)
    return _unit_page(request, found, found.name)


def _unit_page(request: PortalRequest, unit: MemberUnit, title: str) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = UnitForm(sent, instance=unit, by=request.user)
    kept = _is_kept(form, lambda: save_unit(by=request.user, at=request.at, unit=form.instance))
    told = {"title": title, "back_url": reverse("meetings:units"), "back_label": _("Member units")}
    may_link = unit.pk is not None and unit.is_active and allows(request.user, "unit.link")
    told["links_url"] = reverse("meetings:unit-links", args=[unit.pk]) if may_link else ""
    return _answer(request, form, _("The member unit is saved."), told, is_kept=kept)


@require_safe
@needs("meeting.register")
def rule_list(request: PortalRequest) -> HttpResponse:
    """The regular meetings of the office with their next days."""
    calendar = current_rules().calendar
    page = page_of(request, visible_to(request.user, MeetingRule.objects.order_by("-is_active", "id"), on=request.on))
    rows = [(one, next_days(one.rhythm, request.on, calendar, DAYS_SHOWN) if one.is_active else []) for one in page]
    return render(request, "meetings/rules.html", {"page": page, "rows": rows, **_way_back(request)})


@require_http_methods(ASKING)
@needs("meeting.register")
def new_rule(request: PortalRequest) -> HttpResponse:
    """Enter a regular meeting."""
    units = [one.pk for one in units_offered(request.user.subdistrict_id or 0)]
    return _rule_page(request, MeetingRule(since=request.on), _("New regular meeting"), units)


@require_http_methods(ASKING)
def rule(request: PortalRequest, pk: int) -> HttpResponse:
    """Change a regular meeting. Raises: NotFound."""
    found = visible_rule(request.user, pk, request.on)
    return _rule_page(request, found, found.title, [one.pk for one in found.units.all()])


def _rule_page(request: PortalRequest, rule: MeetingRule, title: str, units: list[int]) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = RuleForm(sent, instance=rule, office=request.user.subdistrict_id or 0, initial={"units": units})

    def act() -> None:
        save_rule(by=request.user, at=request.at, rule=form.instance, units=form.cleaned_data["units"])

    kept = _is_kept(form, act)
    told = {"title": title, "back_url": reverse("meetings:rules"), "back_label": _("Regular meetings")}
    return _answer(request, form, _("The regular meeting is saved."), told, is_kept=kept)


def _is_kept(form: UnitForm | RuleForm, act: Callable[[], Any]) -> bool:
    """Whether the form could be kept; what is wrong stands in it otherwise."""
    if not form.is_valid():
        return False
    try:
        act()
    except Invalid as refused:
        mark(form, refused)
        return False
    return True


def _answer(
    request: PortalRequest, form: UnitForm | RuleForm, done: str, told: dict[str, str], *, is_kept: bool
) -> HttpResponse:
    if is_kept:
        messages.success(request, done)
        return HttpResponseRedirect(told["back_url"])
    return render(request, "meetings/register_form.html", {"form": form, **told}, status=422 if form.errors else 200)
