"""Watches on the phone: one's own, one watch, and what is done on it. Every form may be sent twice."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.views.lists.pages import PortalRequest
from citymgmt.files import private_file
from citymgmt.form_pages import ASKING, form_page, sent
from citymgmt.forms import PortalForm
from citymgmt.pages import needs
from citymgmt.people.permissions import permits, require
from citymgmt.photos.stored import photo_store
from citymgmt.refusals import Invalid, NotFound, Refusal, Stale, WrongState, mark
from patrols.guards import actions
from patrols.guards.forms import AbsenceForm, ArriveForm, AssignForm, LeaveForm
from patrols.guards.lifecycle import ABSENT, PLANNED, PRESENT
from patrols.guards.models import GuardEvent, GuardWatch
from patrols.guards.querysets import (
    standing_at,
    visible_watch,
    visible_watch_photo,
    watches_ahead,
    watches_near,
)
from patrols.guards.views.shown import history, how, shown
from patrols.rounds.views.walking import refusal_page
from patrols.teams.models import DOOR_OPENS
from patrols.teams.querysets import members_of


@require_safe
@needs("guard.stand")
def mine(request: PortalRequest) -> HttpResponse:
    """One's own watches: those of today with what is to be done, and those ahead. Raises: NotPermitted."""
    near = [shown(one) for one in watches_near(request.user, request.at)]
    ahead = [shown(one) for one in watches_ahead(request.user, request.at)]
    context = {"near": near, "ahead": ahead, "back_url": reverse("guards:list")}
    return render(request, "patrols/guards/mine.html", context)


@require_safe
def watch(request: PortalRequest, pk: int) -> HttpResponse:
    """A watch: its buttons for whoever has it, how it went, its history. Raises: NotFound."""
    return _show(request, visible_watch(request.user, pk, request.on))


def _show(request: PortalRequest, found: GuardWatch, status: int = 200, **forms: PortalForm) -> HttpResponse:
    """`forms` are those that were refused, by name: arrive, leave."""
    user, at = request.user, request.at
    is_ours = permits(user, "guard.stand", found, on=request.on)
    is_mine = is_ours and found.user_id == user.pk
    may_arrive = is_ours and found.user_id in (None, user.pk) and found.state == PLANNED
    is_open = found.starts_at - DOOR_OPENS <= at < found.ends_at
    there = list(standing_at(found.post_id, but=found.pk)) if may_arrive and is_open else []
    is_ahead = found.starts_at > at and found.state in (PLANNED, ABSENT)
    context = {
        "watch": found,
        "shown": shown(found),
        "how": how(found),
        "may_arrive": may_arrive and is_open,
        "opens_at": found.starts_at - DOOR_OPENS if may_arrive and not is_open else None,
        "may_leave": is_mine and found.state == PRESENT,
        "may_report": found.waits and permits(user, "guard.excuse", found, on=request.on),
        "may_assign": is_ahead and permits(user, "guard.plan", found, on=request.on),
        "may_look": found.post.key_place is not None and is_mine,
        "arrive_form": forms.get("arrive") or ArriveForm(auto_id="arrive_%s", standing=there, watch=found),
        "leave_form": forms.get("leave") or LeaveForm(auto_id="leave_%s"),
        "photos": list(found.photos.order_by("pk")),
        "history": history(found),
        "back_url": reverse("guards:mine") if is_ours else found.post.get_absolute_url(),
    }
    return render(request, "patrols/guards/watch.html", context, status=status)


@require_POST
def arrive(request: PortalRequest, pk: int) -> HttpResponse:
    """Arrive at the post. Raises: NotFound, NotPermitted, KeyReused."""
    found = _open_to(request, pk, "guard.stand")
    there = list(standing_at(found.post_id, but=found.pk))
    form = ArriveForm(request.POST, request.FILES, auto_id="arrive_%s", standing=there, watch=found)

    def act() -> GuardEvent:
        told, key = form.arrival(), _key(form)
        return actions.arrive(pk=pk, by=request.user, at=request.at, told=told, photos=form.contents, request_key=key)

    return _done(request, found, form, act, _("You are on guard."), "arrive")


