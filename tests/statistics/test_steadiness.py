"""Steady work and bursts: the measures of evenness and what is a burst, by hand."""

from dataclasses import FrozenInstanceError
from datetime import date, timedelta
from fractions import Fraction

import pytest

from cases.statistics.steadiness import Burst, Verdict, bursts, busiest_share, gini, steadiness, weeks_of

MONDAY = date(2026, 3, 2)


def days(first: date, count: int) -> list[date]:
    return [first + timedelta(days=number) for number in range(count)]


def every_day(count: int, first: date, size: int) -> dict[date, int]:
    return dict.fromkeys(days(first, size), count)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([], None),
        ([0, 0], None),
        ([5], Fraction(0)),
        ([3, 3, 3], Fraction(0)),
        ([0, 0, 0, 8], Fraction(3, 4)),  # all on one of four days: 1 - 1/4
        ([1, 3], Fraction(1, 4)),  # |1-3| over twice the mean and the square of the size: 4/16
        ([4, 0, 2, 2], Fraction(3, 8)),
    ],
)
def test_gini(counts: list[int], expected: Fraction | None) -> None:
    assert gini(counts) == expected


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([], None),
        ([0], None),
        ([1, 1, 1, 1, 1], Fraction(1, 5)),
        ([6, 1, 1, 1, 1], Fraction(3, 5)),
        ([1, 1, 1, 1, 1, 5], Fraction(6, 10)),  # six days: the two busiest
        ([7], Fraction(1)),
    ],
)
def test_busiest_share(counts: list[int], expected: Fraction | None) -> None:
    assert busiest_share(counts) == expected


def test_only_whole_weeks_within_the_days_are_summed() -> None:
    handled = every_day(2, date(2026, 2, 27), 20)  # Friday 27 February to Wednesday 18 March
    assert weeks_of(handled, date(2026, 2, 27), date(2026, 3, 18)) == {MONDAY: 14, date(2026, 3, 9): 14}
    assert weeks_of({}, MONDAY, date(2026, 3, 7)) == {}


def test_a_burst_is_twice_the_usual_week_and_ten_cases_more() -> None:
    last = MONDAY + timedelta(days=27)
    quiet = {MONDAY + timedelta(weeks=week): 10 for week in range(4)}
    assert bursts(quiet, {}, MONDAY, last) == []
    assert bursts({**quiet, MONDAY: 19}, {}, MONDAY, last) == []
    (found,) = bursts({**quiet, MONDAY: 20}, {}, MONDAY, last)
    assert (found.monday, found.count, found.usual) == (MONDAY, 20, Fraction(10))
    few = {MONDAY + timedelta(weeks=week): 1 for week in range(4)}
    assert bursts({**few, MONDAY: 10}, {}, MONDAY, last) == []  # nine more only


def test_whether_a_burst_lasted_is_told_by_the_weeks_around_it() -> None:
    handled = {MONDAY + timedelta(weeks=week): 10 for week in range(-4, 5)} | {MONDAY: 50}
    reported = {MONDAY + timedelta(weeks=week): 30 if week < 0 else 12 for week in range(-4, 5)}
    reported[MONDAY + timedelta(weeks=4, days=6)] = 0  # the last week after it is over
    (found,) = bursts(handled, reported, MONDAY - timedelta(weeks=4), MONDAY + timedelta(weeks=5))
    assert (found.reported_before, found.reported_after, found.lasted) == (Fraction(30), Fraction(12), True)


def test_while_no_week_after_a_burst_is_over_nobody_knows() -> None:
    handled = {MONDAY - timedelta(weeks=week): 10 for week in range(1, 5)} | {MONDAY: 50}
    (found,) = bursts(handled, {MONDAY: 5}, MONDAY - timedelta(weeks=4), MONDAY + timedelta(days=6))
    assert (found.reported_after, found.lasted) == (None, None)


@pytest.mark.parametrize(
    ("handled", "verdict"),
    [
        ({}, Verdict.NOTHING),
        (dict.fromkeys(days(MONDAY, 3), 3), Verdict.NOTHING),  # nine cases
        (dict.fromkeys(days(MONDAY, 26), 4), Verdict.STEADY),
        ({day: 8 if number % 2 else 0 for number, day in enumerate(days(MONDAY, 26))}, Verdict.UNEVEN),
        (dict.fromkeys(days(MONDAY, 26), 1) | dict.fromkeys(days(MONDAY, 5), 9), Verdict.BURSTS),
    ],
)
def test_the_verdict(handled: dict[date, int], verdict: Verdict) -> None:
    assert steadiness(handled, {}, 0, days(MONDAY, 28)).verdict is verdict


def test_campaign_work_is_a_share_of_all_work() -> None:
    found = steadiness({MONDAY: 12}, {}, 3, days(MONDAY, 5))
    assert (found.total, found.campaign_share) == (12, Fraction(1, 4))
    assert steadiness({}, {}, 0, days(MONDAY, 5)).campaign_share is None


def test_how_a_page_names_the_verdicts() -> None:
    assert [verdict.value for verdict in Verdict] == ["nothing", "steady", "uneven", "bursts"]


