"""Promises: one with its history, a new one, and what happens to it next."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from citymgmt.people.permissions import permits, require
from citymgmt.refusals import NotFound
from communities.institutions import actions
from communities.institutions.forms import ActForm, PledgeForm
from communities.institutions.lifecycle import EVENTS, TRANSITIONS, Look
from communities.institutions.querysets import visible_pledge, visible_visit
from communities.institutions.views.keeping import around
from communities.institutions.views.looking import pledge_row
from communities.models import InstitutionPhoto, PledgeEvent
from communities.views.pages import ASKING, form_page, sent, sent_files


@dataclass(frozen=True)
class Happened:
    """An event with its look and photos."""

    event: PledgeEvent
    look: Look
    detail: str
    photos: list[InstitutionPhoto]


@require_safe
def pledge(request: Any, pk: int) -> HttpResponse:
    """One promise, with what happened to it and what can happen next. Raises: NotFound."""
    found = visible_pledge(request.user, pk, request.on)
    rights = {
        one: permits(request.user, one, found.institution, on=request.on)
        for one in dict.fromkeys(step.permission for step in TRANSITIONS.values())
    }
    events = found.events.select_related("by").prefetch_related("photos").order_by("-seq")
    context = {
        "pledge": found,
        "row": pledge_row(found, request),
        "history": [_happened(one) for one in events],
        "steps": [one for one in TRANSITIONS.values() if found.state in one.sources and rights[one.permission]],
    }
    return render(request, "institutions/pledge.html", context)


def _happened(event: PledgeEvent) -> Happened:
    told = event.changes["pledge"]
    days = {"by_day": _("to be kept by %(day)s"), "done_on": _("kept on %(day)s")}
    parts = [sentence % {"day": told[name]} for name, sentence in days.items() if told.get(name)]
    if event.by_id is None:
        parts.append(str(told.get("ladder_code", "")))
    return Happened(event, EVENTS[event.kind], " · ".join(parts), list(event.photos.all()))


@require_http_methods(ASKING)
def new(request: Any, pk: int) -> HttpResponse:
    """Keep one more promise of a visit. Raises: NotFound, NotPermitted, KeyReused."""
    visit = visible_visit(request.user, pk, request.on)
    require(request.user, "institution.visit", visit.institution, on=request.on)
    form = PledgeForm(sent(request))

    def act(told: dict[str, Any]) -> str:
        given: dict[str, Any] = {"visit": pk, "told": form.told(), "request_key": str(told["request_key"])}
        actions.add_pledge(by=request.user, at=request.at, **given)
        return visit.get_absolute_url()

    texts = {"title": _("Enter a promise"), "button": _("Enter"), "done": _("The promise is entered.")}
    return form_page(request, form, act, **texts, **around(visit.institution))


@require_http_methods(ASKING)
def act(request: Any, pk: int, action: str) -> HttpResponse:
    """Do an action on a promise. Raises: NotFound, NotPermitted, KeyReused."""
    found = visible_pledge(request.user, pk, request.on)
    transition = TRANSITIONS.get(action)
    if transition is None:
        raise NotFound
    require(request.user, transition.permission, found.institution, on=request.on)
    initial = {"version": found.version, "on": request.on}
    form = ActForm(sent(request), sent_files(request), transition=transition, initial=initial)

    def do(told: dict[str, Any]) -> str:
        photos = (one.read() for one in told.get("photos", ()))
        key = str(told["request_key"])
        actions.act_on_pledge(
            action, pk=pk, by=request.user, at=request.at, photos=photos, request_key=key, **form.given()
        )
        return found.get_absolute_url()

    texts = {"title": transition.label, "button": transition.label, "done": _("It is noted.")}
    back = {"back_url": found.get_absolute_url(), "back_label": _("Promise"), "lead": found.text}
    return form_page(request, form, do, **texts, **{**around(found.institution), **back})
