"""What is counted of resolutions in a period, and by which question: a figure and the list behind it ask the same.

Source: domain.md 7.3 (what is overdue is counted for each unit).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from cases.meetings.lifecycle import DONE, UNFINISHED, WITHDRAWN
from cases.meetings.models import Resolution
from citymgmt.wording import gettext_noop

LONGEST_DAYS = 3 * 366


@dataclass(frozen=True)
class Days:
    """The days from `first` to `last`, both included. Raises: ValueError unless it ends after it begins, in 3 years."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if not timedelta() <= self.last - self.first < timedelta(days=LONGEST_DAYS):
            raise ValueError(f"not a period: {self.first} to {self.last}")

    def holds(self, column: str) -> Q:
        """Whether the moment in a column lies in these days."""
        begins, ends = (
            timezone.make_aware(datetime.combine(day, time())) for day in (self.first, self.last + timedelta(days=1))
        )
        return Q(**{f"{column}__gte": begins, f"{column}__lt": ends})


def year_of(day: date) -> Days:
    """The year of a day."""
    return Days(date(day.year, 1, 1), date(day.year, 12, 31))


def late(at: datetime) -> Q:
    """What was not reported done by its deadline; what was reported in time waits for the office, not for the unit."""
    return Q(due_at__lt=at) & (Q(reported_at=None) | Q(reported_at__gt=F("due_at")))


def overdue(at: datetime) -> Q:
    """What should have been done by now and is not."""
    return Q(state__in=UNFINISHED) & late(at)


def _made(days: Days, at: datetime) -> Q:
    return days.holds("made_at")


def _due(days: Days, at: datetime) -> Q:
    return days.holds("due_at") & ~Q(state=WITHDRAWN)


@dataclass(frozen=True)
class Figure:
    """What is counted, in words, and the question; `tone` tells a page how it looks."""

    label: str
    definition: str
    question: Callable[[Days, datetime], Q]
    tone: str = ""


FIGURES: Mapping[str, Figure] = {
    "made": Figure(gettext_noop("made"), gettext_noop("Resolved in the period."), _made),
    "in_force": Figure(
        gettext_noop("put into force"),
        gettext_noop("Of those made, what came into force."),
        lambda days, at: _made(days, at) & Q(enacted_at__isnull=False),
        "calm",
    ),
    "due": Figure(
        gettext_noop("to be done"), gettext_noop("Due in the period, without what was withdrawn."), _due, "soon"
    ),
    "done": Figure(
        gettext_noop("done"),
        gettext_noop("Of those due, what was carried out."),
        lambda days, at: _due(days, at) & Q(state=DONE),
        "done",
    ),
    "on_time": Figure(
        gettext_noop("done on time"),
        gettext_noop("Of those done, what was reported by its deadline."),
        lambda days, at: _due(days, at) & Q(state=DONE, reported_at__lte=F("due_at")),
        "done",
    ),
    "overdue": Figure(
        gettext_noop("not in time"),
        gettext_noop("Of those due, what was not reported by its deadline, whether it is done by now or not."),
        lambda days, at: _due(days, at) & late(at),
        "alert",
    ),
}
Counts = Mapping[str, int]


def counts_by_lead(rows: QuerySet[Resolution], days: Days, at: datetime) -> dict[int, Counts]:
    """The figures of each responsible unit that has any, by its id; one query."""
    counted: dict[str, Any] = {key: Count("pk", filter=figure.question(days, at)) for key, figure in FIGURES.items()}
    found: Any = rows.filter(_made(days, at) | _due(days, at)).order_by().values("lead").annotate(**counted)
    return {row["lead"]: {key: row[key] for key in FIGURES} for row in found}


def totals(counts: Iterable[Counts]) -> Counts:
    """The figures of all units together."""
    kept = list(counts)
    return {key: sum(one[key] for one in kept) for key in FIGURES}
