"""Plans of rounds: no gap beyond the wish by more than a day of patrols, counted once more day by day; days, hours and
orders even and varied.
"""

import random
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patrols.rounds.planning import Days, Round, Stop, Wish, in_order, length, planned, visits_of

MONDAY = date(2026, 3, 2)
WEEKLY = Wish(1, 7)
WISHES = [Wish(3, 1), Wish(1, 1), Wish(3, 7), Wish(2, 7), Wish(1, 7), Wish(1, 10), Wish(2, 30), Wish(1, 30)]


def stop(key: int, wish: Wish = WEEKLY, place: tuple[float, float] = (0, 0), minutes: int = 5) -> Stop:
    return Stop(key, place, wish, minutes)


def days_of(rounds: list[Round], key: int) -> list[date]:
    """The days on which a point is seen."""
    return sorted({one.on for one in rounds if key in one.keys})


def beyond(days: Days, one: int, other: int, wish: Wish) -> int:
    """By how many days of patrols the gap between two visits exceeds the wish: counted day by day."""
    due = one + ceil(wish.step)
    on = [number for number in range(due, other + 1) if days.is_on(number)]
    return max(0, len(on) - 1)


@settings(deadline=None)
@given(st.integers(-40, -1), st.sampled_from(WISHES), st.integers(0, 9))
def test_a_plan_takes_up_where_the_last_one_ended(seen: int, wish: Wish, seed: int) -> None:
    stops = [Stop(1, (0, 0), wish, 5, seen), *(stop(key, Wish(1, 30), minutes=60) for key in range(2, 6))]
    first = visits_of(stops, Days(MONDAY, 45), random.Random(seed))[1][0]
    if seen + ceil(wish.step) >= 0:  # it is not owed since before the plan
        assert first - seen <= ceil(wish.step)
    assert first < ceil(wish.step)


def test_points_long_unseen_begin_on_different_days() -> None:
    stops = [Stop(key, (0, 0), WEEKLY, 5, -90) for key in range(14)]
    rounds = planned(stops, Days(MONDAY, 7), 1)
    assert [len(one.keys) for one in rounds] == [2] * 7


@st.composite
def plans(draw: st.DrawFn) -> tuple[list[Stop], Days, int]:
    count = draw(st.integers(1, 45))
    off = draw(st.sets(st.integers(0, count - 1), max_size=12))
    days = Days(MONDAY, count, frozenset(MONDAY + timedelta(days=one) for one in off), draw(st.integers(1, 5)))
    wishes = draw(st.lists(st.sampled_from(WISHES), max_size=12))
    stops = [stop(key, wish, (key * 37 % 11, key * 53 % 7), 5 + key % 3) for key, wish in enumerate(wishes)]
    return stops, days, draw(st.integers(0, 9))


@settings(deadline=None)
@given(plans())
def test_no_gap_is_longer_than_the_wish_by_more_than_a_day_of_patrols(given: tuple[list[Stop], Days, int]) -> None:
    stops, days, seed = given
    for key, visits in visits_of(stops, days, random.Random(seed)).items():
        wish = stops[key].wish
        bounds = [-1, *visits, days.count]
        assert beyond(days, -1, bounds[1], wish) <= 1 or not visits
        assert all(beyond(days, one, other, wish) <= 1 for one, other in pairwise(visits))
        assert not visits or beyond(days, visits[-1], days.count - 1, wish) <= 1
        assert visits == sorted(set(visits))
        assert all(days.is_on(one) for one in visits)


@settings(deadline=None)
@given(plans())
def test_each_visit_is_in_one_round_and_a_day_has_as_many_as_wished(given: tuple[list[Stop], Days, int]) -> None:
    stops, days, seed = given
    rounds = planned(stops, days, seed)
    assert [(one.on, one.part) for one in rounds] == sorted({(one.on, one.part) for one in rounds})
    seen = Counter((key, one.on) for one in rounds for key in one.keys)
    assert all(count == stops[key].wish.a_day for (key, _on), count in seen.items())
    assert all(0 <= one.part < days.parts and one.keys for one in rounds)


@settings(deadline=None)
@given(plans())
def test_the_same_seed_gives_the_same_plan(given: tuple[list[Stop], Days, int]) -> None:
    stops, days, seed = given
    assert planned(stops, days, seed) == planned(stops[::-1][::-1], days, seed)


