"""The working-time clock: literal rows, then every edge and 10,000 random instants against the slow clock."""

import random
from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citymgmt.worktime import clock
from citymgmt.worktime.clock import DEFAULT_SHIFTS, Calendar, Limit, Remaining, Shift, Unit
from tests.worktime import china, local, slow_clock, written

EXAMPLES = 2000  # for each of five units: 10,000 random starts, each with a random suspension
HOUR = timedelta(hours=1)

# start, limit, due; 2026: holidays 01-01..03, 02-15..23, 10-01..07, make-up 01-04, 02-14, 02-28, 10-10
DUE = [
    # the golden example of domain 5.4, and its neighbours
    ("2026-02-13 16:00", "2 wd", "2026-02-24 16:00"),
    ("2026-02-13 16:00", "1 wd", "2026-02-14 16:00"),
    ("2026-02-13 16:00", "3 wd", "2026-02-25 16:00"),
    ("2026-02-13 16:00", "2 nd", "2026-02-15 16:00"),
    ("2026-02-13 16:00", "2 ud", "2026-02-15 16:00"),
    ("2026-02-13 16:00", "2 uh", "2026-02-13 18:00"),
    ("2026-02-13 16:00", "2 wh", "2026-02-13 18:00"),
    ("2026-02-13 16:00", "4 wh", "2026-02-14 10:00"),
    # lunch
    ("2026-03-04 11:30", "4 wh", "2026-03-04 17:30"),
    ("2026-03-04 11:30", "2 uh", "2026-03-04 13:30"),
    ("2026-03-04 08:00", "4 wh", "2026-03-04 12:00"),
    ("2026-03-04 12:00", "1 wh", "2026-03-04 15:00"),
    ("2026-03-04 13:59", "1 wh", "2026-03-04 15:00"),
    ("2026-03-04 13:59:59", "1 wh", "2026-03-04 15:00"),
    ("2026-03-04 11:59:59", "1 wh", "2026-03-04 14:59:59"),
    ("2026-03-04 12:00", "1 wd", "2026-03-05 12:00"),
    # office end and morning
    ("2026-03-04 14:00", "4 wh", "2026-03-04 18:00"),
    ("2026-03-04 14:01", "4 wh", "2026-03-05 08:01"),
    ("2026-03-04 08:00", "1 wd", "2026-03-04 18:00"),
    ("2026-03-04 07:59", "1 wd", "2026-03-04 18:00"),
    ("2026-03-04 08:01", "1 wd", "2026-03-05 08:01"),
    ("2026-03-04 18:00", "1 wd", "2026-03-05 18:00"),
    ("2026-03-04 18:00", "2 wh", "2026-03-05 10:00"),
    ("2026-03-04 18:00", "2 uh", "2026-03-04 20:00"),
    ("2026-03-04 23:59", "1 wh", "2026-03-05 09:00"),
    ("2026-03-04 00:00", "1 wh", "2026-03-04 09:00"),
    # weekends
    ("2026-03-06 17:00", "2 wh", "2026-03-09 09:00"),
    ("2026-03-06 18:00", "1 wd", "2026-03-09 18:00"),
    ("2026-03-07 10:00", "1 wd", "2026-03-09 18:00"),
    ("2026-03-08 23:00", "4 wh", "2026-03-09 12:00"),
    ("2026-03-07 10:00", "1 nd", "2026-03-08 10:00"),
    ("2026-03-06 16:00", "5 wd", "2026-03-13 16:00"),
    ("2026-03-06 16:00", "15 wd", "2026-03-27 16:00"),
    # make-up days: Sunday and Saturday, and the eve of one
    ("2026-01-04 10:00", "1 wd", "2026-01-05 10:00"),
    ("2026-01-04 08:00", "1 wd", "2026-01-04 18:00"),
    ("2026-02-27 17:00", "2 wh", "2026-02-28 09:00"),
    ("2026-02-28 17:00", "2 wh", "2026-03-02 09:00"),
    ("2026-09-20 16:00", "1 wd", "2026-09-21 16:00"),
    # holidays
    ("2026-02-14 18:00", "1 wh", "2026-02-24 09:00"),
    ("2026-02-18 12:00", "4 wh", "2026-02-24 12:00"),
    ("2026-09-30 18:00", "1 wd", "2026-10-08 18:00"),
    ("2026-10-05 09:00", "2 wd", "2026-10-09 18:00"),
    ("2026-10-05 09:00", "3 wd", "2026-10-10 18:00"),
    # year end
    ("2025-12-31 17:00", "1 wd", "2026-01-04 17:00"),
    ("2025-12-31 18:00", "1 wh", "2026-01-04 09:00"),
    ("2025-12-31 23:30", "1 uh", "2026-01-01 00:30"),
    ("2024-12-31 17:00", "1 wd", "2025-01-02 17:00"),
    ("2026-12-31 17:00", "1 wd", "2027-01-01 17:00"),  # no calendar for 2027: the plain week
    ("2024-02-28 10:00", "2 wd", "2024-03-01 10:00"),
    # a limit of nothing
    ("2026-03-04 10:00", "0 wd", "2026-03-04 10:00"),
    ("2026-03-04 18:00", "0 wd", "2026-03-04 18:00"),
    ("2026-03-04 12:00", "0 wh", "2026-03-04 12:00"),
    ("2026-03-04 13:00", "0 wh", "2026-03-04 14:00"),
    ("2026-03-07 10:00", "0 wd", "2026-03-09 08:00"),
    ("2026-03-07 10:00", "0 nd", "2026-03-07 10:00"),
    # summer time, 1986-05-04 to 1986-09-14: natural days are 24 hours, office hours what the wall clock says
    ("1986-05-03 16:00", "1 nd", "1986-05-04 17:00"),
    ("1986-09-13 16:00", "1 nd", "1986-09-14 15:00"),
    ("1986-05-02 16:00", "1 wd", "1986-05-05 16:00"),
]


