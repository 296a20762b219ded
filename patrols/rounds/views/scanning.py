"""The address in the code on a point's sign: the phone's camera opens it, one tap checks in."""

import re
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.views.lists.pages import PortalRequest
from citymgmt.forms import PortalForm
from citymgmt.people.permissions import require_role
from citymgmt.refusals import Invalid, NotFound, WrongState
from patrols.rounds.actions.walking import CheckIn, see_point, start_round
from patrols.rounds.models import PatrolRound, RoutePoint, Visit
from patrols.rounds.querysets import appointed_with, coming_with, point_with_code, walked_by
from patrols.rounds.views.walking import ASKING, refusal_page
from patrols.teams.models import DOOR_OPENS

CODE = re.compile(r"[A-Za-z0-9_-]{1,22}\Z")


@dataclass(frozen=True)
class Offer:
    """What a scanned sign can do: check in within `round`, which is started first where it is not walked yet.
    `why_not` says why it can not.
    """

    round: PatrolRound | None
    visit: Visit | None = None
    is_started: bool = False
    why_not: str = ""


def offer(request: PortalRequest, point: RoutePoint) -> Offer:
    """What the person can do at this point now."""
    running = walked_by(request.user)
    found = running or appointed_with(point, request.at)
    if found is None:
        return _coming(request, point)
    visit = found.visits.filter(point=point).first()
    if visit is None:
        return Offer(found, why_not=_("You are walking another round, in which this point is not."))
    if visit.state != Visit.State.AHEAD:
        told = {"point": point, "state": visit.get_state_display()}
        return Offer(found, visit, running is not None, _("%(point)s: already %(state)s.") % told)
    return Offer(found, visit, running is not None)


def _coming(request: PortalRequest, point: RoutePoint) -> Offer:
    """Nothing is to be walked here now; the next round with this point, if one is appointed."""
    found = coming_with(point, request.at)
    if found is None:
        return Offer(None, why_not=_("No round with this point is to be walked now."))
    when = f"{timezone.localtime(found.starts_at - DOOR_OPENS):%Y-%m-%d %H:%M}"
    return Offer(found, why_not=_("This round can be started from %(when)s on.") % {"when": when})


@require_http_methods(ASKING)
def scan(request: PortalRequest, code: str) -> HttpResponse:
    """What a sign offers to the person who scanned it; sent, it checks in. Opening it changes nothing.

    Raises: NotFound (no such sign, or of another team), NotPermitted.
    """
    if not CODE.match(code):
        raise NotFound
    point = point_with_code(request.user, code, request.on)
    require_role(request.user, "round.walk")
    found = offer(request, point)
    if request.method == "POST":
        return _check_in(request, point, found)
    context: dict[str, Any] = {"point": point, "offer": found, "form": PortalForm(), "back_url": reverse("rounds:list")}
    return render(request, "patrols/rounds/walking/scan.html", context)


def _check_in(request: PortalRequest, point: RoutePoint, found: Offer) -> HttpResponse:
    form = PortalForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("The form was damaged. Load the page again."))
    if found.round is None or found.visit is None:
        back = found.round.get_absolute_url() if found.round else reverse("rounds:list")
        return refusal_page(request, WrongState(found.why_not), back)
    key = str(form.cleaned_data["request_key"])
    given: dict[str, Any] = {"pk": found.round.pk, "by": request.user, "at": request.at}
    try:
        if not found.is_started:
            start_round(**given, request_key=f"{key}.start")
        see_point(**given, ordinal=found.visit.ordinal, told=CheckIn(code=point.code), request_key=key)
    except WrongState as refused:  # somebody was faster
        return refusal_page(request, refused, found.round.get_absolute_url())
    messages.success(request, _("Checked in at %(point)s.") % {"point": point})
    return redirect(found.round)
