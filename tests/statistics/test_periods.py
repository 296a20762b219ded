"""Periods and those with which they are compared, as literal rows. Pure: no database, no Django."""

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from cases.statistics.periods import PRESETS, USUAL, Period, Step, backlog


def day(text: str) -> date:
    return date.fromisoformat(text)


def period(text: str) -> Period:
    first, last = text.split(" to ")
    return Period(day(first), day(last))


def written(found: Period) -> str:
    return f"{found.first} to {found.last}"


@pytest.mark.parametrize(
    ("text", "days", "is_months"),
    [
        ("2026-03-04 to 2026-03-04", 1, False),
        ("2026-03-01 to 2026-03-31", 31, True),
        ("2026-03-01 to 2026-03-30", 30, False),
        ("2026-03-02 to 2026-03-31", 30, False),
        ("2026-02-01 to 2026-02-28", 28, True),
        ("2028-02-01 to 2028-02-28", 28, False),  # a leap year
        ("2028-02-01 to 2028-02-29", 29, True),
        ("2025-12-01 to 2026-02-28", 90, True),
        ("2026-01-01 to 2026-12-31", 365, True),
    ],
)
def test_days_and_whole_months(text: str, days: int, is_months: bool):
    assert (period(text).days, period(text).is_months) == (days, is_months)


@pytest.mark.parametrize(
    ("text", "before"),
    [
        # whole months: as many months
        ("2026-03-01 to 2026-03-31", "2026-02-01 to 2026-02-28"),
        ("2028-03-01 to 2028-03-31", "2028-02-01 to 2028-02-29"),
        ("2026-02-01 to 2026-02-28", "2026-01-01 to 2026-01-31"),
        ("2026-01-01 to 2026-01-31", "2025-12-01 to 2025-12-31"),
        ("2026-01-01 to 2026-03-31", "2025-10-01 to 2025-12-31"),
        ("2026-01-01 to 2026-12-31", "2025-01-01 to 2025-12-31"),
        ("2025-12-01 to 2026-02-28", "2025-09-01 to 2025-11-30"),
        # else as many days
        ("2026-03-04 to 2026-03-04", "2026-03-03 to 2026-03-03"),
        ("2026-03-01 to 2026-03-01", "2026-02-28 to 2026-02-28"),
        ("2028-03-01 to 2028-03-01", "2028-02-29 to 2028-02-29"),
        ("2026-03-02 to 2026-03-08", "2026-02-23 to 2026-03-01"),
        ("2026-01-01 to 2026-01-07", "2025-12-25 to 2025-12-31"),
        ("2026-03-01 to 2026-03-30", "2026-01-30 to 2026-02-28"),
    ],
)
def test_the_period_before(text: str, before: str):
    assert written(period(text).before()) == before


@pytest.mark.parametrize(
    ("text", "earlier"),
    [
        ("2026-03-01 to 2026-03-31", "2025-03-01 to 2025-03-31"),
        ("2026-03-04 to 2026-03-10", "2025-03-04 to 2025-03-10"),
        ("2028-02-01 to 2028-02-29", "2027-02-01 to 2027-02-28"),  # a month is compared with a month
        ("2029-02-01 to 2029-02-28", "2028-02-01 to 2028-02-29"),
        ("2028-02-29 to 2028-02-29", "2027-02-28 to 2027-02-28"),
        ("2029-02-20 to 2029-02-28", "2028-02-20 to 2028-02-28"),
        ("2025-12-20 to 2026-01-10", "2024-12-20 to 2025-01-10"),
        ("2028-01-01 to 2028-12-31", "2027-01-01 to 2027-12-31"),
    ],
)
def test_a_year_before(text: str, earlier: str):
    assert written(period(text).a_year_before()) == earlier


