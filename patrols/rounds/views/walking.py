"""The page of a round, made for the phone, and what is done on it. Every form may be sent twice."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.views.lists.pages import PortalRequest
from citymgmt.forms import PortalForm
from citymgmt.people.permissions import permits, require
from citymgmt.refusals import Invalid, Refusal, Stale, WrongState, mark
from patrols.rounds import lifecycle
from patrols.rounds.actions.excusing import excuse_round
from patrols.rounds.actions.frame import check_now
from patrols.rounds.actions.walking import finish_round, see_point, skip_point, start_round
from patrols.rounds.lifecycle import TRANSITIONS
from patrols.rounds.models import PatrolRound, RoundEvent, Visit
from patrols.rounds.querysets import has_point, visible_round, visits_of
from patrols.rounds.views.walking_shown import history, points_shown, shown, walk_map
from patrols.rounds.walking_forms import ExcuseForm, ReasonForm, SeeForm

ASKING = ["GET", "HEAD", "POST"]
Done = Callable[[PortalForm], RoundEvent]


@require_safe
def round_page(request: PortalRequest, pk: int) -> HttpResponse:
    """A round: what is next on top for whoever walks it, all points, the map, the history. Raises: NotFound."""
    return _show(request, visible_round(request.user, pk, request.on))


def _show(request: PortalRequest, found: PatrolRound, status: int = 200, **forms: PortalForm) -> HttpResponse:
    """`forms` are those that were refused, by name: see, skip, finish."""
    visits = visits_of(found)
    ahead = [one for one in visits if one.state == Visit.State.AHEAD]
    is_walker = found.state == lifecycle.WALKING and found.walker_id == request.user.pk
    following = _following(request, ahead) if is_walker else None
    context = {
        "shown": shown(found, request.at),
        "round": found,
        "points": points_shown(found, visits, is_walker),
        "following": following,
        "ahead_count": len(ahead),
        "seen_count": sum(one.state == Visit.State.SEEN for one in visits),
        "is_walker": is_walker,
        "may_start": _may(request, found, "start"),
        "may_excuse": _may(request, found, "excuse"),
        "start_form": PortalForm(auto_id="start_%s"),
        "see_form": forms.get("see") or SeeForm(auto_id="see_%s"),
        "skip_form": forms.get("skip") or ReasonForm(auto_id="skip_%s"),
        "finish_form": forms.get("finish") or ReasonForm(auto_id="finish_%s"),
        "drawing": walk_map(visits, following),
        "history": history(found, visits),
        "back_url": f"{reverse('rounds:list')}?on={found.on:%Y-%m-%d}",
    }
    return render(request, "patrols/rounds/walking/round.html", context, status=status)


def _following(request: PortalRequest, ahead: list[Visit]) -> Visit | None:
    """The point that the address asks for while it is ahead, else the first one that is."""
    asked = request.POST.get("point") or request.GET.get("point", "")
    return next((one for one in ahead if str(one.ordinal) == asked), ahead[0] if ahead else None)


def _may(request: PortalRequest, found: PatrolRound, action: str) -> bool:
    """Whether role and state allow an action."""
    transition = TRANSITIONS[action]
    is_possible = found.state in transition.sources
    return is_possible and permits(request.user, transition.permission, found, on=request.on)


@require_POST
def start(request: PortalRequest, pk: int) -> HttpResponse:
    """Begin to walk it. Raises: NotFound, NotPermitted, KeyReused."""
    found = _open_to(request, pk, "start")
    form = PortalForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("The form was damaged. Load the page again."))
    return _done(
        request,
        found,
        form,
        lambda told: start_round(pk=pk, by=request.user, at=request.at, request_key=_key(told)),
        _("The round has begun."),
        "",
    )


@require_POST
def see(request: PortalRequest, pk: int, ordinal: int) -> HttpResponse:
    """Check in at a point. Raises: NotFound, NotPermitted, KeyReused."""
    found = _open_to(request, pk, "see", ordinal)
    form = SeeForm(request.POST, request.FILES, auto_id="see_%s")

    def act(_told: PortalForm) -> RoundEvent:
        given: dict[str, Any] = {"told": form.told(), "photos": form.contents, "request_key": _key(form)}
        return see_point(pk=pk, ordinal=ordinal, by=request.user, at=request.at, **given)

    return _done(request, found, form, act, _("Checked in."), "see")


@require_POST
def skip(request: PortalRequest, pk: int, ordinal: int) -> HttpResponse:
    """Leave a point out. Raises: NotFound, NotPermitted, KeyReused."""
    found = _open_to(request, pk, "skip", ordinal)
    form = ReasonForm(request.POST, auto_id="skip_%s")

    def act(_told: PortalForm) -> RoundEvent:
        given = {"note": form.reason(), "request_key": _key(form)}
        return skip_point(pk=pk, ordinal=ordinal, by=request.user, at=request.at, **given)

    return _done(request, found, form, act, _("The point is left out."), "skip")


@require_POST
def finish(request: PortalRequest, pk: int) -> HttpResponse:
    """End the round. Raises: NotFound, NotPermitted, KeyReused."""
    found = _open_to(request, pk, "finish")
    form = ReasonForm(request.POST, auto_id="finish_%s")

    def act(_told: PortalForm) -> RoundEvent:
        return finish_round(pk=pk, by=request.user, at=request.at, note=form.reason(), request_key=_key(form))

    return _done(request, found, form, act, _("The round is walked."), "finish")


def _open_to(request: PortalRequest, pk: int, action: str, ordinal: int = 1) -> PatrolRound:
    """The round, if the person may do this with it, and it has such a point. Raises: NotFound, NotPermitted."""
    found = visible_round(request.user, pk, request.on)
    has_point(found, ordinal)
    require(request.user, TRANSITIONS[action].permission, found, on=request.on)
    return found


def _key(form: PortalForm) -> str:
    return str(form.cleaned_data["request_key"])


def _done(
    request: PortalRequest, found: PatrolRound, form: PortalForm, act: Done, said: str, name: str
) -> HttpResponse:
    """Do it and go to the round; else the round's page with what is wrong (422), or who was faster (409)."""
    if not form.is_valid():
        return _show(request, found, 422, **{name: form})
    try:
        act(form)
    except Invalid as refused:
        if not name:
            raise
        mark(form, refused)
        if not refused.fields:
            form.add_error(None, str(refused))
        return _show(request, found, 422, **{name: form})
    except WrongState as refused:
        return refusal_page(request, refused, found.get_absolute_url())
    messages.success(request, said)
    return redirect(found)


