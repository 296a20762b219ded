"""The figures of a month as a bulletin tells them. Pure: the frozen sums, and what was kept beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from cases.statistics.indicators import INDICATORS, Counts

ON_TIME = "handling_on_time_rate"


def rate(code: str, counts: Counts) -> Fraction | None:
    """The value of an indicator; None when there is nothing to judge."""
    return INDICATORS[code].of(counts)


@dataclass(frozen=True)
class Unit:
    """A community, a district department or a disorder with what counts of it, and its score in points."""

    key: str
    name: str
    counts: Counts
    score: Fraction | None = None

    @property
    def on_time(self) -> Fraction | None:
        """The share handled on time; None when nothing was to be handled."""
        return rate(ON_TIME, self.counts)


@dataclass(frozen=True)
class Pending:
    """An escalation that was open when the bulletin was drafted; `since` is local, `rung` empty below the ladder."""

    number: str
    case: str
    place: str
    category: str
    department: str
    since: date
    rung: str


@dataclass(frozen=True)
class Hot:
    """A place at which one disorder was reported three times or more in the month, and how often it had come back."""

    place: str
    disorder: str
    count: int
    recurrences: int


@dataclass(frozen=True)
class Day:
    """How many cases were reported and how many closed on a day."""

    on: date
    reported: int
    ended: int


@dataclass(frozen=True)
class Month:
    """All that a bulletin tells. `judged_at` (local) is when what is late was judged, `drafted_at` (local) when what is
    open was taken. Empty `before` and `year_before`: nothing to compare with. `pending_of` counts open escalations by
    the id of their department; `pending` and `spots` may be cut, `pending_count` and `spot_count` are not.
    """

    first: date
    office: str
    language: str
    judged_at: datetime
    drafted_at: datetime
    counts: Counts
    before: Counts
    year_before: Counts
    communities: Sequence[Unit]
    departments: Sequence[Unit]
    disorders: Sequence[Unit]
    pending: Sequence[Pending]
    pending_count: int
    pending_of: Mapping[str, int]
    spots: Sequence[Hot]
    spot_count: int
    days: Sequence[Day]


def value_of(units: Sequence[Unit]) -> Mapping[str, Fraction]:
    """What units are ranked by, by their keys: the score, or where one has none the share handled on time.

    A unit of which nothing was to be handled is not ranked, and not in it.
    """
    judged = {unit.key: unit.on_time for unit in units}
    scores = {unit.key: unit.score for unit in units if judged[unit.key] is not None}
    values = scores if None not in scores.values() else {key: judged[key] for key in scores}
    return {key: value for key, value in values.items() if value is not None}


def best_first(units: Sequence[Unit]) -> list[Unit]:
    """The units by what they are ranked by, equal ones as they come; those that are not ranked at the end."""
    values = value_of(units)
    return sorted(units, key=lambda unit: (unit.key not in values, -values.get(unit.key, Fraction())))
