"""Turns: evenly over a cycle, staggered, as a naive count gives them; hours across midnight; what is short."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrols.teams.rotation import OFF, Short, Turn, days_between, hours, month_of, shortages, turns

ZONE = ZoneInfo("Asia/Shanghai")
SINCE = date(2026, 3, 1)
D, E, N = 1, 2, 3
CYCLES = st.lists(st.sampled_from([OFF, D, E, N]), min_size=1, max_size=14)
MEMBERS = st.integers(1, 9).map(lambda count: list(range(100, 100 + count)))


def on(day: int) -> date:
    return SINCE + timedelta(days=day)


def test_each_member_stands_a_step_further_on_in_the_cycle() -> None:
    found = list(turns([7, 8], [D, D, E, N, OFF, OFF], since=SINCE, step=2, first=SINCE, last=on(4)))
    assert found == [
        Turn(on(0), D, 7), Turn(on(0), E, 8),
        Turn(on(1), D, 7), Turn(on(1), N, 8),
        Turn(on(2), E, 7),
        Turn(on(3), N, 7),
        Turn(on(4), D, 8),
    ]  # fmt: skip


def test_nothing_before_the_first_day_of_the_cycle_and_nothing_without_a_cycle() -> None:
    found = list(turns([7], [D, E], since=SINCE, step=1, first=on(-3), last=on(1)))
    assert found == [Turn(on(0), D, 7), Turn(on(1), E, 7)]
    assert list(turns([7], [], since=SINCE, step=1, first=SINCE, last=on(9))) == []


@given(CYCLES, MEMBERS, st.integers(0, 14), st.integers(0, 60))
def test_over_a_whole_cycle_everybody_has_each_shift_equally_often(
    cycle: list[int], members: list[int], step: int, start: int
) -> None:
    first, last = on(start), on(start + len(cycle) - 1)
    counted = Counter(
        (turn.member, turn.shift) for turn in turns(members, cycle, since=SINCE, step=step, first=first, last=last)
    )
    expected = Counter(shift for shift in cycle if shift != OFF)
    assert counted == Counter({(member, shift): expected[shift] for member in members for shift in expected})


@given(CYCLES, MEMBERS, st.integers(0, 14), st.integers(-5, 40), st.integers(0, 40))
def test_turns_are_those_of_a_naive_count(
    cycle: list[int], members: list[int], step: int, start: int, length: int
) -> None:
    naive, day = [], 0
    positions = {member: (place * step) % len(cycle) for place, member in enumerate(members)}
    while day <= start + length:  # day by day from the beginning, each one place further
        for member in members:
            if day >= start and cycle[positions[member]] != OFF:
                naive.append(Turn(on(day), cycle[positions[member]], member))
            positions[member] = 0 if positions[member] + 1 == len(cycle) else positions[member] + 1
        day += 1
    found = list(turns(members, cycle, since=SINCE, step=step, first=on(start), last=on(start + length)))
    assert found == naive


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (time(6), time(14), ("2026-03-01 06:00", "2026-03-01 14:00")),
        (time(22), time(6), ("2026-03-01 22:00", "2026-03-02 06:00")),
        (time(8), time(8), ("2026-03-01 08:00", "2026-03-02 08:00")),
    ],
)
def test_a_shift_that_ends_no_later_than_it_starts_ends_on_the_next_day(
    starts: time, ends: time, expected: tuple[str, str]
) -> None:
    moments = tuple(datetime.fromisoformat(text).replace(tzinfo=ZONE) for text in expected)
    assert hours(SINCE, starts, ends, ZONE) == moments


def test_what_is_short_is_told_by_day_and_in_the_order_of_the_shifts() -> None:
    found = shortages([on(0), on(1)], {D: 2, N: 1, E: 0}, {(on(0), D): 1, (on(0), N): 1, (on(1), D): 3})
    assert found == [Short(on(0), D, 1), Short(on(1), N, 1)]


def test_a_month_and_its_days() -> None:
    assert month_of(date(2028, 2, 29)) == (date(2028, 2, 1), date(2028, 2, 29))
    assert month_of(date.max) == (date(9999, 12, 1), date.max)
    assert month_of(date(2026, 12, 5)) == (date(2026, 12, 1), date(2026, 12, 31))
    assert days_between(on(0), on(2)) == [on(0), on(1), on(2)]
