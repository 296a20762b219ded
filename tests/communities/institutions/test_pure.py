"""The pure parts of institutions: the check of credit codes, quarters, and how visits are spread."""

from collections import Counter
from datetime import date, timedelta

import pytest

from communities.institutions.credit_code import check_character, is_right, normal
from communities.institutions.planning import Wanted, spread, turns
from communities.institutions.quarters import Quarter, quarter_of, read_quarter

DAYS = [date(2026, 4, 1) + timedelta(days=number) for number in range(20)]


@pytest.mark.parametrize("code", ["91350100M000100Y43", "911100001000064501"])
def test_codes_of_the_standard_and_of_real_companies_are_right(code: str) -> None:
    assert is_right(code)
    assert check_character(code[:-1]) == code[-1]


@pytest.mark.parametrize(
    "code", ["", "91350100M000100Y4", "91350100M000100Y44", "91350100M000100I43", "91350100m000100y43", "9" * 19]
)
def test_others_are_not(code: str) -> None:
    assert not is_right(code)


def test_a_code_may_be_written_with_blanks_and_small_letters() -> None:
    assert normal(" 91350100 m000100y43 ") == "91350100M000100Y43"


@pytest.mark.parametrize("place", range(17))
def test_each_character_is_checked(place: int) -> None:
    code = "91350100M000100Y43"
    other = "2" if code[place] != "2" else "3"
    assert not is_right(code[:place] + other + code[place + 1 :])


def test_quarters() -> None:
    assert [quarter_of(date(2026, month, 28)).number for month in range(1, 13)] == [1] * 3 + [2] * 3 + [3] * 3 + [4] * 3
    last = Quarter(2026, 4)
    assert (last.first, last.last) == (date(2026, 10, 1), date(2026, 12, 31))
    assert (last.next, last.next.previous, last.previous) == (Quarter(2027, 1), last, Quarter(2026, 3))
    assert (str(last), read_quarter("2026-4")) == ("2026-4", last)
    assert [read_quarter(one) for one in ("", "2026-5", "2026-0", "1999-1", "2026-4x", "２026-4")] == [None] * 6


def test_who_was_not_visited_for_long_comes_first_and_again_after_the_others() -> None:
    wanted = [Wanted(1, 1, date(2026, 1, 5)), Wanted(2, 2), Wanted(3, 0), Wanted(4, 1, date(2025, 9, 1))]
    assert turns(wanted) == [2, 4, 1, 2]
    assert turns([]) == []


def test_visits_are_evenly_apart() -> None:
    assert [DAYS.index(day) for _key, day in spread([1, 2, 3, 4], DAYS, {})] == [2, 7, 12, 17]


@pytest.mark.parametrize("count", [1, 7, 20, 33, 100])
def test_no_day_has_two_more_than_another(count: int) -> None:
    found = spread(list(range(count)), DAYS, {})
    numbers = Counter(day for _key, day in found)
    load = [numbers.get(day, 0) for day in DAYS]
    assert (len(found), max(load) - min(load) <= 1) == (count, True)


def test_days_that_have_visits_already_get_fewer() -> None:
    busy = {day: 1 for day in DAYS[:10]}
    assert all(day >= DAYS[10] for _key, day in spread(list(range(10)), DAYS, busy))


def test_a_key_that_comes_again_gets_a_later_day_while_there_is_one() -> None:
    found = spread([1, 2, 1, 2], DAYS, {})
    assert [key for key, _day in found] == [1, 2, 1, 2]
    assert found[0][1] < found[2][1]
    assert found[1][1] < found[3][1]
    assert spread([1, 1], DAYS[:1], {}) == [(1, DAYS[0]), (1, DAYS[0])]
