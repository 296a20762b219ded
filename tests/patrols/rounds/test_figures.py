"""Figures of plans by hand: what is counted, how long nobody comes to a point, and why."""

from datetime import date, timedelta

import pytest

from patrols.rounds.figures import Figures, Spread, Turn, Why, figures_of, visits_to
from patrols.rounds.planning import Days, Round, Stop, Wish, planned

MONDAY = date(2026, 3, 2)
WEEKLY, DAILY = Wish(1, 7), Wish(1, 1)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def figures(stop: Stop, days: Days, *numbers: int) -> Figures:
    """Of one point seen on these days."""
    return figures_of([stop], days, [Round(day(number), 0, (stop.key,)) for number in numbers])


def test_rounds_minutes_and_metres() -> None:
    stops = [Stop(1, (0, 0), DAILY, 5), Stop(2, (300, 400), DAILY, 10), Stop(3, (300, 500), DAILY, 20)]
    rounds = [Round(day(0), 0, (1, 2, 3)), Round(day(0), 1, (2, 1)), Round(day(1), 1, (3,))]
    found = figures_of(stops, Days(MONDAY, 2, (), 3), rounds)
    assert (found.rounds, found.visits, found.days) == (3, 6, 2)
    assert (found.by_day, found.by_part) == ({day(0): 2, day(1): 1}, (1, 2, 0))
    assert (found.minutes, found.minutes_a_day) == (Spread(15, 20, 35), Spread(20, 20, 50))
    assert found.metres == Spread(0, 500, 600)


def test_the_longest_gap_and_between_which_days() -> None:
    (gap,) = figures(Stop(1, (0, 0), WEEKLY), Days(MONDAY, 20), 1, 5, 14, 18).gaps
    assert (gap.longest, gap.since, gap.until, gap.allowed, gap.excess, gap.visits) == (9, day(5), day(14), 7, 2, 4)


@pytest.mark.parametrize(
    ("seen", "visits", "longest"),
    [(None, (6,), 7),  # from the day before the plan on
     (-4, (3,), 7), (-4, (6,), 10),  # from the last visit before it
     (-9, (6,), 7),  # owed since before the plan: it begins anew
     (None, (0,), 10), (None, (3,), 7)],  # until the day after the plan
)  # fmt: skip
def test_gaps_at_the_ends_of_a_plan(seen: int | None, visits: tuple[int, ...], longest: int) -> None:
    (gap,) = figures(Stop(1, (0, 0), WEEKLY, 5, seen), Days(MONDAY, 10), *visits).gaps
    assert gap.longest == longest


@pytest.mark.parametrize(
    ("wish", "off", "visits", "why"),
    [(WEEKLY, (), (0, 7), None), (WEEKLY, (), (0, 8), Why.EVEN), (WEEKLY, (), (0, 9), Why.CHANGED),
     (WEEKLY, (7, 8), (0, 9), Why.OFF), (WEEKLY, (0, 9), (0, 9), Why.CHANGED),
     (DAILY, (1, 2), (0, *range(3, 14)), Why.OFF), (Wish(1, 30), (), (), Why.SHORT),
     (Wish(2, 1), (), tuple(range(14)), Why.PARTS)],
)  # fmt: skip
def test_why_a_wish_is_not_kept(wish: Wish, off: tuple[int, ...], visits: tuple[int, ...], why: Why | None) -> None:
    days = Days(MONDAY, 14, [day(number) for number in off])
    assert figures(Stop(1, (0, 0), wish), days, *visits).gaps[0].why is why


def test_the_worst_comes_first() -> None:
    stops = [Stop(key, (0, 0), WEEKLY) for key in (1, 2, 3)]
    rounds = [Round(day(0), 0, (1, 2, 3)), Round(day(7), 0, (1,)), Round(day(9), 0, (2,)), Round(day(8), 0, (3,))]
    found = figures_of(stops, Days(MONDAY, 10), rounds)
    assert [gap.key for gap in found.gaps] == [2, 3, 1]
    assert ([gap.key for gap in found.not_kept], found.worst_excess) == ([2, 3], 2)


def test_two_hundred_points_of_three_teams_are_within_a_day_of_their_wishes_for_thirty_days() -> None:
    """A bar of issue 7."""
    wishes = [Wish(2, 1), DAILY, Wish(3, 7), Wish(2, 7), WEEKLY, Wish(1, 30)]
    stops = [Stop(key, (key % 19 * 100, key // 19 * 100), wishes[key % 6]) for key in range(200)]
    days = Days(MONDAY, 30, (), 3)
    for team in range(3):
        of_team = stops[team::3]
        found = figures_of(of_team, days, planned(of_team, days, seed=team))
        assert len(found.gaps) in (66, 67)
        assert found.worst_excess <= 1
        assert all(gap.visits for gap in found.gaps)
        assert {gap.why for gap in found.not_kept} <= {Why.EVEN}


@pytest.mark.parametrize(
    ("seen", "off", "on", "turns"),
    [
        (None, (), (2, 9), [Turn.BEGIN, Turn.DUE]),  # nothing known: it begins
        (-3, (), (4, 10, 18), [Turn.DUE, Turn.EARLY, Turn.EVEN]),  # owed on day 4; a day early; then a day late
        (-3, (4,), (5,), [Turn.AFTER_OFF]),
        (-20, (), (3, 15), [Turn.BEGIN, Turn.CHANGED]),  # owed for long: it begins anew
        (-3, (), (4, 4), [Turn.DUE, Turn.AGAIN]),
    ],
)
def test_why_a_point_is_seen_on_its_days(
    seen: int | None, off: tuple[int, ...], on: tuple[int, ...], turns: list[Turn]
) -> None:
    stop = Stop(1, (0, 0), WEEKLY, seen=seen)
    rounds = [Round(day(number), 1, (9, 1, 8)) for number in on]
    found = visits_to(stop, Days(MONDAY, 20, [day(number) for number in off], 2), rounds)
    assert [one.turn for one in found] == turns
    assert {(one.part, one.ordinal, one.count) for one in found} == {(1, 2, 3)}


def test_no_round_is_no_number() -> None:
    found = figures_of([], Days(MONDAY, 3), [])
    assert (found.rounds, found.minutes, found.gaps, found.worst_excess) == (0, Spread(), (), 0)
