"""Who is on which shift on each day when members take turns (轮班); pure.

Shifts are numbers of the caller's; 0 is a day off.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

OFF = 0
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Turn:
    """That a member is on a shift on a day."""

    on: date
    shift: int
    member: int


def turns(
    members: Sequence[int], cycle: Sequence[int], *, since: date, step: int, first: date, last: date
) -> Iterator[Turn]:
    """Who is on which shift from the first to the last day, by day and in the order of the members; nothing before
    `since`, on which the first member begins the cycle and each next one stands `step` days further on in it.

    Over as many days as the cycle has, everybody gets each of its shifts equally often.
    """
    day = max(first, since)
    while cycle and day <= last:
        for place, member in enumerate(members):
            shift = cycle[((day - since).days + place * step) % len(cycle)]
            if shift != OFF:
                yield Turn(day, shift, member)
        day += ONE_DAY


def hours(on: date, starts: time, ends: time, zone: tzinfo) -> tuple[datetime, datetime]:
    """From when until when a shift of that day runs; one that ends no later than it starts ends on the next day."""
    last = on if ends > starts else on + ONE_DAY
    return datetime.combine(on, starts, zone), datetime.combine(last, ends, zone)


@dataclass(frozen=True)
class Short:
    """A shift of a day on which fewer are on duty than it needs; `missing` counts people."""

    on: date
    shift: int
    missing: int


def shortages(days: Sequence[date], fewest: Mapping[int, int], on_duty: Mapping[tuple[date, int], int]) -> list[Short]:
    """What remains short of the fewest people, by day and in the order of the shifts; `on_duty` counts people."""
    return [
        Short(day, shift, needed - on_duty.get((day, shift), 0))
        for day in days
        for shift, needed in fewest.items()
        if on_duty.get((day, shift), 0) < needed
    ]


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of the month."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def days_between(first: date, last: date) -> list[date]:
    """All days from the first to the last."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
