"""The pages of units without a log-in, and of the office that makes their links."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.meetings import lifecycle
from cases.meetings.forms import AnswerForm
from cases.meetings.models import Resolution
from cases.meetings.outside import actions
from cases.meetings.outside.models import TO_BE_OPENED, UnitLink
from cases.meetings.outside.querysets import MOST_DONE, resolution_of, resolutions_of, seats_of_unit
from cases.meetings.querysets import visible_unit
from cases.meetings.resolution_forms import ActForm
from cases.meetings.views.guests import IN_SESSION, GuestRequest, around, of_a_unit, private
from cases.meetings.views.outside_papers import papers_sent
from cases.meetings.views.shown import calendar_file, events_shown
from cases.views.lists.pages import PortalRequest
from citymgmt.forms import PortalForm
from citymgmt.people.permissions import require_role
from citymgmt.refusals import Invalid, NotFound, Stale, WrongState, mark
from citymgmt.worktime.rules import current_rules

OWN = ("progress", "report_done")
LONGEST_SECRET = 100


class OpenForm(forms.Form):
    """The secret of a link."""

    secret = forms.CharField(max_length=LONGEST_SECRET, widget=forms.HiddenInput)


@login_not_required
@require_safe
def knock(request: Any, secret: str) -> HttpResponseBase:
    """Say whose link it is, and ask before it is opened. Raises: LinkGone."""
    link = actions.link_to_open(secret, request.at)
    context = {"unit": link.unit, "form": OpenForm(initial={"secret": secret}), "hours": _hours()}
    return private(render(request, "meetings/outside_open.html", context))


def _hours() -> int:
    return int(actions.OPEN_FOR.total_seconds() // 3600)


@login_not_required
@require_POST
def enter(request: Any) -> HttpResponseBase:
    """Open the link, once; from then on the session lets in. Raises: LinkGone."""
    form = OpenForm(request.POST)
    if not form.is_valid():
        raise actions.LinkGone
    link = actions.open_link(secret=form.cleaned_data["secret"], at=request.at)
    request.session.cycle_key()
    request.session[IN_SESSION] = link.pk
    request.session.set_expiry(actions.OPEN_FOR)
    return private(HttpResponseRedirect(reverse("meetings:outside")))


@require_POST
@of_a_unit
def leave(request: GuestRequest) -> HttpResponse:
    """Forget the link in this session."""
    request.session.flush()
    return HttpResponseRedirect(reverse("login"))


@require_safe
@of_a_unit
def outside(request: GuestRequest) -> HttpResponse:
    """What the unit has to do: invitations to answer, resolutions, minutes to confirm."""
    unit = request.link.unit
    found = list(resolutions_of(unit)[: MOST_DONE * 10])
    context = {
        **around(request),
        "seats": [(seat, _answer_form(seat)) for seat in seats_of_unit(unit)[:MOST_DONE]],
        "resolutions": [one for one in found if one.is_unfinished],
        "done": [one for one in found if not one.is_unfinished][:MOST_DONE],
        "papers": papers_sent(unit),
        "rules": current_rules(),
        "form": PortalForm(),
    }
    return render(request, "meetings/outside.html", context)


def _answer_form(seat: Any, sent: Any = None) -> AnswerForm:
    return AnswerForm(sent, initial={"answer": seat.answer, "names": seat.names}, auto_id=f"id_{seat.pk}_%s")


@require_POST
@of_a_unit
def answer(request: GuestRequest, pk: int) -> HttpResponse:
    """Say whether the unit comes. Raises: NotFound, WrongState, Invalid."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Choose one of the answers."))
    actions.answer_as_unit(link=request.link, seat=pk, at=request.at, **form.cleaned_data)
    messages.success(request, _("Your answer is noted."))
    return HttpResponseRedirect(reverse("meetings:outside"))


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_unit
def resolution(request: GuestRequest, number: str, name: str = "progress") -> HttpResponse:
    """A resolution with what was reported, and the form to report. Raises: NotFound, WrongState."""
    found = resolution_of(request.link.unit, number)
    if name not in OWN:
        raise NotFound
    if request.method != "POST":
        return _resolution_page(request, found, {})
    form = ActForm(request.POST, request.FILES, transition=lifecycle.TRANSITIONS[name], auto_id=f"id_{name}_%s")
    if not form.is_valid():
        return _resolution_page(request, found, {name: form}, status=422)
    try:
        _report(request, found, name, form)
    except (Invalid, Stale, WrongState) as refused:
        mark(form, refused)
        found = resolution_of(request.link.unit, number)
        return _resolution_page(request, found, {name: form}, status=refused.status)
    messages.success(request, _("Your report is with the sub-district office."))
    return HttpResponseRedirect(reverse("meetings:outside-resolution", args=[number]))