def limit(text: str) -> Limit:
    value, unit = text.split()
    return Limit(int(value), Unit(unit))


@pytest.mark.parametrize(("start", "text", "due"), DUE)
def test_due(start: str, text: str, due: str) -> None:
    assert written(clock.due(china(), local(start), limit(text))) == due


@pytest.mark.parametrize(
    ("end", "text", "start"),
    [
        ("2026-03-04 17:30", "4 wh", "2026-03-04 11:30"),
        ("2026-03-04 18:00", "4 wh", "2026-03-04 14:00"),
        ("2026-03-04 18:00", "1 wd", "2026-03-04 08:00"),  # the latest such moment, not 18:00 the day before
        ("2026-03-04 12:00", "1 wd", "2026-03-03 14:00"),
        ("2026-03-09 10:00", "1 wd", "2026-03-06 10:00"),
        ("2026-03-08 10:00", "1 wh", "2026-03-06 17:00"),
        ("2026-03-08 10:00", "0 wh", "2026-03-08 10:00"),
        ("2026-02-24 16:00", "1 wd", "2026-02-14 16:00"),
        ("2026-01-04 17:00", "1 wd", "2025-12-31 17:00"),
        ("2026-02-24 16:00", "1 nd", "2026-02-23 16:00"),
    ],
)
def test_subtract(end: str, text: str, start: str) -> None:
    lead = limit(text)
    found = clock.subtract(china(), local(end), lead.unit, clock.duration_of(lead, china()))
    assert written(found) == start


@pytest.mark.parametrize(
    ("start", "end", "unit", "hours"),
    [
        ("2026-03-04 11:30", "2026-03-04 17:30", Unit.WORKING_HOUR, 4),
        ("2026-03-04 17:30", "2026-03-04 11:30", Unit.WORKING_HOUR, -4),
        ("2026-03-04 12:00", "2026-03-04 14:00", Unit.WORKING_DAY, 0),
        ("2026-03-06 18:00", "2026-03-09 08:00", Unit.WORKING_DAY, 0),
        ("2026-02-13 16:00", "2026-02-24 16:00", Unit.WORKING_DAY, 16),
        ("2026-02-13 16:00", "2026-02-24 16:00", Unit.NATURAL_DAY, 264),
        ("2026-01-01 00:00", "2027-01-01 00:00", Unit.WORKING_DAY, 248 * 8),
        ("1986-05-03 16:00", "1986-05-04 16:00", Unit.URGENT_HOUR, 23),
    ],
)
def test_between(start: str, end: str, unit: Unit, hours: int) -> None:
    assert clock.between(china(), local(start), local(end), unit) == hours * HOUR