def refusal_page(request: PortalRequest, refused: Refusal, back_url: str) -> HttpResponse:
    """Not done: why, and the way back."""
    context = {"status": refused.status, "reason": str(refused), "back_url": back_url}
    return render(request, "refusal.html", context, status=refused.status)


@require_http_methods(ASKING)
def excuse(request: PortalRequest, pk: int) -> HttpResponse:
    """Let a round be, with a reason. Raises: NotFound, NotPermitted, KeyReused."""
    found = _open_to(request, pk, "excuse")
    form = ExcuseForm(request.POST if request.method == "POST" else None, initial={"version": found.version})
    try:
        if request.method != "POST":
            check_now(found, TRANSITIONS["excuse"])
        elif form.is_valid():
            given = {name: form.cleaned_data[name] for name in ("note", "version")}
            excuse_round(pk=pk, by=request.user, at=request.at, request_key=_key(form), **given)
            messages.success(request, _("The round is excused."))
            return redirect(found)
    except Invalid as refused:
        mark(form, refused)
    except (WrongState, Stale) as refused:
        return refusal_page(request, refused, found.get_absolute_url())
    context = {"round": found, "form": form, "back_url": found.get_absolute_url()}
    return render(request, "patrols/rounds/walking/excuse.html", context, status=422 if form.is_bound else 200)