@pytest.mark.parametrize(
    ("wish", "count", "visits"),
    [(Wish(1, 1), 28, 28), (Wish(3, 1), 28, 28), (Wish(2, 7), 28, 8), (Wish(1, 7), 28, 4), (Wish(1, 30), 60, 2),
     (Wish(3, 7), 28, 12)],
)  # fmt: skip
def test_as_often_as_wished(wish: Wish, count: int, visits: int) -> None:
    assert len(days_of(planned([stop(1, wish)], Days(MONDAY, count), 1), 1)) == visits


def test_two_a_week_are_three_and_four_days_apart() -> None:
    days = days_of(planned([stop(1, Wish(2, 7))], Days(MONDAY, 28), 1), 1)
    assert {(other - one).days for one, other in pairwise(days)} == {3, 4}


def test_weekly_points_fall_evenly_on_the_days() -> None:
    rounds = planned([stop(key) for key in range(70)], Days(MONDAY, 28), 1)
    assert Counter(one.on for one in rounds for _key in one.keys) == {
        MONDAY + timedelta(days=number): 10 for number in range(28)
    }


def test_long_visits_count_as_long() -> None:
    stops = [stop(1, minutes=60), *(stop(key, minutes=10) for key in range(2, 38))]  # 420 minutes in seven days
    load = Counter[date]()
    for one in planned(stops, Days(MONDAY, 7), 1):
        load[one.on] += sum(60 if key == 1 else 10 for key in one.keys)
    assert set(load.values()) == {60}


def test_on_days_off_nobody_walks_and_what_was_owed_follows_at_once() -> None:
    off = frozenset(MONDAY + timedelta(days=number) for number in range(5, 12))
    days = days_of(planned([stop(1, Wish(1, 1)), stop(2, Wish(1, 7))], Days(MONDAY, 20, off), 1), 1)
    assert days == [MONDAY + timedelta(days=number) for number in (*range(5), *range(12, 20))]


def test_a_point_is_seen_in_all_parts_of_the_day() -> None:
    rounds = planned([stop(key, Wish(1, 1)) for key in range(8)], Days(MONDAY, 28, parts=4), 3)
    for key in range(8):
        assert set(Counter(one.part for one in rounds if key in one.keys).values()) == {7}
    assert {len(one.keys) for one in rounds} == {2}


def test_two_a_day_are_half_a_day_apart() -> None:
    rounds = planned([stop(1, Wish(2, 1))], Days(MONDAY, 10, parts=4), 3)
    assert {tuple(one.part for one in rounds if one.on == on) for on in {one.on for one in rounds}} == {(0, 2), (1, 3)}


def test_more_a_day_than_parts_are_seen_in_each() -> None:
    rounds = planned([stop(1, Wish(5, 1))], Days(MONDAY, 1, parts=3), 3)
    assert sorted(one.keys for one in rounds) == [(1,), (1, 1), (1, 1)]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=3, max_size=9, unique=True), st.integers())
def test_turning_no_part_of_a_walk_round_makes_it_shorter(places: list[tuple[int, int]], seed: int) -> None:
    stops = [stop(key, place=place) for key, place in enumerate(places)]
    chance = random.Random(seed)
    walk = in_order(stops, chance)
    assert sorted(one.key for one in walk) == list(range(len(places)))
    for walked in (walk, walk[::-1]):
        turned = [
            [*walked[:one], *walked[one : other + 1][::-1], *walked[other + 1 :]]
            for one in range(1, len(walk))
            for other in range(one + 1, len(walk))
        ]
        if all(length(walked) <= length(other) + 1e-3 for other in turned):
            return
    raise AssertionError("both ways can be made shorter")


def test_orders_vary_from_day_to_day() -> None:
    stops = [stop(key, Wish(1, 1), (key % 4 * 100, key // 4 * 100)) for key in range(12)]
    orders = [one.keys for one in planned(stops, Days(MONDAY, 20), 1)]
    assert len(set(orders)) > 10
    assert {keys[0] for keys in orders} != {orders[0][0]}


@pytest.mark.parametrize(("times", "days"), [(0, 1), (1, 0), (9, 1), (1, 367), (-1, 7)])
def test_what_nobody_can_walk_is_refused(times: int, days: int) -> None:
    with pytest.raises(ValueError, match="days"):
        Wish(times, days)


def test_nothing_to_see_is_no_round() -> None:
    assert planned([], Days(MONDAY, 30), 1) == []
    off = frozenset({MONDAY})
    assert planned([stop(1)], Days(MONDAY, 1, off), 1) == []
