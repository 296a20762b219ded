"""Periods of whole days, and those with which they are compared. Pure."""

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from citymgmt.wording import gettext_noop

LONGEST_DAYS = 3 * 366
BACKLOG_DAYS = 60  # domain.md 3.2 and 4.2: what is suspended for more natural days is a backlog (积存)
DAY = timedelta(days=1)


class Step(StrEnum):
    """In what a trend goes on."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Period:
    """The days from `first` to `last`, both included. Raises: ValueError unless it ends after it begins, in 3 years."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if not self.first <= self.last or self.days > LONGEST_DAYS:
            raise ValueError(f"not a period: {self.first} to {self.last}")

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    @property
    def is_months(self) -> bool:
        """Whether it is made of whole months."""
        return self.first.day == 1 and (self.last + DAY).day == 1

    @property
    def step(self) -> Step:
        """In what its trend goes on: days, weeks beyond 62 days, months beyond a year."""
        return Step.DAY if self.days <= 62 else Step.WEEK if self.days <= 366 else Step.MONTH

    def steps(self) -> Iterator[tuple[date, "Period"]]:
        """Its days, weeks or months in order: with which day each begins, and what of it lies in the period."""
        begin = BEGINS[self.step](self.first)
        while begin <= self.last:
            following = BEGINS[self.step](begin + LENGTHS[self.step])
            yield begin, Period(max(begin, self.first), min(following - DAY, self.last))
            begin = following

    def before(self) -> "Period":
        """The period just before: as many months when it is whole months, else as many days."""
        if self.is_months:
            months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
            return Period(_months_earlier(self.first, months), self.first - DAY)
        return Period(self.first - self.days * DAY, self.first - DAY)

    def a_year_before(self) -> "Period":
        """The same days of the year before; 28 February for the 29th, the month's end for a month's end."""
        first, last = _months_earlier(self.first, 12), _months_earlier(self.last, 12)
        return Period(first, _end_of_month(last) if self.is_months else last)

    def goes_on(self, on: date) -> bool:
        """Whether it has begun on a day, and days of it are still to come."""
        return self.first <= on < self.last

    def as_far_as(self, other: "Period", on: date) -> "Period":
        """As many of its first days as of another period have begun, while that goes on; all of it else."""
        if not other.goes_on(on):
            return self
        return Period(self.first, min(self.last, self.first + (on - other.first)))


BEGINS: Mapping[Step, Callable[[date], date]] = {
    Step.DAY: lambda day: day,
    Step.WEEK: lambda day: day - day.weekday() * DAY,
    Step.MONTH: lambda day: day.replace(day=1),
}
LENGTHS = {Step.DAY: DAY, Step.WEEK: 7 * DAY, Step.MONTH: 31 * DAY}  # from the first on, 31 days lead into the next


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _months_earlier(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def today(on: date) -> Period:
    """The day itself."""
    return Period(on, on)


def this_week(on: date) -> Period:
    """Monday to Sunday."""
    monday = on - on.weekday() * DAY
    return Period(monday, monday + 6 * DAY)


def this_month(on: date) -> Period:
    """The month of the day."""
    return Period(on.replace(day=1), _end_of_month(on))


def last_month(on: date) -> Period:
    """The month before that of the day."""
    return this_month(on).before()


def this_quarter(on: date) -> Period:
    """The quarter of the day."""
    first = on.replace(month=on.month - (on.month - 1) % 3, day=1)
    return Period(first, _end_of_month(first.replace(month=first.month + 2)))


def this_year(on: date) -> Period:
    """The year of the day."""
    return Period(date(on.year, 1, 1), date(on.year, 12, 31))


def backlog(on: date) -> Period:
    """The days since which a case must be suspended to be a backlog (积存) on a day; none is suspended for 3 years."""
    return Period(on - LONGEST_DAYS * DAY, on - (BACKLOG_DAYS + 1) * DAY)


@dataclass(frozen=True)
class Preset:
    """A period that one can pick by name."""

    key: str
    label: str
    of: Callable[[date], Period]


PRESETS: Mapping[str, Preset] = {
    preset.key: preset
    for preset in (
        Preset("today", gettext_noop("today"), today),
        Preset("week", gettext_noop("this week"), this_week),
        Preset("month", gettext_noop("this month"), this_month),
        Preset("last_month", gettext_noop("last month"), last_month),
        Preset("quarter", gettext_noop("this quarter"), this_quarter),
        Preset("year", gettext_noop("this year"), this_year),
    )
}
USUAL = "month"