@pytest.mark.parametrize(
    ("hours", "later", "earlier"),
    [
        (2, "2026-03-04 17:30", "2026-03-04 11:30"),
        (-2, "2026-03-04 11:30", "2026-03-04 17:30"),
        (0, "2026-03-04 15:30", "2026-03-04 15:30"),
    ],
)
def test_a_negative_length_counts_the_other_way(hours: int, later: str, earlier: str) -> None:
    at = local("2026-03-04 15:30")
    assert written(clock.add(china(), at, Unit.WORKING_DAY, hours * HOUR)) == later
    assert written(clock.subtract(china(), at, Unit.WORKING_DAY, hours * HOUR)) == earlier


def test_office_time_is_counted_to_the_microsecond() -> None:
    start, tick = local("2026-03-04 11:59:59.999999"), timedelta(microseconds=1)
    assert written(clock.add(china(), start, Unit.WORKING_HOUR, tick)) == "2026-03-04 12:00"
    assert written(clock.add(china(), start, Unit.WORKING_HOUR, 2 * tick)) == "2026-03-04 14:00:00.000001"
    assert clock.between(china(), start, local("2026-03-04 14:00:00.000001"), Unit.WORKING_DAY) == 2 * tick


def test_answers_in_utc_whatever_the_zone_asked_in() -> None:
    asked = datetime(2026, 2, 13, 8, tzinfo=UTC)
    due = clock.due(china(), asked, Limit(2, Unit.WORKING_DAY))
    assert (due, due.tzinfo) == (datetime(2026, 2, 24, 8, tzinfo=UTC), UTC)


@pytest.mark.parametrize(
    ("due", "suspended", "resumed", "unit", "new_due"),
    [
        ("2026-03-05 16:00", "2026-03-04 17:00", "2026-03-09 09:00", Unit.WORKING_DAY, "2026-03-09 18:00"),
        ("2026-03-05 16:00", "2026-03-04 20:00", "2026-03-07 20:00", Unit.WORKING_DAY, "2026-03-09 16:00"),
        ("2026-03-05 16:00", "2026-03-04 16:00", "2027-03-04 16:00", Unit.NATURAL_DAY, "2027-03-05 16:00"),
        ("2026-03-05 18:00", "2026-03-05 18:00", "2026-03-05 18:00", Unit.WORKING_DAY, "2026-03-05 18:00"),
        ("2026-03-05 16:00", "2026-03-05 17:00", "2026-03-09 09:00", Unit.WORKING_HOUR, "2026-03-09 08:00"),
    ],
)
def test_a_suspension_gives_back_the_time_left(
    due: str, suspended: str, resumed: str, unit: Unit, new_due: str
) -> None:
    left = clock.between(china(), local(suspended), local(due), unit)
    assert written(clock.add(china(), local(resumed), unit, left)) == new_due


