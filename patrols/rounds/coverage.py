"""Is it walked every day, and does somebody come everywhere? Share of planned rounds walked, evenness over days, waits.

Counted are rounds whose shift is over, but for the excused. Evenness is the Gini coefficient of
`cases.statistics.steadiness`, over the days on which rounds were planned. Source: product.md E10.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from math import ceil
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.utils import timezone

from cases.statistics.periods import Period
from cases.statistics.steadiness import STEADY, gini
from patrols.rounds.lifecycle import EXCUSED, MISSED, WALKED
from patrols.rounds.models import PatrolRound, RoutePoint, Visit


@dataclass(frozen=True)
class Coverage:
    """The rounds of a team in a period: planned, walked (late ones among them), missed; how even over the days."""

    team_id: int
    planned: int
    walked: int
    late: int
    missed: int
    gini: Fraction | None

    @property
    def share(self) -> Fraction | None:
        """Of the planned rounds those that were walked; None when none was planned."""
        return Fraction(self.walked, self.planned) if self.planned else None

    @property
    def is_steady(self) -> bool:
        """Whether the walked rounds are spread evenly over the days."""
        return self.gini is not None and self.gini <= STEADY


def coverage_of(rounds: QuerySet[PatrolRound], period: Period, at: datetime) -> list[Coverage]:
    """Of each team with rounds in these days; one query."""
    over = rounds.filter(on__range=(period.first, period.last), due_at__lte=at).exclude(state=EXCUSED)
    walked = Q(state=WALKED)
    of_days = over.order_by("team", "on").values("team", "on").annotate(
        planned=Count("pk"),
        walked=Count("pk", filter=walked),
        late=Count("pk", filter=walked & Q(ended_at__gt=F("due_at"))),
        missed=Count("pk", filter=Q(state=MISSED)),
    )  # fmt: skip
    by_team: dict[int, list[Mapping[str, Any]]] = {}
    for row in of_days:
        by_team.setdefault(row["team"], []).append(row)
    return [_sum(team, days) for team, days in by_team.items()]


def _sum(team: int, days: Sequence[Mapping[str, Any]]) -> Coverage:
    planned, walked, late, missed = (sum(day[name] for day in days) for name in ("planned", "walked", "late", "missed"))
    return Coverage(team, planned, walked, late, missed, gini([day["walked"] for day in days]))


@dataclass(frozen=True)
class Wait:
    """A point that waits longer than its class says: since its last visit, or since the first one that was planned."""

    point: RoutePoint
    seen_on: date | None
    days: int
    allowed: int

    @property
    def excess(self) -> int:
        """Days beyond what the class says."""
        return self.days - self.allowed


def waits_of(points: QuerySet[RoutePoint], on: date) -> list[Wait]:
    """The points in use that wait too long on a day, the longest beyond their class first; one query.

    A point that was never planned is not among them: its route tells.
    """
    seen = Max("visits__at", filter=Q(visits__state=Visit.State.SEEN))
    rows = points.filter(is_active=True, route__is_active=True).select_related("route__team", "place_class")
    known = rows.annotate(seen_at=seen, planned_on=Min("visits__round__on")).order_by("pk")
    return sorted(_too_long(known, on), key=lambda one: (-one.excess, one.point.pk))


def _too_long(points: Iterable[RoutePoint], on: date) -> list[Wait]:
    found = []
    for point in points:
        seen_at, planned_on = point.seen_at, point.planned_on  # type: ignore[attr-defined]
        seen_on = timezone.localdate(seen_at) if seen_at else None
        since = seen_on or planned_on
        allowed = ceil(point.place_class.wish.step)
        if since is not None and (on - since).days > allowed:
            found.append(Wait(point, seen_on, (on - since).days, allowed))
    return found