@pytest.mark.parametrize(
    ("on", "presets"),
    [
        (
            "2026-03-04",
            {
                "today": "2026-03-04 to 2026-03-04",
                "week": "2026-03-02 to 2026-03-08",
                "month": "2026-03-01 to 2026-03-31",
                "last_month": "2026-02-01 to 2026-02-28",
                "quarter": "2026-01-01 to 2026-03-31",
                "year": "2026-01-01 to 2026-12-31",
            },
        ),
        (
            "2026-01-01",  # a Thursday
            {
                "today": "2026-01-01 to 2026-01-01",
                "week": "2025-12-29 to 2026-01-04",
                "month": "2026-01-01 to 2026-01-31",
                "last_month": "2025-12-01 to 2025-12-31",
                "quarter": "2026-01-01 to 2026-03-31",
                "year": "2026-01-01 to 2026-12-31",
            },
        ),
        (
            "2028-02-29",
            {
                "today": "2028-02-29 to 2028-02-29",
                "week": "2028-02-28 to 2028-03-05",
                "month": "2028-02-01 to 2028-02-29",
                "last_month": "2028-01-01 to 2028-01-31",
                "quarter": "2028-01-01 to 2028-03-31",
                "year": "2028-01-01 to 2028-12-31",
            },
        ),
        (
            "2026-12-31",
            {
                "today": "2026-12-31 to 2026-12-31",
                "week": "2026-12-28 to 2027-01-03",
                "month": "2026-12-01 to 2026-12-31",
                "last_month": "2026-11-01 to 2026-11-30",
                "quarter": "2026-10-01 to 2026-12-31",
                "year": "2026-01-01 to 2026-12-31",
            },
        ),
    ],
)
def test_presets(on: str, presets: dict[str, str]):
    assert {key: written(preset.of(day(on))) for key, preset in PRESETS.items()} == presets
    assert [preset.key for preset in PRESETS.values()] == list(PRESETS)


@pytest.mark.parametrize(
    ("on", "first", "last"),
    [
        ("2026-01-15", "2026-01-01", "2026-03-31"),
        ("2026-04-01", "2026-04-01", "2026-06-30"),
        ("2026-06-30", "2026-04-01", "2026-06-30"),
        ("2026-09-30", "2026-07-01", "2026-09-30"),
        ("2026-11-11", "2026-10-01", "2026-12-31"),
    ],
)
def test_quarters(on: str, first: str, last: str):
    assert PRESETS["quarter"].of(day(on)) == Period(day(first), day(last))


def test_sunday_belongs_to_the_week_before_it_and_monday_begins_one():
    assert written(PRESETS["week"].of(day("2026-03-08"))) == "2026-03-02 to 2026-03-08"
    assert written(PRESETS["week"].of(day("2026-03-09"))) == "2026-03-09 to 2026-03-15"


def test_each_is_said_so_and_the_usual_one_is_the_month():
    labels = {preset.key: preset.label for preset in PRESETS.values()}
    assert labels == {
        "today": "today",
        "week": "this week",
        "month": "this month",
        "last_month": "last month",
        "quarter": "this quarter",
        "year": "this year",
    }
    assert USUAL == "month"


@pytest.mark.parametrize(
    ("shown", "on", "compared"),
    [
        ("2026-03-01 2026-03-31", "2026-02-28", "2026-02-01 2026-02-28"),  # ahead: all of it
        ("2026-03-01 2026-03-31", "2026-03-01", "2026-02-01 2026-02-01"),
        ("2026-03-01 2026-03-31", "2026-03-18", "2026-02-01 2026-02-18"),
        ("2026-03-01 2026-03-31", "2026-03-30", "2026-02-01 2026-02-28"),  # February has no 30th day
        ("2026-03-01 2026-03-31", "2026-03-31", "2026-02-01 2026-02-28"),  # on its last day it is whole
        ("2026-02-01 2026-02-28", "2026-03-01", "2026-01-01 2026-01-31"),  # over: whole, though January is longer
        ("2026-02-01 2026-02-28", "2026-02-27", "2026-01-01 2026-01-27"),
    ],
)
def test_of_a_period_that_goes_on_as_many_days_are_compared_as_have_begun(shown: str, on: str, compared: str):
    period, expected = (Period(*map(date.fromisoformat, text.split())) for text in (shown, compared))
    assert period.before().as_far_as(period, date.fromisoformat(on)) == expected


