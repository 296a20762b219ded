"""How district departments deal with what is escalated to them: the counts and rates of a department. Pure.

An escalation counts in the period in which it was sent. On time means by the department's own clocks (domain.md 5.3,
L3): acknowledged within one working day, replied by the moment that the escalation names. What is still open counts as
late once its moment has passed, and is not judged before. What the office took back before an answer was due is judged
no further.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from citymgmt.wording import gettext_noop


@dataclass(frozen=True)
class Dealing:
    """One escalation: its moments, how it stands at `as_of`, and how often the department was urged."""

    sent_at: datetime
    acknowledge_by: datetime
    acknowledged_at: datetime | None
    reply_by: datetime
    ended_at: datetime | None
    state: str
    urge_count: int
    as_of: datetime

    @property
    def is_acknowledged(self) -> bool:
        """签收: the department took it, or answered at once."""
        return self.acknowledged_at is not None or self.is_answered

    @property
    def is_answered(self) -> bool:
        """Replied, or returned as not the department's duty."""
        return self.state in ("replied", "returned")

    @property
    def is_open(self) -> bool:
        """Whether the department still has to do something."""
        return self.ended_at is None

    @property
    def is_to_acknowledge(self) -> bool:
        """Acknowledged, or its moment to be has passed while the department had it."""
        until = self.ended_at or self.as_of
        return self.is_acknowledged or until > self.acknowledge_by

    @property
    def is_acknowledged_on_time(self) -> bool:
        """Acknowledged within a working day."""
        at = self.acknowledged_at or self.ended_at
        return self.is_acknowledged and at is not None and at <= self.acknowledge_by

    @property
    def is_to_answer(self) -> bool:
        """Answered, or its moment to be has passed while the department had it."""
        until = self.ended_at or self.as_of
        return self.is_answered or until > self.reply_by

    @property
    def is_answered_on_time(self) -> bool:
        """Answered by the moment that the escalation names."""
        return self.is_answered and self.ended_at is not None and self.ended_at <= self.reply_by

    @property
    def is_late(self) -> bool:
        """Open, and past the moment to acknowledge or to reply."""
        due_at = self.reply_by if self.acknowledged_at is not None else self.acknowledge_by
        return self.is_open and self.as_of > due_at


@dataclass(frozen=True)
class Count:
    """What is counted of a department: code, wording and which escalations count."""

    code: str
    label: str
    holds: Callable[[Dealing], bool]


COUNTS: Mapping[str, Count] = {
    count.code: count
    for count in (
        Count("sent", gettext_noop("escalated"), lambda one: True),
        Count("open", gettext_noop("not answered yet"), lambda one: one.is_open),
        Count("late", gettext_noop("late"), lambda one: one.is_late),
        Count("replied", gettext_noop("replied"), lambda one: one.state == "replied"),
        Count("returned", gettext_noop("returned by the department"), lambda one: one.state == "returned"),
        Count("taken_back", gettext_noop("taken back"), lambda one: one.state == "taken_back"),
        Count("urged", gettext_noop("urged"), lambda one: one.urge_count > 0),
        Count("to_acknowledge", gettext_noop("to be acknowledged"), lambda one: one.is_to_acknowledge),
        Count("acknowledged_on_time", gettext_noop("acknowledged on time"), lambda one: one.is_acknowledged_on_time),
        Count("to_answer", gettext_noop("to be answered"), lambda one: one.is_to_answer),
        Count("answered_on_time", gettext_noop("answered on time"), lambda one: one.is_answered_on_time),
    )
}
ANSWERS, ACKNOWLEDGEMENTS = ("answered_on_time", "to_answer"), ("acknowledged_on_time", "to_acknowledge")


@dataclass(frozen=True)
class Place:
    """How a department stands: its counts, and how long answers took, in natural minutes."""

    counts: Mapping[str, int]
    minutes_to_answer: Sequence[int]

    def rate(self, pair: tuple[str, str]) -> Fraction | None:
        """The share of numerator and denominator; None when there is nothing to judge."""
        numerator, denominator = pair
        whole = self.counts[denominator]
        return Fraction(self.counts[numerator], whole) if whole else None

    @property
    def median_minutes(self) -> int | None:
        """The median time from escalation to answer; of two in the middle the shorter."""
        times = sorted(self.minutes_to_answer)
        return times[(len(times) - 1) // 2] if times else None


def place_of(dealings: Iterable[Dealing]) -> Place:
    """How a department stands that dealt so."""
    known = list(dealings)
    counts = {code: sum(map(count.holds, known)) for code, count in COUNTS.items()}
    times = [
        round((one.ended_at - one.sent_at).total_seconds() / 60) for one in known if one.is_answered and one.ended_at
    ]
    return Place(counts, times)


def best_first(places: Mapping[int, Place]) -> list[int]:
    """The departments in the order of the league: by answers on time, then acknowledgements on time, then fewer late
    ones; who has nothing to be judged comes last.
    """

    def rank(department: int) -> tuple[bool, Fraction, Fraction, int, int]:
        place = places[department]
        answers, acknowledgements = place.rate(ANSWERS), place.rate(ACKNOWLEDGEMENTS)
        is_unjudged = answers is None and acknowledgements is None
        return (
            is_unjudged,
            -(answers or Fraction()),
            -(acknowledgements or Fraction()),
            place.counts["late"],
            department,
        )

    return sorted(places, key=rank)
