"""Act on a resolution, and put all drafts of a meeting into force."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from cases.meetings.actions import act_on_resolution, enact_all
from cases.meetings.actions.resolving import check_now
from cases.meetings.lifecycle import TRANSITIONS, Transition
from cases.meetings.models import Resolution, ResolutionEvent
from cases.meetings.querysets import visible_meeting, visible_resolution
from cases.meetings.resolution_forms import ActForm, EnactForm, dates_given
from cases.views.lists.pages import PortalRequest
from citymgmt.people.permissions import require_role
from citymgmt.refusals import Invalid, NotFound, Refusal, Stale, WrongState, mark
from citymgmt.worktime.rules import current_rules

ASKING = ["GET", "HEAD", "POST"]


@require_http_methods(ASKING)
def act(request: PortalRequest, number: str, action: str) -> HttpResponse:
    """The form of an action, and the action itself: done, 422 with the form, or 409 that says who was faster.

    Raises: NotFound, NotPermitted, KeyReused.
    """
    transition = TRANSITIONS.get(action)
    if transition is None:
        raise NotFound
    found = visible_resolution(request.user, number, request.on)
    require_role(request.user, transition.permission)
    if request.method == "POST":
        return _do(request, found, transition)
    form = ActForm(transition=transition, dates=_dates(request, transition), initial={"version": found.version})
    try:
        check_now(found, transition, None)
    except WrongState as refusal:
        return refused(request, found, transition, refusal)
    return _show(request, found, transition, form)


def _dates(request: PortalRequest, transition: Transition) -> str:
    """What a form that asks for working days says of them."""
    return dates_given(current_rules(), request.at) if "limit_days" in transition.carries else ""


def _do(request: PortalRequest, found: Resolution, transition: Transition) -> HttpResponse:
    form = ActForm(request.POST, request.FILES, transition=transition, dates=_dates(request, transition))
    if not form.is_valid():
        return _show(request, found, transition, form, 422)
    told = form.cleaned_data

    def run() -> ResolutionEvent:
        return act_on_resolution(
            transition.action,
            number=found.number,
            by=request.user,
            at=request.at,
            version=told["version"],
            request_key=str(told["request_key"]),
            photos=form.contents,
            **form.given,
        )

    return done_or_told(request, found, transition, form, run, lambda: _show(request, found, transition, form, 422))


def done_or_told(
    request: PortalRequest,
    found: Resolution,
    transition: Transition,
    form: Any,
    run: Callable[[], ResolutionEvent],
    again: Callable[[], HttpResponse],
) -> HttpResponse:
    """Run an action and go to the resolution; else the form `again`, or the page that says who was faster."""
    try:
        run()
    except Invalid as invalid:
        mark(form, invalid)
        return again()
    except (WrongState, Stale) as refusal:
        return refused(request, found, transition, refusal, getattr(form, "typed", []))
    messages.success(request, _("Done: %(action)s.") % {"action": _(transition.label)})
    return HttpResponseRedirect(found.get_absolute_url())


def _show(
    request: PortalRequest, found: Resolution, transition: Transition, form: ActForm, status: int = 200
) -> HttpResponse:
    context = {
        "resolution": found,
        "form": form,
        "label": _(transition.label),
        "is_danger": transition.tone == "danger",
        "rules": current_rules(),
        "at": request.at,
    }
    return render(request, "meetings/resolution_act.html", context, status=status)


def refused(
    request: PortalRequest, found: Resolution, transition: Transition, refusal: Refusal, typed: Any = ()
) -> HttpResponse:
    """Not done: why, who acted last, and the words that were typed."""
    context = {
        "resolution": found,
        "label": _(transition.label),
        "reason": str(refusal),
        "last": found.events.select_related("by").order_by("seq").last(),
        "typed": typed,
    }
    return render(request, "meetings/resolution_refused.html", context, status=refusal.status)


@require_POST
def enact(request: PortalRequest, pk: int) -> HttpResponse:
    """Put all drafts of a meeting into force, if they are those that the person saw.

    Raises: NotFound, NotPermitted, WrongState, Stale, Invalid, KeyReused.
    """
    meeting = visible_meeting(request.user, pk, request.on)
    require_role(request.user, "resolution.enact")
    form = EnactForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("The form was damaged. Load the page again."))
    drafts = form.cleaned_data["drafts"]
    enact_all(
        by=request.user,
        at=request.at,
        meeting=pk,
        versions=drafts,
        request_key=str(form.cleaned_data["request_key"]),
    )
    told = ngettext("%(count)d resolution is in force.", "%(count)d resolutions are in force.", len(drafts))
    messages.success(request, told % {"count": len(drafts)})
    return HttpResponseRedirect(meeting.get_absolute_url())