@require_POST
def leave(request: PortalRequest, pk: int) -> HttpResponse:
    """Leave the post. Raises: NotFound, NotPermitted, KeyReused."""
    found = _open_to(request, pk, "guard.stand")
    form = LeaveForm(request.POST, auto_id="leave_%s")

    def act() -> GuardEvent:
        note, key = form.cleaned_data["note"], _key(form)
        return actions.leave_post(pk=pk, by=request.user, at=request.at, note=note, request_key=key)

    return _done(request, found, form, act, _("You have left the post."), "leave")


def _open_to(request: PortalRequest, pk: int, permission: str) -> GuardWatch:
    """Raises: NotFound, NotPermitted."""
    found = visible_watch(request.user, pk, request.on)
    require(request.user, permission, found, on=request.on)
    return found


def _key(form: PortalForm) -> str:
    return str(form.cleaned_data["request_key"])


def _done(
    request: PortalRequest, found: GuardWatch, form: PortalForm, act: Callable[[], GuardEvent], said: str, name: str
) -> HttpResponse:
    """Do it and go to the watch, or show its page with the form as it was typed."""
    refused: Refusal
    try:
        if form.is_valid():
            act()
            messages.success(request, said)
            return redirect(found)
    except Invalid as refused:
        mark(form, refused)
    except (WrongState, Stale) as refused:
        return refusal_page(request, refused, found.get_absolute_url())
    return _show(request, found, 422, **{name: form})


@require_http_methods(ASKING)
def absence(request: PortalRequest, pk: int) -> HttpResponse:
    """Say why nobody comes. Raises: NotFound, NotPermitted, KeyReused."""
    found = _open_to(request, pk, "guard.excuse")
    if request.method != "POST" and not found.waits:
        return redirect(found)

    def act(told: dict[str, Any]) -> None:
        given = {"reason": told["reason"], "request_key": str(told["request_key"])}
        actions.report_absence(pk=pk, by=request.user, at=request.at, **given)

    return form_page(
        request,
        AbsenceForm(sent(request)),
        act,
        about=found.post.name,
        title=_("Absent with a reason"),
        lead=_("The team leader is told. The time stays planned: nobody was at the post."),
        button=_("Report the absence"),
        done=_("The absence is reported."),
        back_url=found.get_absolute_url(),
    )


@require_http_methods(ASKING)
def assign(request: PortalRequest, pk: int) -> HttpResponse:
    """Give a watch to somebody else. Raises: NotFound, NotPermitted, KeyReused."""
    found = _open_to(request, pk, "guard.plan")
    form = AssignForm(sent(request), people=members_of(found.team), initial={"user": found.user_id})

    def act(told: dict[str, Any]) -> None:
        given = {"user": told["user"], "reason": told["reason"], "request_key": str(told["request_key"])}
        actions.assign_watch(pk=pk, by=request.user, at=request.at, **given)

    return form_page(
        request,
        form,
        act,
        about=found.post.name,
        title=_("Give the watch to somebody else"),
        lead=f"{found.on:%Y-%m-%d} · {found.hours}",
        button=_("Give to this person"),
        done=_("The watch is given to somebody else."),
        back_url=found.get_absolute_url(),
    )


@require_safe
def photo(request: PortalRequest, pk: int, size: str) -> HttpResponseBase:
    """A photo of an arrival, or its thumbnail. Raises: NotFound, also while there is none."""
    digest = visible_watch_photo(request.user, pk, request.on).hash_of(size)
    if not digest:
        raise NotFound
    path = photo_store().path(digest)
    return private_file(request, path, name=f"watch-{size}-{pk}.jpg", content_type="image/jpeg", etag=digest)