@pytest.mark.parametrize(
    ("at", "due", "unit", "expected"),
    [
        ("2026-02-13 16:00", "2026-02-24 16:30", Unit.WORKING_DAY, Remaining(False, 2, 0, 30)),
        ("2026-03-04 09:15", "2026-03-04 17:30", Unit.WORKING_DAY, Remaining(False, 0, 6, 15)),
        ("2026-03-04 10:00", "2026-03-05 17:20", Unit.WORKING_HOUR, Remaining(False, 0, 13, 20)),
        ("2026-03-05 10:20", "2026-03-04 16:00", Unit.WORKING_HOUR, Remaining(True, 0, 4, 20)),
        ("2026-03-04 10:00", "2026-03-06 10:30", Unit.URGENT_HOUR, Remaining(False, 0, 48, 30)),
        ("2026-03-04 10:00", "2026-03-06 13:30", Unit.URGENT_DAY, Remaining(False, 2, 3, 0)),
        ("2026-03-04 10:00", "2026-03-06 10:20", Unit.URGENT_DAY, Remaining(False, 2, 0, 0)),
        ("2026-03-06 10:00", "2026-03-06 13:20", Unit.NATURAL_DAY, Remaining(False, 0, 3, 0)),
        ("2026-03-07 10:00", "2026-03-06 09:00", Unit.NATURAL_DAY, Remaining(True, 1, 1, 0)),
        ("2026-03-06 09:15", "2026-03-06 10:00", Unit.NATURAL_DAY, Remaining(False, 0, 0, 45)),
        ("2026-03-06 10:00", "2026-03-06 10:00", Unit.WORKING_DAY, Remaining(False, 0, 0, 0)),
        ("2026-03-06 10:00:30", "2026-03-06 10:00", Unit.WORKING_DAY, Remaining(True, 0, 0, 0)),
        ("2026-03-06 20:00", "2026-03-06 18:00", Unit.WORKING_DAY, Remaining(True, 0, 0, 0)),
    ],
)
def test_remaining(at: str, due: str, unit: Unit, expected: Remaining) -> None:
    assert clock.remaining(china(), local(at), local(due), unit) == expected


@pytest.mark.parametrize(
    ("start", "due", "expected"),
    [
        ("2026-03-04 10:00", "2026-12-31 18:00", False),
        ("2026-12-31 23:59", "2027-01-01 00:00", True),
        ("2025-12-31 10:00", "2026-01-04 10:00", False),
        ("2023-12-31 23:59", "2024-01-02 10:00", True),
        ("2027-01-01 00:00", "2026-12-31 10:00", True),
    ],
)
def test_is_provisional(start: str, due: str, expected: bool) -> None:
    assert clock.is_provisional(china(), local(start), local(due)) is expected


def test_other_office_hours_make_another_working_day() -> None:
    short = Calendar((Shift(time(9), time(12)), Shift(time(13), time(16, 30))), {}, frozenset())
    assert short.working_day == timedelta(hours=6, minutes=30)
    due = clock.due(short, local("2026-03-04 15:30"), Limit(1, Unit.WORKING_DAY))
    assert written(due) == "2026-03-05 15:30"
    assert clock.remaining(short, local("2026-03-04 15:30"), due, Unit.WORKING_DAY) == Remaining(False, 1, 0, 0)


def test_shifts_may_follow_each_other_without_a_break() -> None:
    through = Calendar((Shift(time(8), time(12)), Shift(time(12), time(16))), {}, frozenset())
    assert written(clock.due(through, local("2026-03-04 11:00"), limit("2 wh"))) == "2026-03-04 13:00"


def test_calendar_is_not_changed_from_outside_and_covers_its_years() -> None:
    exceptions = {date(2026, 3, 4): False}
    calendar = Calendar(DEFAULT_SHIFTS, exceptions, frozenset({2026}))
    exceptions.clear()
    assert (calendar.is_working(date(2026, 3, 4)), calendar.is_working(date(2026, 3, 5))) == (False, True)
    assert (calendar.covers(date(2026, 12, 31)), calendar.covers(date(2027, 1, 1))) == (True, False)


NO_SHIFTS, DISORDER = "a calendar without shifts has no working day", "shifts must be in order and must not overlap"


@pytest.mark.parametrize(
    ("shifts", "why"),
    [
        ((), NO_SHIFTS),
        ((Shift(time(14), time(18)), Shift(time(8), time(12))), DISORDER),
        ((Shift(time(8), time(13)), DEFAULT_SHIFTS[1]) * 2, DISORDER),
        ((Shift(time(8), time(12, 1)), Shift(time(12), time(16))), DISORDER),
    ],
)
def test_refuses_a_calendar_without_orderly_shifts(shifts: tuple[Shift, ...], why: str) -> None:
    with pytest.raises(ValueError, match=f"^{why}$"):
        Calendar(shifts, {}, frozenset())


