"""Density indices and levels, each against figures worked out by hand with the limits of level C. No database."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from patrols.pests.indices import INDICES, METHODS, NOTHING, PESTS, Counts, counts_of, indices_of, value
from patrols.pests.limits import LEVELS, SEEDED, Limit, Verdict, judged

# what was looked at, minutes, positive, counted; the index; whether level C is kept
WORKED = [
    ("rodent_rooms", (200, None, 10, 0), Fraction(5), True),  # 10 of 200 rooms: 10 × 100 / 200 = 5 %, at most 5
    ("rodent_rooms", (200, None, 11, 0), Fraction(11, 2), False),  # 11 × 100 / 200 = 5.5 %
    ("rodent_path", (4000, None, 10, 0), Fraction(5), True),  # 10 places on 4,000 m: 10 × 2,000 / 4,000 = 5
    ("rodent_path", (3999, None, 10, 0), Fraction(20000, 3999), False),  # a metre less: 20,000 / 3,999 = 5.00125…
    ("mosquito_path", (5000, None, 4, 0), Fraction(4, 5), True),  # 4 waters on 5,000 m: 4 × 1,000 / 5,000 = 0.8
    ("mosquito_path", (4999, None, 4, 0), Fraction(4000, 4999), False),  # a metre less: 4,000 / 4,999 = 0.80016…
    ("mosquito_ladle", (100, None, 5, 40), Fraction(5), True),  # 5 of 100 ladles: 5 %
    ("mosquito_ladle", (100, None, 6, 40), Fraction(6), False),
    ("mosquito_larvae", (100, None, 5, 39), Fraction(39, 5), True),  # 39 / 5 = 7.8, below 8
    ("mosquito_larvae", (100, None, 5, 40), Fraction(8), False),  # 40 / 5 = 8, which is not below 8
    ("mosquito_larvae", (100, None, 0, 0), None, True),  # no ladle is positive: nothing to divide by
    ("mosquito_landing", (2, 30, 0, 3), Fraction(3, 2), True),  # 3 on 2 persons in 30 min: 3 × 30 / (2 × 30) = 1.5
    ("mosquito_landing", (2, 15, 0, 3), Fraction(3), False),  # in 15 min: 3 × 30 / (2 × 15) = 3
    ("fly_rooms", (100, None, 9, 27), Fraction(9), True),  # 9 of 100 rooms
    ("fly_rooms", (99, None, 9, 27), Fraction(100, 11), False),  # 900 / 99 = 9.09…
    ("fly_density", (100, None, 9, 27), Fraction(3), True),  # 27 / 9 = 3
    ("fly_density", (100, None, 9, 28), Fraction(28, 9), False),  # 28 / 9 = 3.11…
    ("fly_food", (50, None, 0, 0), Fraction(0), True),  # none at all
    ("fly_food", (1000, None, 1, 0), Fraction(1, 10), False),
    ("fly_breeding", (40, None, 2, 0), Fraction(5), True),  # 2 × 100 / 40 = 5
    ("fly_breeding", (40, None, 3, 0), Fraction(15, 2), False),
    ("cockroach_rooms", (60, None, 3, 0), Fraction(5), True),  # 3 × 100 / 60 = 5
    ("cockroach_rooms", (59, None, 3, 0), Fraction(300, 59), False),  # 300 / 59 = 5.08…
]


@pytest.mark.parametrize(("code", "written", "expected", "kept"), WORKED)
def test_an_index_is_exact_and_kept_up_to_its_limit(code: str, written: Any, expected: Any, kept: bool) -> None:
    index = INDICES[code]
    found = value(index, counts_of(index.method, *written))
    assert (found, SEEDED[code, "C"].keeps(found)) == (expected, kept)


def test_every_index_is_worked_out_above_on_both_sides_of_its_limit() -> None:
    assert {(code, kept) for code, _written, _value, kept in WORKED} == {
        (code, kept) for code in INDICES for kept in (True, False)
    }


def test_surveys_are_added_before_they_are_divided() -> None:
    # 1 of 10 rooms (10 %) and 1 of 90 rooms: 2 of 100 are 2 %, not the mean of two rates
    both = counts_of("rodent_rooms", 10, None, 1, 0) + counts_of("rodent_rooms", 90, None, 1, 0)
    assert value(INDICES["rodent_rooms"], both) == 2
    # 1 person for 60 min and 3 for 20 min are 120 person-minutes; 2 + 4 mosquitoes: 6 × 30 / 120 = 1.5
    landed = counts_of("mosquito_landing", 1, 60, 0, 2) + counts_of("mosquito_landing", 3, 20, 0, 4)
    assert (landed, value(INDICES["mosquito_landing"], landed)) == (Counts(120, 0, 6), Fraction(3, 2))


def test_nothing_surveyed_has_no_index() -> None:
    assert {value(index, NOTHING) for index in INDICES.values()} == {None}


def test_the_tables_hang_together() -> None:
    assert {index.method for index in INDICES.values()} == set(METHODS)
    assert {method.pest for method in METHODS.values()} == set(PESTS)
    assert [one.code for one in indices_of("mosquito")] == [
        "mosquito_path", "mosquito_ladle", "mosquito_larvae", "mosquito_landing",
    ]  # fmt: skip
    for index in INDICES.values():
        asked = METHODS[index.method]
        assert all(name == "effort" or getattr(asked, name) for name in (index.numerator, index.denominator))


def test_the_limits_of_level_c_are_those_that_were_read() -> None:
    assert {index: f"{'<' if limit.is_below else '≤'} {limit.most}" for (index, level), limit in SEEDED.items()
            if level == "C"} == {
        "rodent_rooms": "≤ 5", "rodent_path": "≤ 5",  # %, places on 2,000 m
        "mosquito_path": "≤ 0.8", "mosquito_ladle": "≤ 5", "mosquito_larvae": "< 8", "mosquito_landing": "≤ 1.5",
        "fly_rooms": "≤ 9", "fly_density": "≤ 3", "fly_food": "≤ 0", "fly_breeding": "≤ 5",
        "cockroach_rooms": "≤ 5",
    }  # fmt: skip


def test_of_a_and_b_nothing_is_invented() -> None:
    assert set(SEEDED) == {(index, level) for index in INDICES for level in LEVELS}
    assert {key[1] for key, limit in SEEDED.items() if limit.most is not None} == {"C"}
    assert all(limit.source and bool(limit.standard) == (limit.most is not None) for limit in SEEDED.values())


ROOMS, PATH = Counts(200, 10), Counts(4000, 10)  # 5 % and 5: exactly level C
FOUND = {"rodent_rooms": ROOMS, "rodent_path": PATH}


def limits(**entered: float) -> dict[tuple[str, str], Limit]:
    """The seeded limits with others entered, for example rodent_rooms_B=3."""
    own = {}
    for name, most in entered.items():
        index, level = name.rsplit("_", 1)
        own[index, level] = Limit(index, level, Decimal(str(most)), False, "own")
    return {**SEEDED, **own}


def test_level_c_is_reached_with_every_limit_kept() -> None:
    assert judged("rodent", FOUND, SEEDED) == Verdict("C")


def test_one_broken_limit_is_no_level_and_is_named() -> None:
    found = judged("rodent", {**FOUND, "rodent_path": Counts(4000, 11)}, SEEDED)
    assert found == Verdict(None, (), (SEEDED["rodent_path", "C"],))


def test_what_was_not_surveyed_proves_nothing() -> None:
    assert judged("rodent", {"rodent_rooms": ROOMS}, SEEDED) == Verdict(None, ("rodent_path",))
    assert judged("rodent", {}, SEEDED) == Verdict(None, ("rodent_rooms", "rodent_path"))


@pytest.mark.parametrize(
    ("entered", "level"),
    [
        ({"rodent_rooms_B": 5}, "B"),  # kept: exactly at it
        ({"rodent_rooms_B": 4.999}, "C"),
        ({"rodent_rooms_A": 5}, "A"),  # of B nothing is known: it asks for nothing
        ({"rodent_rooms_A": 5, "rodent_rooms_B": 4}, "C"),  # a stricter level proves nothing without the looser one
        ({"rodent_rooms_B": 5, "rodent_path_B": 2}, "C"),
        ({"rodent_rooms_B": 5, "rodent_path_B": 5, "rodent_rooms_A": 4}, "B"),
        ({"rodent_rooms_C": 4}, None),
    ],
)
def test_the_strictest_level_whose_every_known_limit_is_kept(entered: dict[str, float], level: str | None) -> None:
    assert judged("rodent", FOUND, limits(**entered)).level == level


def test_without_any_known_limit_there_is_no_level() -> None:
    unknown = {key: replace(limit, most=None) for key, limit in SEEDED.items()}
    assert judged("rodent", FOUND, unknown) == Verdict(None)
