"""The working-time clock: when is something due, and how much of its time is left.

Pure: frozen dataclasses in, a moment or a length of time out; nothing here reads the clock of the machine.

A moment is an aware datetime, judged in Asia/Shanghai and handed back in UTC. Every unit has a clock of its
own that runs all the time (urgent and natural units) or only while the office is open (working units). Office
time is answered through one monotone function, the office time since the year 1, and its inverse: a span of
days costs one look-up in the calendar's index, not a walk.

Raises throughout: ValueError for a naive datetime; OverflowError where a moment would fall outside the years
1 to 9999 or a limit is too large to be a length of time.

Source: domain.md 3.6 (units and edge rules), 5.4 (holidays, make-up days, golden example).
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
NONE = timedelta()

_ORDINALS = range(1, date.max.toordinal() + 1)


class Unit(StrEnum):
    """The unit of a limit, and with it the clock that measures the limit."""

    URGENT_HOUR = "uh"  # 紧急工作时: day and night, holidays too
    URGENT_DAY = "ud"  # 紧急工作日: 24 hours each
    WORKING_HOUR = "wh"  # 工作时: office hours only
    WORKING_DAY = "wd"  # 工作日: one working day's worth of office hours
    NATURAL_DAY = "nd"  # 自然日: 24 hours each

    @property
    def is_office(self) -> bool:
        """Whether this unit's clock stands still while the office is closed."""
        return self in (Unit.WORKING_HOUR, Unit.WORKING_DAY)


@dataclass(frozen=True)
class Limit:
    """A limit as people write it, such as 2 working days. Raises ValueError when negative."""

    value: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError(f"a limit cannot be negative: {self.value}")


@dataclass(frozen=True)
class Shift:
    """A stretch of office hours within one local day. Raises ValueError unless it ends after it starts."""

    starts: time
    ends: time

    def __post_init__(self) -> None:
        if self.starts >= self.ends:
            raise ValueError(f"a shift must end after it starts: {self.starts} to {self.ends}")

    @property
    def span(self) -> tuple[timedelta, timedelta]:
        """Start and end as time since midnight."""
        begins = datetime.combine(date.min, time())
        return datetime.combine(date.min, self.starts) - begins, datetime.combine(date.min, self.ends) - begins


DEFAULT_SHIFTS = (Shift(time(8), time(12)), Shift(time(14), time(18)))