def test_the_plain_office_hours_and_units() -> None:
    assert (Shift(time(8), time(12)), Shift(time(14), time(18))) == DEFAULT_SHIFTS
    assert [unit.value for unit in Unit] == ["uh", "ud", "wh", "wd", "nd"]
    assert [unit.value for unit in Unit if unit.is_office] == ["wh", "wd"]
    assert Shift(time(8, 1, 2, 3), time(9)).span == (
        timedelta(hours=8, minutes=1, seconds=2, microseconds=3),
        timedelta(hours=9),
    )


@pytest.mark.parametrize(
    ("day", "count"),
    [
        ("0001-01-01", 0),  # a Monday
        ("0001-01-02", 1),
        ("0001-01-06", 5),
        ("0001-01-08", 5),
        ("0001-01-09", 6),
        ("0001-01-10", 6),  # the ninth is a holiday
        ("0001-01-14", 9),
        ("0001-01-15", 10),  # the fourteenth, a Sunday, makes up for it
        ("0001-01-16", 11),
    ],
)
def test_working_days_before_a_day_and_the_day_that_has_so_many(day: str, count: int) -> None:
    calendar = Calendar(DEFAULT_SHIFTS, {date(1, 1, 9): False, date(1, 1, 14): True}, frozenset())
    on = date.fromisoformat(day)
    assert calendar.working_days_before(on.toordinal()) == count
    if calendar.is_working(on):
        assert (calendar.working_date(count), calendar.working_date(count)) == (on, on)


def test_exceptions_that_say_what_the_week_says_change_nothing() -> None:
    said = {date(2026, 3, 4): True, date(2026, 3, 7): False}
    for day, works in said.items():
        calendar = Calendar(DEFAULT_SHIFTS, {day: works}, frozenset())
        plain = Calendar(DEFAULT_SHIFTS, {}, frozenset())
        after = date(2026, 3, 31).toordinal()
        assert calendar.working_days_before(after) == plain.working_days_before(after)


def test_the_last_day_of_all_and_none_beyond() -> None:
    plain = Calendar(DEFAULT_SHIFTS, {}, frozenset())
    last = plain.working_days_before(date.max.toordinal())
    assert (plain.working_date(last), plain.working_date(0)) == (date.max, date.min)  # a Friday, and a Monday
    for number in (last + 1, -1):
        with pytest.raises(OverflowError, match=r"^the moment lies outside the years 1 to 9999$"):
            plain.working_date(number)


@pytest.mark.parametrize(
    ("value", "column"),
    [
        (Limit(1, Unit.WORKING_DAY), "value"),
        (DEFAULT_SHIFTS[0], "ends"),
        (Calendar(DEFAULT_SHIFTS, {}, frozenset()), "years"),
        (Remaining(False, 0, 0, 0), "days"),
    ],
)
def test_values_do_not_change(value: Any, column: str) -> None:
    assert value in {value}
    with pytest.raises(FrozenInstanceError):
        setattr(value, column, None)


@pytest.mark.parametrize("ends", [time(8), time(7)])
def test_refuses_a_shift_that_does_not_end_after_it_starts(ends: time) -> None:
    with pytest.raises(ValueError, match="shift"):
        Shift(time(8), ends)


def test_refuses_a_negative_limit_and_a_naive_moment() -> None:
    assert Limit(0, Unit.WORKING_DAY).value == 0
    with pytest.raises(ValueError, match="negative"):
        Limit(-1, Unit.WORKING_DAY)
    for unit in Unit:
        with pytest.raises(ValueError, match=r"^a moment must carry its time zone$"):
            clock.due(china(), datetime(2026, 3, 4), Limit(1, unit))


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("value", [10**8, 10**12, 10**30])
def test_an_absurd_limit_overflows(unit: Unit, value: int) -> None:
    with pytest.raises(OverflowError):
        clock.due(china(), local("2026-03-04 10:00"), Limit(value, unit))


@pytest.mark.parametrize("unit", Unit)
def test_moments_outside_the_years_1_to_9999_overflow(unit: Unit) -> None:
    with pytest.raises(OverflowError):
        clock.add(china(), local("9999-12-31 17:00"), unit, 16 * HOUR)
    with pytest.raises(OverflowError):
        clock.subtract(china(), local("0001-01-02 10:00"), unit, 48 * HOUR)
    with pytest.raises(OverflowError):
        clock.between(china(), local("0001-01-01 00:00"), local("2026-03-04 10:00"), unit)


