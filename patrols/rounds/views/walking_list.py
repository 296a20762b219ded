"""The rounds of a day: one's own first."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.views.lists.pages import PortalRequest
from citymgmt.pages import needs, page_of
from citymgmt.people.permissions import visible_to
from patrols.rounds.models import PatrolRound
from patrols.rounds.querysets import A_DAY, own_rounds, with_counts
from patrols.rounds.views.walking_shown import shown
from patrols.rounds.walking_forms import RoundFilter
from patrols.teams.models import Team
from patrols.teams.views.looking import IN_TEAM

ROWS = 50  # on a page


@require_safe
@needs("round.view")
def rounds(request: PortalRequest) -> HttpResponse:
    """The rounds of a day that the person sees; before them what is one's own to walk now."""
    teams = list(visible_to(request.user, Team.objects.order_by("kind", "key", "id"), on=request.on))
    form = RoundFilter(request.GET, teams=teams, today=request.on)
    is_valid = form.is_valid()
    seen = visible_to(request.user, PatrolRound.objects.all(), on=request.on)
    of_day = seen.filter(on=form.day)
    rows = of_day.filter(form.question(request.at)) if is_valid else of_day.none()
    page = page_of(request, with_counts(rows).order_by("starts_at", "team", "pk"), ROWS)
    context: dict[str, Any] = {
        "form": form,
        "own": [shown(one, request.at) for one in _own(request)],
        "day": form.day,
        "day_before": form.day - A_DAY,
        "day_after": form.day + A_DAY,
        "page": page,
        "rows": [shown(one, request.at) for one in page],
        "has_teams": len(teams) > 1,
    }
    return render(request, "patrols/rounds/walking/list.html", context, status=200 if is_valid else 422)


def _own(request: PortalRequest) -> Any:
    return own_rounds(request.user, request.at, request.on) if request.user.role in IN_TEAM else ()
