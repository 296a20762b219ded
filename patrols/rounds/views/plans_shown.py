"""What pages of plans show: the calendar of rounds, the plan in figures, how long places wait, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.statistics.steadiness import gini
from cases.statistics.wording import NONE
from patrols.rounds.drafting import Draft
from patrols.rounds.figures import Figures, Gap, Seen, visits_to
from patrols.rounds.models import RoutePoint
from patrols.rounds.planning import A_DAY, Round, length
from patrols.rounds.views.walking_shown import Shown
from patrols.rounds.wording import TURN, WHY, between, frequency, gap_allowed
from patrols.teams.models import Shift

Walks = Mapping[tuple[date, int], Shown]  # rounds that are appointed, by day and id of the shift


@dataclass(frozen=True)
class Cell:
    """The round of a shift on a day: its points, minutes at them and metres between them; `shown` once appointed."""

    shift: Shift
    points: int = 0
    minutes: int = 0
    metres: int = 0
    shown: Shown | None = None


@dataclass(frozen=True)
class Day:
    """A row of the calendar."""

    on: date
    is_off: bool
    is_today: bool
    cells: Sequence[Cell]

    @property
    def minutes(self) -> int:
        """At all points of the day."""
        return sum(cell.minutes for cell in self.cells)


@dataclass(frozen=True)
class PointRow:
    """A point of a plan: how often it is seen, how long it waits at most, and why longer than its class says."""

    point: RoutePoint
    frequency: str
    gap: Gap
    allowed: str
    why: object


@dataclass(frozen=True)
class Explained:
    """Why a point is seen on its days: visits with shift and reason."""

    point: RoutePoint
    frequency: str
    visits: Sequence[tuple[Seen, Shift, object]]


@dataclass(frozen=True)
class PlanShown:
    """A plan as its page shows it."""

    days: Sequence[Day]
    shifts: Sequence[Shift]
    figures: Sequence[tuple[str, str, str]]
    rows: Sequence[PointRow]
    promise: str

    @property
    def not_kept(self) -> list[PointRow]:
        """The points about whose wish there is something to say."""
        return [row for row in self.rows if row.why]


def plan_shown(draft: Draft, today: date, walks: Walks) -> PlanShown:
    """A draft, or a plan in force with its rounds."""
    days = _days(draft, today, walks)
    rows = [_row(draft, gap) for gap in draft.figures.gaps]
    return PlanShown(days, draft.shifts, _figures(draft.figures, days), rows, promise(draft.figures))


def walks_of(rounds: Iterable[Shown]) -> Walks:
    """Appointed rounds by their day and shift."""
    return {(one.round.on, one.round.shift_id): one for one in rounds}


def _days(draft: Draft, today: date, walks: Walks) -> list[Day]:
    rounds = {(one.on, one.part): one for one in draft.rounds}
    dates = [draft.days.first + number * A_DAY for number in range(draft.days.count)]
    stops = {stop.key: stop for stop in draft.stops}
    return [
        Day(
            on,
            on in draft.days.off,
            on == today,
            [_cell(shift, rounds.get((on, part)), stops, walks) for part, shift in enumerate(draft.shifts)],
        )
        for on in dates
    ]


def _cell(shift: Shift, one: Round | None, stops: Mapping[int, Any], walks: Walks) -> Cell:
    if one is None:
        return Cell(shift)
    walk = [stops[key] for key in one.keys if key in stops]
    minutes = sum(stop.minutes for stop in walk)
    return Cell(shift, len(one.keys), minutes, round(length(walk)), walks.get((one.on, shift.pk)))


def _row(draft: Draft, gap: Gap) -> PointRow:
    point = draft.points[gap.key]
    why = WHY[gap.why] if gap.why else ""
    return PointRow(point, frequency(point.place_class.wish), gap, gap_allowed(gap.allowed), why)


def promise(figures: Figures) -> str:
    """How well the frequencies are kept, in one sentence."""
    if not figures.worst_excess:
        return _("No place waits longer than its class says.")
    told = {"days": gap_allowed(figures.worst_excess)}
    return _("No place waits longer than its class says by more than %(days)s.") % told


def _figures(figures: Figures, days: Sequence[Day]) -> list[tuple[str, str, str]]:
    """Wording, value, definition."""
    minutes = [day.minutes for day in days if not day.is_off]
    spread = gini(minutes)
    shifts = between(min(figures.by_part, default=0), max(figures.by_part, default=0))
    return [
        (
            _("Rounds"),
            str(figures.rounds),
            _("On %(days)s days; in each shift %(rounds)s.") % {"days": figures.days, "rounds": shifts},
        ),
        (_("Visits"), str(figures.visits), _("Points seen in all rounds together.")),
        (
            _("Minutes a day"),
            between(figures.minutes_a_day.least, figures.minutes_a_day.most),
            _("At the points of all rounds of a day; the middle is %(count)s.")
            % {"count": figures.minutes_a_day.middle},
        ),
        (
            _("Evenness of the days"),
            NONE if spread is None else f"{float(spread):.2f}",
            _("Gini coefficient of the minutes of each day of patrols: 0: all alike; near 1: all on one day."),
        ),
        (
            _("Walk of a round"),
            _("%(metres)s m") % {"metres": between(figures.metres.least, figures.metres.most)},
            _("From its first to its last point as the crow flies; the middle is %(count)s m.")
            % {"count": figures.metres.middle},
        ),
        (
            _("Longest excess"),
            gap_allowed(figures.worst_excess),
            _("By how many days the longest gap of a place exceeds what its class says."),
        ),
    ]


def explained(draft: Draft, key: int) -> Explained | None:
    """Why a point is seen on its days; None for a point that is not in the plan."""
    stop = next((one for one in draft.stops if one.key == key), None)
    if stop is None:
        return None
    point = draft.points[key]
    visits = [(one, draft.shifts[one.part], TURN[one.turn]) for one in visits_to(stop, draft.days, draft.rounds)]
    return Explained(point, frequency(point.place_class.wish), visits)