@pytest.mark.parametrize("days", [1, 7, 1000])
def test_a_calendar_that_closes_for_long_is_skipped_in_one_step(days: int) -> None:
    first = date(2026, 3, 4)
    closed = {first + timedelta(days=number): False for number in range(days)}
    due = clock.due(Calendar(DEFAULT_SHIFTS, closed, frozenset()), local("2026-03-04 08:00"), limit("1 wd"))
    opens = next(day for number in range(9) if (day := first + timedelta(days=days + number)).weekday() < 5)
    assert written(due) == f"{opens} 18:00"


EDGE_DAYS = ["2025-12-31", "2026-01-01", "2026-01-04", "2026-02-13", "2026-02-14", "2026-02-18", "2026-02-28"]
EDGE_DAYS += [
    "2026-03-04",
    "2026-03-06",
    "2026-03-07",
    "2026-09-20",
    "2026-09-30",
    "2026-10-10",
    "2026-12-31",
]
EDGE_TIMES = [
    "00:00",
    "07:59",
    "08:00",
    "08:01",
    "11:59",
    "12:00",
    "12:01",
    "13:59",
    "14:00",
    "17:59",
    "18:00",
]


@pytest.mark.parametrize("clock_time", EDGE_TIMES)
@pytest.mark.parametrize("day", EDGE_DAYS)
@pytest.mark.parametrize("text", ["1 wh", "4 wh", "1 wd", "3 wd", "1 nd"])
def test_every_edge_against_the_slow_clock(day: str, clock_time: str, text: str) -> None:
    start, span = local(f"{day} {clock_time}"), limit(text)
    length = clock.duration_of(span, china())
    assert clock.due(china(), start, span) == slow_clock.add(start, span.unit, length)
    assert clock.subtract(china(), start, span.unit, length) == slow_clock.subtract(start, span.unit, length)


def instant(chance: random.Random) -> datetime:
    """A moment from 2024 to 2026; half of them on a full minute."""
    moment = local("2024-01-01 00:00").astimezone(UTC) + timedelta(minutes=chance.randrange(1096 * 1440))
    return moment + chance.randrange(2) * timedelta(microseconds=chance.randrange(60_000_000))


def length_of(chance: random.Random) -> timedelta:
    """From a microsecond to 3 working days, one in ten up to 20; half of them in full hours."""
    hours = timedelta(hours=chance.randrange(1, 160 if chance.random() < 0.1 else 25))
    return hours - chance.randrange(2) * timedelta(microseconds=chance.randrange(3_600_000_000))


@pytest.mark.parametrize("unit", Unit)
def test_random_instants_against_the_slow_clock(unit: Unit) -> None:
    for seed in range(EXAMPLES):
        assert_both_clocks_agree(unit, seed)


def assert_both_clocks_agree(unit: Unit, seed: int) -> None:
    chance = random.Random(seed)
    start, resumed, length = instant(chance), instant(chance), length_of(chance)
    due = clock.add(china(), start, unit, length)
    assert due == slow_clock.add(start, unit, length)
    assert clock.subtract(china(), resumed, unit, length) == slow_clock.subtract(resumed, unit, length)
    assert clock.between(china(), start, resumed, unit) == slow_clock.between(start, resumed, unit)
    left = clock.between(china(), start + (due - start) * chance.random() * 0.9, due, unit)
    if left:  # suspended before the due moment, resumed at any other time
        assert clock.add(china(), resumed, unit, left) == slow_clock.add(resumed, unit, left)


@pytest.mark.parametrize("unit", Unit)
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(
    start=st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    length=st.timedeltas(timedelta(days=-900), timedelta(days=900)),
)
def test_between_gives_back_what_was_added_or_subtracted(unit: Unit, start: datetime, length: timedelta) -> None:
    later, earlier = (step(china(), start, unit, length) for step in (clock.add, clock.subtract))
    assert clock.between(china(), start, later, unit) == length
    assert clock.between(china(), earlier, start, unit) == length