@pytest.mark.parametrize(("least", "verdict"), [(9, Verdict.NOTHING), (10, Verdict.STEADY)])
def test_from_ten_cases_on_there_is_something_to_say(least: int, verdict: Verdict) -> None:
    handled = dict.fromkeys(days(MONDAY, least), 1)
    assert steadiness(handled, {}, 0, days(MONDAY, least)).verdict is verdict


@pytest.mark.parametrize(("counts", "verdict"), [([5, 15], Verdict.STEADY), ([4, 16], Verdict.UNEVEN)])
def test_up_to_a_quarter_is_steady(counts: list[int], verdict: Verdict) -> None:
    """Of two days the Gini coefficient is the difference over twice the sum: 10/40 and 12/40."""
    handled = dict(zip(days(MONDAY, 2), counts, strict=True))
    assert steadiness(handled, {}, 0, days(MONDAY, 2)).verdict is verdict


def test_ten_cases_more_are_a_burst_of_a_quiet_office() -> None:
    quiet = {MONDAY + timedelta(weeks=week): 1 for week in range(4)}
    last = MONDAY + timedelta(days=27)
    assert [one.count for one in bursts({**quiet, MONDAY: 11}, {}, MONDAY, last)] == [11]


def test_ten_cases_more_are_no_burst_of_a_busy_one() -> None:
    busy = {MONDAY + timedelta(weeks=week): 20 for week in range(4)}
    last = MONDAY + timedelta(days=27)
    assert bursts({**busy, MONDAY: 39}, {}, MONDAY, last) == []
    assert [one.count for one in bursts({**busy, MONDAY: 40}, {}, MONDAY, last)] == [40]


def test_working_days_without_work_count_and_the_last_one_belongs_to_its_week() -> None:
    found = steadiness({MONDAY: 12}, {}, 0, days(MONDAY, 4))
    assert (found.gini, found.busiest_share) == (Fraction(3, 4), Fraction(1))
    handled = {MONDAY: 10, MONDAY + timedelta(weeks=1): 10, MONDAY + timedelta(weeks=2): 30}
    assert [one.count for one in steadiness(handled, {}, 0, days(MONDAY, 21)).bursts] == [30]
    assert list(steadiness(handled, {}, 0, days(MONDAY, 20)).bursts) == []


def test_the_usual_week_is_the_median_of_two_others_at_least() -> None:
    three = {MONDAY: 50, MONDAY + timedelta(weeks=1): 10, MONDAY + timedelta(weeks=2): 13}
    (found,) = bursts(three, {}, MONDAY, MONDAY + timedelta(days=20))
    assert found.usual == Fraction(23, 2)
    assert bursts(three, {}, MONDAY, MONDAY + timedelta(days=19)) == []  # two whole weeks only


def around(weeks: dict[int, int], last: int = 6) -> tuple[Fraction | None, Fraction | None, bool | None]:
    """What was reported before and after a burst in MONDAY's week, of these weeks; known until a day of the last."""
    handled = {MONDAY + timedelta(weeks=week): 10 for week in range(-6, 7)} | {MONDAY: 50}
    reported = {MONDAY + timedelta(weeks=week): count for week, count in weeks.items()}
    reported[MONDAY + timedelta(weeks=max(weeks), days=last)] = reported.pop(MONDAY + timedelta(weeks=max(weeks)))
    (found,) = bursts(handled, reported, MONDAY - timedelta(weeks=6), MONDAY + timedelta(weeks=6, days=6))
    return found.reported_before, found.reported_after, found.lasted


@pytest.mark.parametrize(
    ("weeks", "last", "expected"),
    [
        # four weeks before and four after, neither the fifth nor the week itself
        ({-5: 900, -4: 8, -3: 0, -2: 0, -1: 4, 0: 900, 1: 2, 2: 0, 3: 0, 4: 6, 5: 900}, 6, (3, 2, True)),
        # as many as before: it did not last
        ({-1: 8, 1: 8, 4: 0}, 6, (2, 2, False)),
        # weeks that are over only
        ({-1: 4, 1: 3, 2: 40}, 5, (1, 3, False)),
        ({-1: 4, 1: 3, 2: 41}, 6, (1, 22, False)),
        ({-1: 4, 1: 30}, 5, (1, None, None)),
    ],
)
def test_what_is_compared_around_a_burst(
    weeks: dict[int, int], last: int, expected: tuple[int, int | None, bool | None]
) -> None:
    assert around(weeks, last) == expected


def test_without_working_days_there_is_no_burst() -> None:
    found = steadiness({MONDAY: 12}, {}, 0, [])
    assert (found.total, found.gini, found.busiest_share, list(found.bursts)) == (12, None, None, [])


def test_nobody_changes_what_was_found() -> None:
    burst = Burst(MONDAY, 50, Fraction(10), None, None)
    for thing, name in ((burst, "count"), (steadiness({}, {}, 0, []), "total")):
        with pytest.raises(FrozenInstanceError):
            setattr(thing, name, 0)