def _report(request: GuestRequest, found: Resolution, name: str, form: ActForm) -> None:
    told = form.cleaned_data
    actions.report_as_unit(
        name,
        link=request.link,
        number=found.number,
        at=request.at,
        version=told["version"],
        note=told["note"],
        photos=form.contents,
        request_key=str(told["request_key"]),
    )


def _resolution_page(
    request: GuestRequest, found: Resolution, sent: dict[str, ActForm], status: int = 200
) -> HttpResponse:
    may = found.state in lifecycle.TRANSITIONS["progress"].sources
    events = found.events.filter(kind__in=[lifecycle.event_kind(name) for name in (*OWN, "go_on", "agree", "prolong")])
    context = {
        **around(request),
        "resolution": found,
        "forms": [_form(found, name, sent) for name in OWN] if may else [],
        "events": events_shown(found, events.order_by("-seq"), "meetings:outside-evidence", names_people=False),
        "rules": current_rules(),
    }
    return render(request, "meetings/outside_resolution.html", context, status=status)


def _form(found: Resolution, name: str, sent: dict[str, ActForm]) -> tuple[lifecycle.Transition, ActForm]:
    """An action with its form: as it was sent, or empty."""
    transition = lifecycle.TRANSITIONS[name]
    fresh = ActForm(initial={"version": found.version}, transition=transition, auto_id=f"id_{name}_%s")
    return transition, sent.get(name, fresh)


@require_safe
@of_a_unit
def outside_calendar(request: GuestRequest, pk: int) -> HttpResponse:
    """A meeting for the calendar of who comes for the unit. Raises: NotFound."""
    seat = seats_of_unit(request.link.unit).filter(pk=pk).first() if pk < 2**63 else None
    if seat is None:
        raise NotFound
    return calendar_file(seat.meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def links(request: PortalRequest, pk: int) -> HttpResponse:
    """The links of a unit; make one, which is shown once. Raises: NotFound, NotPermitted, Invalid."""
    unit = visible_unit(request.user, pk, request.on)
    require_role(request.user, "unit.link")
    address = ""
    if request.method == "POST":
        if not PortalForm(request.POST).is_valid():
            raise Invalid(_("The form was damaged. Load the page again."))
        secret, _link = actions.make_link(by=request.user, at=request.at, unit=pk)
        address = request.build_absolute_uri(reverse("meetings:knock", args=[secret]))
    made = UnitLink.objects.filter(unit=unit).select_related("made_by").order_by("-id")[:MOST_DONE]
    context = {"unit": unit, "links": made, "address": address, "form": PortalForm(), "days": TO_BE_OPENED.days}
    return private(render(request, "meetings/unit_links.html", context))


@require_POST
def end_links(request: PortalRequest, pk: int) -> HttpResponse:
    """End all links of a unit. Raises: NotFound, NotPermitted."""
    visible_unit(request.user, pk, request.on)
    require_role(request.user, "unit.link")
    actions.end_links(by=request.user, at=request.at, unit=pk)
    messages.success(request, _("All links of this unit have ended."))
    return HttpResponseRedirect(reverse("meetings:unit-links", args=[pk]))
