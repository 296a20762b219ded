"""Rounds in figures, for leaders: walked or not, how evenly, which places wait too long; recurrence beside them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.statistics.figures import percent
from cases.statistics.forms import PeriodForm
from cases.statistics.indicators import INDICATORS
from cases.statistics.indicators import measures_of as measures_behind
from cases.statistics.periods import Period
from cases.statistics.querysets import sums, whole_of, within
from cases.statistics.views.opening import presets_of
from cases.statistics.wording import NONE
from cases.views.lists.pages import PortalRequest
from citymgmt.pages import needs
from citymgmt.people.permissions import allows, visible_to
from patrols.rounds.coverage import Coverage, coverage_of, waits_of
from patrols.rounds.models import PatrolRound, RoutePoint
from patrols.teams.models import Team

MOST_WAITS = 30
AGAIN = "recurrence_rate_30"


@require_safe
@needs("round.view")
def figures(request: PortalRequest) -> HttpResponse:
    """How the rounds of a period were walked, by team, and the places that wait longest now."""
    form = PeriodForm(request.GET, on=request.on)
    is_valid, period = form.is_valid(), form.asked
    rounds = visible_to(request.user, PatrolRound.objects.all(), on=request.on)
    teams = {
        team.pk: team for team in visible_to(request.user, Team.objects.order_by("kind", "key", "id"), on=request.on)
    }
    by_team = {one.team_id: one for one in coverage_of(rounds, period, request.at)}
    waits = waits_of(visible_to(request.user, RoutePoint.objects.all(), on=request.on), request.on)
    context = {
        "form": form,
        "presets": presets_of(form),
        "period": period,
        "back_url": reverse("rounds:list"),
        "rows": [(team, by_team[pk], *_told(by_team[pk])) for pk, team in teams.items() if pk in by_team],
        "waits": waits[:MOST_WAITS],
        "wait_count": len(waits),
        "recurrence": _recurrence(request, period),
    }
    return render(request, "patrols/rounds/planning/figures.html", context, status=200 if is_valid else 422)


def _told(one: Coverage) -> tuple[str, str]:
    """Share and evenness in figures."""
    return percent(one.share), NONE if one.gini is None else f"{float(one.gini):.2f}"


def _recurrence(request: Any, period: Period) -> str:
    """Of the closed cases those that came again within 30 days; empty for whoever sees no figures of cases."""
    if not allows(request.user, "statistics.view"):
        return ""
    counts = sums(within(whole_of(request.user, request.on), period), measures_behind([AGAIN]))
    return percent(INDICATORS[AGAIN].of(counts))