@dataclass(frozen=True)
class Calendar:
    """Office hours, the days that differ from the plain Monday-to-Friday week, and the years known for sure.

    `exceptions` maps a local date to True (working, as a make-up day) or False (free, as a holiday). `years`
    are those whose calendar is confirmed; elsewhere the plain week is a guess (see `is_provisional`).

    Raises ValueError when there are no shifts (no day would ever be a working day), or when they overlap or
    are not in order. Shifts are read on the local wall clock, so they must not span the hour of a clock
    change (Shanghai: at night, last in 1991).
    """

    shifts: tuple[Shift, ...]
    exceptions: Mapping[date, bool] = field(hash=False)
    years: frozenset[int]

    def __post_init__(self) -> None:
        if not self.shifts:
            raise ValueError("a calendar without shifts has no working day")
        if any(earlier.ends > later.starts for earlier, later in pairwise(self.shifts)):
            raise ValueError("shifts must be in order and must not overlap")
        object.__setattr__(self, "exceptions", dict(self.exceptions))

    def is_working(self, day: date) -> bool:
        """Whether the office is open on this local date."""
        return self.exceptions.get(day, day.weekday() < 5)

    def covers(self, day: date) -> bool:
        """Whether the calendar of this date's year is confirmed."""
        return day.year in self.years

    @cached_property
    def working_day(self) -> timedelta:
        """Office time in one working day."""
        return sum((ends - starts for starts, ends in self._spans), NONE)

    def working_days_before(self, ordinal: int) -> int:
        """How many working days lie before the date with this ordinal, counted from 0001-01-01 (a Monday)."""
        weeks, days = divmod(ordinal - 1, 7)
        ordinals, surplus = self._turns
        return weeks * 5 + min(days, 5) + surplus[bisect_left(ordinals, ordinal)]

    def begin(self, day: date) -> tuple[datetime, timedelta, bool]:
        """The midnight that begins this date, office time from the year 1 up to it, and whether the office opens."""
        found = self._begun.get(day)
        if found is None:
            worked = self.working_days_before(day.toordinal()) * self.working_day
            found = self._begun[day] = _midnight(day), worked, self.is_working(day)
        return found

    def working_date(self, number: int) -> date:
        """The working day with `number` working days before it. Raises OverflowError outside years 1-9999."""
        return self.working_midnight(number).date()

    def working_midnight(self, number: int) -> datetime:
        """The midnight that begins the working day with `number` working days before it. Raises OverflowError."""
        found = self._midnights.get(number)
        if found is None:
            found = self._midnights[number] = _midnight(self._search_date(number))
        return found

    def _search_date(self, number: int) -> date:
        index = bisect_left(_ORDINALS, number + 1, key=lambda ordinal: self.working_days_before(ordinal + 1))
        if number < 0 or index == len(_ORDINALS):
            raise OverflowError("the moment lies outside the years 1 to 9999")
        return date.fromordinal(_ORDINALS[index])

    @cached_property
    def _midnights(self) -> dict[int, datetime]:
        """The working days asked for so far: a sweep asks for the same few again and again."""
        return {}

    @cached_property
    def _begun(self) -> dict[date, tuple[datetime, timedelta, bool]]:
        """What was asked for of days so far."""
        return {}

    @cached_property
    def _spans(self) -> tuple[tuple[timedelta, timedelta], ...]:
        return tuple(shift.span for shift in self.shifts)

    @cached_property
    def _turns(self) -> tuple[list[int], list[int]]:
        """Ordinals of the days unlike the plain week, and the working days won before each of them."""
        turns = sorted(day for day, works in self.exceptions.items() if works != (day.weekday() < 5))
        gains = (1 if self.exceptions[day] else -1 for day in turns)
        return [day.toordinal() for day in turns], list(accumulate(gains, initial=0))


@dataclass(frozen=True)
class Remaining:
    """Time left, or time overdue, in the terms of a unit; whole minutes, rounded towards zero.

    Urgent and working hours fill hours and minutes. Natural and urgent days fill days of 24 hours and hours,
    and minutes only within an hour of the due moment. Working days fill all three; such a day has as many
    hours as the office is open.
    """

    is_overdue: bool
    days: int
    hours: int
    minutes: int


def duration_of(limit: Limit, calendar: Calendar) -> timedelta:
    """The limit as time on its unit's own clock (one working day = the calendar's office hours of a day)."""
    if limit.unit is Unit.WORKING_DAY:
        return limit.value * calendar.working_day
    return limit.value * (DAY if _has_days(limit.unit) else HOUR)


def add(calendar: Calendar, start: datetime, unit: Unit, duration: timedelta) -> datetime:
    """The earliest moment at which `duration` of the unit's time has passed since `start`, in UTC.

    A start outside the office counts from the next office minute; a result equal to the office end is valid.
    A duration of nothing gives `start`, or the next office minute when the office is closed. A negative
    duration (the time overdue when a thing was suspended) counts backwards as `subtract` does.
    """
    if duration < NONE:
        return subtract(calendar, start, unit, -duration)
    if not unit.is_office:
        return _utc(start) + duration
    local = _local(start)
    worked = _worked(calendar, local) + duration
    moment = _earliest(calendar, worked)
    return (moment if moment >= local else _latest(calendar, worked)).astimezone(UTC)


