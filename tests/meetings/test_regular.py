"""On which days regular meetings are held: literal rows, then any rhythm against a search day by day."""

from datetime import date, timedelta
from itertools import takewhile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.meetings.regular import LAST, ORDINALS, Rhythm, next_days, nth_weekday, planned_days
from citymgmt.worktime.clock import Calendar
from tests.worktime import china

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = range(1, 7)
# ordinal, weekday, every so many months, since, after, the next days
# 2026: holidays 01-01..03, 02-15..23, 04-04..06, 10-01..07; made up on the Sunday 01-04
ROWS = [
    ((1, TUESDAY, 1, "2026-01-01"), "2025-12-31", ["2026-01-06", "2026-02-03", "2026-03-03"]),
    ((1, TUESDAY, 1, "2026-01-01"), "2026-01-06", ["2026-02-03"]),
    ((1, TUESDAY, 1, "2026-01-01"), "2026-09-30", ["2026-10-08", "2026-11-03"]),
    ((1, TUESDAY, 1, "2026-01-01"), "2026-10-06", ["2026-10-08"]),  # after the day of the rule, before it is held
    ((1, TUESDAY, 1, "2026-01-01"), "2026-10-08", ["2026-11-03"]),
    ((3, TUESDAY, 1, "2026-01-01"), "2026-02-01", ["2026-02-24", "2026-03-17"]),
    ((1, THURSDAY, 1, "2026-01-01"), "2025-12-31", ["2026-01-04", "2026-02-05"]),
    ((1, MONDAY, 1, "2026-01-01"), "2026-04-01", ["2026-04-07"]),
    ((LAST, THURSDAY, 1, "2026-01-01"), "2026-11-30", ["2026-12-31", "2027-01-28"]),
    ((LAST, SATURDAY, 1, "2026-01-01"), "2026-10-20", ["2026-11-02", "2026-11-30"]),  # into the next month
    ((LAST, FRIDAY, 1, "2026-01-01"), "2026-02-20", ["2026-02-27"]),  # the fourth is the last
    ((LAST, FRIDAY, 1, "2026-01-01"), "2026-05-20", ["2026-05-29"]),  # the fifth is
    ((4, FRIDAY, 1, "2026-01-01"), "2026-05-20", ["2026-05-22"]),
    ((1, MONDAY, 2, "2026-11-01"), "2026-10-01", ["2026-11-02", "2027-01-04", "2027-03-01"]),
    ((1, TUESDAY, 3, "2026-01-15"), "2026-01-01", ["2026-04-07", "2026-07-07", "2026-10-08"]),  # begins after the 6th
    ((1, TUESDAY, 12, "2026-03-01"), "2026-03-03", ["2027-03-02", "2028-03-07"]),
    ((2, WEDNESDAY, 1, "2026-06-10"), "2020-01-01", ["2026-06-10"]),  # not before it begins
    ((2, WEDNESDAY, 1, "2026-06-11"), "2020-01-01", ["2026-07-08"]),
]


@pytest.mark.parametrize(("rule", "after", "days"), ROWS, ids=lambda value: str(value))
def test_days(rule: tuple, after: str, days: list[str]) -> None:
    *which, since = rule
    found = next_days(Rhythm(*which, date.fromisoformat(since)), date.fromisoformat(after), china(), len(days))
    assert [day.isoformat() for day in found] == days


def test_the_day_of_the_rule_and_that_of_the_meeting() -> None:
    rhythm = Rhythm(1, TUESDAY, 1, date(2026, 1, 1))
    assert next(planned_days(rhythm, date(2026, 10, 1), china())) == (date(2026, 10, 6), date(2026, 10, 8))


@pytest.mark.parametrize("wrong", [(0, 2, 1), (5, 2, 1), (-2, 2, 1), (1, 0, 1), (1, 8, 1), (1, 2, 0), (1, 2, 13)])
def test_no_such_rhythm(wrong: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"no such|not every"):
        Rhythm(*wrong, date(2026, 1, 1))


def test_dates_end_some_day() -> None:
    assert next_days(Rhythm(1, TUESDAY, 1, date(9990, 1, 1)), date(2026, 1, 1), china(), 3) == []
    assert next_days(Rhythm(LAST, TUESDAY, 1, date(9989, 12, 1)), date(9999, 12, 31), china(), 3) == []
    assert len(next_days(Rhythm(1, TUESDAY, 1, date(1, 1, 1)), date(1, 1, 1), china(), 3)) == 3


def fits(rhythm: Rhythm, day: date) -> bool:
    """Whether the rule names this very day."""
    months = (day.year - rhythm.since.year) * 12 + day.month - rhythm.since.month
    nth = (
        (day + timedelta(days=7)).month != day.month if rhythm.ordinal == LAST else (day.day + 6) // 7 == rhythm.ordinal
    )
    return day >= rhythm.since and months % rhythm.every_months == 0 and day.isoweekday() == rhythm.weekday and nth


def searched(rhythm: Rhythm, after: date, until: date, calendar: Calendar) -> list[date]:
    """The days of meetings found day by day."""
    found = []
    for number in range((until - rhythm.since).days + 1):
        held = day = rhythm.since + timedelta(days=number)
        while not calendar.is_working(held):
            held += timedelta(days=1)
        if fits(rhythm, day) and after < held <= until:
            found.append(held)
    return found


days = st.dates(date(2025, 1, 1), date(2028, 12, 31))
rhythms = st.builds(Rhythm, st.sampled_from(ORDINALS), st.integers(1, 7), st.integers(1, 12), days)


@settings(max_examples=300, deadline=None)
@given(rhythms, days, st.integers(0, 800))
def test_as_found_day_by_day(rhythm: Rhythm, after: date, length: int) -> None:
    until = max(after, rhythm.since) + timedelta(days=length)
    found = [held for _planned, held in takewhile(lambda one: one[1] <= until, planned_days(rhythm, after, china()))]
    assert found == searched(rhythm, after, until, china())


@settings(deadline=None)
@given(st.integers(1, 9999), st.integers(1, 11), st.sampled_from(ORDINALS), st.integers(1, 7))
def test_each_month_has_each(year: int, month: int, ordinal: int, weekday: int) -> None:
    found = nth_weekday(year, month, ordinal, weekday)
    assert (found.year, found.month, found.isoweekday()) == (year, month, weekday)