def test_a_period_ends_after_it_begins_and_within_three_years():
    for text in ("2026-03-05 to 2026-03-04", "2023-01-01 to 2026-01-03"):
        with pytest.raises(ValueError, match=f"not a period: {text}"):
            period(text)
    assert period("2023-01-01 to 2026-01-02").days == 3 * 366


@pytest.mark.parametrize(
    ("since", "is_backlog"),
    [
        ("2026-03-31", False),
        ("2026-01-31", False),  # for 60 days on 1 April
        ("2026-01-30", True),  # for 61
        ("2025-04-01", True),  # for a year, the longest there is
    ],
)
def test_a_backlog_is_what_is_suspended_for_more_than_sixty_days(since: str, is_backlog: bool):
    found = backlog(day("2026-04-01"))
    assert (found.first <= day(since) <= found.last) is is_backlog


def test_a_backlog_is_looked_for_over_three_years():
    assert written(backlog(day("2026-04-01"))) == "2023-03-30 to 2026-01-30"


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("2026-03-01 to 2026-03-01", "day"),
        ("2026-03-01 to 2026-05-01", "day"),  # 62 days
        ("2026-03-01 to 2026-05-02", "week"),
        ("2026-01-01 to 2026-12-31", "week"),
        ("2026-01-01 to 2027-01-01", "week"),  # 366 days
        ("2026-01-01 to 2027-01-02", "month"),
    ],
)
def test_in_what_a_trend_goes_on(text: str, step: str):
    assert period(text).step is Step(step)


@pytest.mark.parametrize(
    ("text", "count", "first_steps", "last_step"),
    [
        (
            "2026-03-04 to 2026-03-06",
            3,
            ["2026-03-04: 2026-03-04 to 2026-03-04"],
            "2026-03-06: 2026-03-06 to 2026-03-06",
        ),
        (
            "2026-03-04 to 2026-05-31",  # from a Wednesday to a Sunday
            13,
            ["2026-03-02: 2026-03-04 to 2026-03-08", "2026-03-09: 2026-03-09 to 2026-03-15"],
            "2026-05-25: 2026-05-25 to 2026-05-31",
        ),
        (
            "2026-03-02 to 2026-05-26",
            13,
            ["2026-03-02: 2026-03-02 to 2026-03-08"],
            "2026-05-25: 2026-05-25 to 2026-05-26",
        ),
        (
            "2026-01-31 to 2027-02-01",
            14,
            ["2026-01-01: 2026-01-31 to 2026-01-31", "2026-02-01: 2026-02-01 to 2026-02-28"],
            "2027-02-01: 2027-02-01 to 2027-02-01",
        ),
    ],
)
def test_the_steps_of_a_trend(text: str, count: int, first_steps: list[str], last_step: str):
    """The day with which each begins, and what of it lies in the period."""
    found = [f"{begin}: {written(span)}" for begin, span in period(text).steps()]
    assert (len(found), found[: len(first_steps)], found[-1]) == (count, first_steps, last_step)


@pytest.mark.parametrize(
    ("on", "goes_on"),
    [("2026-02-28", False), ("2026-03-01", True), ("2026-03-30", True), ("2026-03-31", False), ("2026-04-01", False)],
)
def test_a_period_goes_on_from_its_first_day_to_the_one_before_its_last(on: str, goes_on: bool):
    assert period("2026-03-01 to 2026-03-31").goes_on(day(on)) is goes_on


def test_nobody_changes_a_period():
    for thing, name in ((period("2026-03-01 to 2026-03-31"), "last"), (PRESETS["month"], "of")):
        with pytest.raises(FrozenInstanceError):
            setattr(thing, name, None)
