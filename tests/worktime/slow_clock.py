"""A second opinion on the working-time clock, written without it.

It lays out every minute from 2023 to 2028 as open (1) or shut (0), asking the chinesecalendar package instead
of our table and a fixed +08:00 instead of the time-zone database, and then walks from minute to minute. It
knows only office time that starts and ends on full minutes, which is what makes it so simple.
"""

from array import array
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from itertools import accumulate, compress, count, islice

import chinese_calendar

BEIJING = timezone(timedelta(hours=8))
MINUTE = timedelta(minutes=1)
FIRST = datetime(2023, 1, 1, tzinfo=BEIJING)
LAST_YEAR = 2028
PUBLISHED = (2024, 2025, 2026)  # the years of our table; the plain week elsewhere


def works(day: date) -> bool:
    return chinese_calendar.is_workday(day) if day.year in PUBLISHED else day.weekday() < 5


@cache
def office_minutes() -> bytes:
    minutes = bytearray()
    day = FIRST.date()
    while day.year <= LAST_YEAR:
        opened = works(day)
        for minute in range(24 * 60):
            hour = minute // 60
            minutes.append(opened and (8 <= hour < 12 or 14 <= hour < 18))
        day += timedelta(days=1)
    return bytes(minutes)


@cache
def all_minutes() -> bytes:
    return b"\x01" * len(office_minutes())


@cache
def backwards(minutes: bytes) -> bytes:
    return minutes[::-1]


@cache
def open_before(minutes: bytes) -> Sequence[int]:
    """How many open minutes a walk from the first minute has met before each minute."""
    return array("I", accumulate(minutes, initial=0))


def minutes_of(unit: str) -> bytes:
    return office_minutes() if unit in ("wh", "wd") else all_minutes()


def place(moment: datetime) -> tuple[int, timedelta]:
    """The minute a moment lies in, and how far into it."""
    return divmod(moment - FIRST, MINUTE)


def nth_open(minutes: bytes, start: int, number: int) -> int:
    """Walk from minute `start` on, that one included, until `number` open minutes were met."""
    open_minutes = compress(count(start), memoryview(minutes)[start:])
    return next(islice(open_minutes, number - 1, None))


def add(start: datetime, unit: str, duration: timedelta) -> datetime:
    """Spend `duration` (more than nothing), walking forwards from `start`."""
    minutes = minutes_of(unit)
    minute, into = place(start)
    if minutes[minute]:
        duration += into
    whole, rest = divmod(duration, MINUTE)
    number = whole + 1 if rest else whole
    last = nth_open(minutes, minute, number)
    return (FIRST + last * MINUTE + (rest or MINUTE)).astimezone(UTC)


def subtract(end: datetime, unit: str, duration: timedelta) -> datetime:
    """Spend `duration` (more than nothing), walking backwards from `end`, and on to the last such moment."""
    minutes = minutes_of(unit)
    minute, into = place(end)
    into = into if minutes[minute] else timedelta()
    if duration <= into:
        return (end - duration).astimezone(UTC)
    whole, rest = divmod(duration - into, MINUTE)
    number = whole + 1 if rest else whole
    size = len(minutes)
    first = size - 1 - nth_open(backwards(minutes), size - minute, number)
    return (FIRST + (first + 1) * MINUTE - (rest or MINUTE)).astimezone(UTC)


def between(start: datetime, end: datetime, unit: str) -> timedelta:
    """The open time between two moments, minute by minute; negative when `end` comes first."""
    if end < start:
        return -between(end, start, unit)
    minutes = minutes_of(unit)
    (first, into_first), (last, into_last) = place(start), place(end)
    met = (open_before(minutes)[last] - open_before(minutes)[first]) * MINUTE
    return met - minutes[first] * into_first + minutes[last] * into_last
