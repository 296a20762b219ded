"""Write a resolution down, word a draft anew, and say which cases it is about."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.meetings.actions import link_cases, make_resolution, revise_resolution
from cases.meetings.actions.resolving import LINK, REVISE, check_now
from cases.meetings.lifecycle import Transition
from cases.meetings.models import AgendaItem, Meeting, Resolution
from cases.meetings.querysets import MOST_ID, visible_meeting, visible_resolution
from cases.meetings.resolution_forms import (
    LinkForm,
    NewForm,
    ReviseForm,
    dates_given,
    items_offered,
    kept_wording,
    units_offered,
)
from cases.meetings.views.resolutions_acting import ASKING, done_or_told, refused
from cases.models import Case
from cases.views.lists.pages import PortalRequest
from citymgmt.people.permissions import require_role, visible_to
from citymgmt.refusals import Invalid, WrongState, mark
from citymgmt.worktime.rules import current_rules


@require_http_methods(ASKING)
def new(request: PortalRequest, pk: int) -> HttpResponse:
    """Write down what a meeting resolved, of an item of its agenda or of none.

    Raises: NotFound, NotPermitted, WrongState (the meeting was called off), KeyReused.
    """
    meeting = visible_meeting(request.user, pk, request.on)
    require_role(request.user, "resolution.write")
    if meeting.state == Meeting.State.CANCELLED:
        raise WrongState(_("This meeting was called off."))
    offered = _offered(request, meeting)
    who = _who(request)
    if request.method != "POST":
        initial = _about(request, _item_asked(request, offered["items"]))
        return _wording_page(request, meeting, NewForm(initial=initial, **offered, **who))
    form = NewForm(request.POST, **offered, **who)
    return _make(request, meeting, form) if form.is_valid() else _wording_page(request, meeting, form)


def _offered(request: PortalRequest, meeting: Meeting) -> dict[str, Any]:
    """What the forms offer to choose from, and what they say of limits."""
    return {
        "meeting": meeting,
        "units": units_offered(meeting),
        "items": items_offered(meeting),
        "dates": dates_given(current_rules(), request.at),
    }


def _who(request: PortalRequest) -> dict[str, Any]:
    return {"user": request.user, "on": request.on}


def _item_asked(request: PortalRequest, items: Any) -> AgendaItem | None:
    asked = request.GET.get("item", "")
    pk = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < len(str(MOST_ID)) else 0
    return next((one for one in items if one.pk == pk), None)


def _about(request: PortalRequest, item: AgendaItem | None) -> dict[str, Any]:
    """What a resolution of this item begins with: its case, if the person sees it."""
    if item is None:
        return {}
    rows = Case.objects.filter(pk=item.case_id or 0)
    numbers = visible_to(request.user, rows, on=request.on).values_list("number", flat=True) if item.case_id else []
    return {"item": item.pk, "cases": " ".join(numbers)}


def _make(request: PortalRequest, meeting: Meeting, form: NewForm) -> HttpResponse:
    told = form.cleaned_data
    try:
        event = make_resolution(
            by=request.user,
            at=request.at,
            meeting=meeting.pk,
            wording=form.wording,
            cases=told["cases"],
            request_key=str(told["request_key"]),
        )
    except Invalid as invalid:
        mark(form, invalid)
        return _wording_page(request, meeting, form)
    messages.success(request, _("The resolution is written down. It comes into force when a leader says so."))
    return HttpResponseRedirect(event.resolution.get_absolute_url())


def _wording_page(
    request: PortalRequest, meeting: Meeting, form: Any, resolution: Resolution | None = None
) -> HttpResponse:
    context = {"meeting": meeting, "resolution": resolution, "form": form}
    return render(request, "meetings/resolution_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(ASKING)
def revise(request: PortalRequest, number: str) -> HttpResponse:
    """Word a draft anew. Raises: NotFound, NotPermitted, KeyReused."""
    found = visible_resolution(request.user, number, request.on)
    require_role(request.user, "resolution.write")
    told = _not_now(request, found, REVISE)
    if told is not None:
        return told
    meeting = found.meeting
    offered = _offered(request, meeting)
    if request.method != "POST":
        return _wording_page(request, meeting, ReviseForm(initial=kept_wording(found), **offered), found)
    form = ReviseForm(request.POST, **offered)
    if not form.is_valid():
        return _wording_page(request, meeting, form, found)
    return done_or_told(
        request,
        found,
        REVISE,
        form,
        lambda: revise_resolution(
            number=number, by=request.user, at=request.at, wording=form.wording, **_seen_with(form)
        ),
        lambda: _wording_page(request, meeting, form, found),
    )


def _seen_with(form: Any) -> dict[str, Any]:
    return {"version": form.cleaned_data["version"], "request_key": str(form.cleaned_data["request_key"])}


def _not_now(request: PortalRequest, found: Resolution, transition: Transition) -> HttpResponse | None:
    """The page that says why a form cannot be filled in at all; None when it can, or was sent already."""
    if request.method == "POST":
        return None
    try:
        check_now(found, transition, None)
    except WrongState as refusal:
        return refused(request, found, transition, refusal)
    return None


@require_http_methods(ASKING)
def link(request: PortalRequest, number: str) -> HttpResponse:
    """Say which cases a resolution is about. Raises: NotFound, NotPermitted, KeyReused."""
    found = visible_resolution(request.user, number, request.on)
    require_role(request.user, "resolution.write")
    told = _not_now(request, found, LINK)
    if told is not None:
        return told
    who = _who(request)
    if request.method != "POST":
        numbers = found.cases.filter(is_linked=True).order_by("ordinal").values_list("case__number", flat=True)
        return _link_page(
            request, found, LinkForm(initial={"cases": " ".join(numbers), "version": found.version}, **who)
        )
    form = LinkForm(request.POST, **who)
    if not form.is_valid():
        return _link_page(request, found, form)
    return done_or_told(
        request,
        found,
        LINK,
        form,
        lambda: link_cases(
            number=number, by=request.user, at=request.at, cases=form.cleaned_data["cases"], **_seen_with(form)
        ),
        lambda: _link_page(request, found, form),
    )


def _link_page(request: PortalRequest, found: Resolution, form: LinkForm) -> HttpResponse:
    context = {"resolution": found, "form": form}
    return render(request, "meetings/resolution_link.html", context, status=422 if form.is_bound else 200)