def subtract(calendar: Calendar, end: datetime, unit: Unit, duration: timedelta) -> datetime:
    """The latest moment from which `duration` of the unit's time remains until `end`, in UTC.

    Latest, so that a warning falls into office hours: one working day before an end at 18:00 is 08:00 of the
    same day, not 18:00 of the day before. Never after `end`. A negative duration counts forwards as `add`.
    """
    if duration < NONE:
        return add(calendar, end, unit, -duration)
    if not unit.is_office:
        return _utc(end) - duration
    local = _local(end)
    moment = _latest(calendar, _worked(calendar, local) - duration)
    return min(moment, local).astimezone(UTC)


def between(calendar: Calendar, start: datetime, end: datetime, unit: Unit) -> timedelta:
    """Time on the unit's clock from `start` to `end`, to the microsecond; negative when `end` comes first."""
    if not unit.is_office:
        return _utc(end) - _utc(start)
    return _worked(calendar, _local(end)) - _worked(calendar, _local(start))


def due(calendar: Calendar, start: datetime, limit: Limit) -> datetime:
    """The moment at which a limit that starts to run at `start` is used up, in UTC."""
    return add(calendar, start, limit.unit, duration_of(limit, calendar))


def is_provisional(calendar: Calendar, start: datetime, due: datetime) -> bool:
    """Whether some local day from `start` to `due` lies in a year without a confirmed calendar."""
    first, last = sorted((_local(start).year, _local(due).year))
    return any(year not in calendar.years for year in range(first, last + 1))


def remaining(calendar: Calendar, at: datetime, due: datetime, unit: Unit) -> Remaining:
    """Time left at the moment `at`, or time overdue once `at` is later than `due`, in the unit's terms."""
    left = abs(between(calendar, at, due, unit))
    days, left = divmod(left, _day_of(calendar, unit)) if _has_days(unit) else (0, left)
    hours, left = divmod(left, HOUR)
    shows_minutes = unit not in (Unit.URGENT_DAY, Unit.NATURAL_DAY) or not (days or hours)
    return Remaining(_utc(at) > _utc(due), days, hours, left // MINUTE if shows_minutes else 0)


def _has_days(unit: Unit) -> bool:
    return unit not in (Unit.URGENT_HOUR, Unit.WORKING_HOUR)


def _day_of(calendar: Calendar, unit: Unit) -> timedelta:
    return calendar.working_day if unit.is_office else DAY


def _utc(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("a moment must carry its time zone")
    return moment.astimezone(UTC)


def _local(moment: datetime) -> datetime:
    """The reading of a clock on an office wall; such readings are compared and counted as they stand on the wall."""
    return _utc(moment).astimezone(SHANGHAI)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


def _worked(calendar: Calendar, local: datetime) -> timedelta:
    """Office time from the year 1 up to this local moment."""
    midnight, worked, is_working = calendar.begin(local.date())
    if is_working:
        clock = local - midnight
        for starts, ends in calendar._spans:
            worked += max(NONE, min(clock, ends) - starts)
    return worked


def _earliest(calendar: Calendar, worked: timedelta) -> datetime:
    """The first local moment with this much office time behind it: a shift's end, not the next start."""
    days, rest = divmod(worked, calendar.working_day)
    if not rest:
        days, rest = days - 1, calendar.working_day
    midnight = calendar.working_midnight(days)
    spans = iter(calendar._spans)
    starts, ends = next(spans)
    while rest > ends - starts:
        rest -= ends - starts
        starts, ends = next(spans)
    return midnight + starts + rest


def _latest(calendar: Calendar, worked: timedelta) -> datetime:
    """The last local moment with this much office time behind it: a shift's start, not the last end."""
    days, rest = divmod(worked, calendar.working_day)
    midnight = calendar.working_midnight(days)
    spans = iter(calendar._spans)
    starts, ends = next(spans)
    while rest >= ends - starts:
        rest -= ends - starts
        starts, ends = next(spans)
    return midnight + starts + rest
