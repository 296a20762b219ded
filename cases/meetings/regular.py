"""On which days a regular meeting is held: "the first Tuesday of every month", moved off holidays. Pure.

Source: domain.md 7.2 (monthly meetings); moving to the next working day is the portal's own rule.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from citymgmt.worktime.clock import Calendar

LAST = -1  # the last such weekday of a month
ORDINALS = (1, 2, 3, 4, LAST)
MOST_MONTHS = 12
FURTHEST_YEAR = 9990  # dates end with the year 9999


@dataclass(frozen=True)
class Rhythm:
    """The `ordinal`th (1-4, or LAST) `weekday` (ISO: 1 Monday to 7 Sunday) of every `every_months`th month.

    Months are counted from `since`, in whose month the first meeting is. Raises ValueError for what no calendar has.
    """

    ordinal: int
    weekday: int
    every_months: int
    since: date

    def __post_init__(self) -> None:
        if self.ordinal not in ORDINALS:
            raise ValueError(f"no such weekday of a month: {self.ordinal}")
        if not 1 <= self.weekday <= 7:
            raise ValueError(f"no such weekday: {self.weekday}")
        if not 1 <= self.every_months <= MOST_MONTHS:
            raise ValueError(f"not every {self.every_months} months")


def nth_weekday(year: int, month: int, ordinal: int, weekday: int) -> date:
    """The `ordinal`th such weekday of the month, LAST the last one."""
    first = date(year, month, 1)
    found = first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (max(ordinal, 1) - 1))
    if ordinal != LAST:
        return found
    while (found + timedelta(days=7)).month == month:
        found += timedelta(days=7)
    return found


def next_working(day: date, calendar: Calendar) -> date:
    """The day, or when nobody works on it the next one on which people do."""
    while not calendar.is_working(day):
        day += timedelta(days=1)
    return day


def planned_days(rhythm: Rhythm, after: date, calendar: Calendar) -> Iterator[tuple[date, date]]:
    """The meetings after a day, in order: the day that the rule names, and the one on which it is held, moved off days
    on which nobody works.
    """
    month = rhythm.since.year * 12 + rhythm.since.month - 1
    before = (after.year * 12 + after.month - 1 - month) // rhythm.every_months - 1
    month += max(0, before) * rhythm.every_months
    while month // 12 < FURTHEST_YEAR:
        planned = nth_weekday(month // 12, month % 12 + 1, rhythm.ordinal, rhythm.weekday)
        held = next_working(planned, calendar)
        if held > after and planned >= rhythm.since:
            yield planned, held
        month += rhythm.every_months


def meeting_days(rhythm: Rhythm, after: date, calendar: Calendar) -> Iterator[date]:
    """The days on which meetings are held after a day, in order."""
    return (held for _planned, held in planned_days(rhythm, after, calendar))


def next_days(rhythm: Rhythm, after: date, calendar: Calendar, count: int) -> list[date]:
    """The next `count` days of meetings after a day; fewer where the calendar of dates ends."""
    return list(islice(meeting_days(rhythm, after, calendar), count))
