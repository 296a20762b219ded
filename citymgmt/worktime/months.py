"""The calendar as months to look at: weeks of days, each marked with what it is."""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from citymgmt.worktime.models import CalendarDay

MONDAY_FIRST = calendar.Calendar(firstweekday=0)


@dataclass(frozen=True)
class Day:
    """A day of a month: its kind is holiday, makeup, free (a plain weekend) or empty (a plain working day)."""

    on: date
    kind: str
    name: str
    is_today: bool


@dataclass(frozen=True)
class Month:
    """A month: weeks from Monday to Sunday, None outside the month, and its holidays as names with their days."""

    first: date
    weeks: list[list[Day | None]]
    names: list[tuple[str, str]]


def month_of(year: int, month: int, special: Mapping[date, CalendarDay], today: date) -> Month:
    """The month with what is special in it."""
    weeks = [
        [_day(on, special, today) if on.month == month else None for on in week]
        for week in MONDAY_FIRST.monthdatescalendar(year, month)
    ]
    return Month(date(year, month, 1), weeks, list(_names(day for week in weeks for day in week if day and day.name)))


def _day(on: date, special: Mapping[date, CalendarDay], today: date) -> Day:
    row = special.get(on)
    plain = "free" if on.weekday() >= calendar.SATURDAY else ""
    return Day(on, row.kind if row else plain, row.name_zh if row else "", on == today)


def _names(days: Iterable[Day]) -> Iterable[tuple[str, str]]:
    """Each name with its days, those in a row as one span: 1-3, 7."""
    for name, group in groupby(days, key=lambda day: day.name):
        numbers = [day.on.day for day in group]
        runs = [[n for _i, n in run] for _k, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])]
        yield name, ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
