"""The quorums of the Civil Code, Art. 278, at their edges, by area and by heads; lists of units."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citymgmt.refusals import Invalid
from communities.committees.quorum import (
    MATTERS,
    SPECIAL_MATTERS,
    Ballot,
    Count,
    counted,
    reaches,
    result_of,
)
from communities.committees.reading import read_ballots
from communities.committees.wording import lines, verdict

FULL = Count(Decimal(300), Decimal(300), Decimal(300))
D = Decimal


def area(whole: str, part: str, favour: str) -> Count:
    return Count(D(whole), D(part), D(favour))


def test_the_special_matters_are_six_to_eight() -> None:
    assert (sorted(MATTERS), SPECIAL_MATTERS) == (list(range(1, 10)), (6, 7, 8))


TAKING_PART = [
    ("30000", "20000.00", True, "0"),  # exactly two thirds: 三分之二以上 includes the number itself (Art. 1259)
    ("30000", "19999.99", False, "0.01"),
    ("30000", "19999.00", False, "1.00"),  # one square metre less
    ("10000", "6666.66", False, "0.01"),  # two thirds are 6666.666…: no sum of cents is exactly that
    ("10000", "6666.67", True, "0"),
    ("100.01", "66.67", False, "0.01"),
    ("100.01", "66.68", True, "0"),
]


@pytest.mark.parametrize(("whole", "part", "is_quorate", "short"), TAKING_PART)
def test_two_thirds_of_the_area_take_part(whole: str, part: str, is_quorate: bool, short: str) -> None:
    found = result_of(1, area(whole, part, part), FULL)
    assert (found.is_quorate, found.is_passed) == (is_quorate, is_quorate)
    assert found.part_area.short == D(short)


@pytest.mark.parametrize(
    ("whole", "part", "is_quorate", "short"),
    [(300, 200, True, 0), (300, 199, False, 1), (301, 200, False, 1), (301, 201, True, 0), (1, 0, False, 1)],
)
def test_two_thirds_of_the_owners_take_part(whole: int, part: int, is_quorate: bool, short: int) -> None:
    found = result_of(1, FULL, Count(D(whole), D(part), D(part)))
    assert (found.is_quorate, found.part_heads.short) == (is_quorate, short)


@pytest.mark.parametrize("matter", [1, 2, 3, 4, 5, 9])
@pytest.mark.parametrize(
    ("favour", "passed", "short"), [("10000.00", False, "0.01"), ("10000.01", True, "0"), ("9999.00", False, "1.01")]
)
def test_ordinary_matters_need_more_than_half_of_those_taking_part(
    matter: int, favour: str, passed: bool, short: str
) -> None:
    found = result_of(matter, area("30000", "20000", favour), FULL)
    assert (found.is_passed, found.pass_area.short) == (passed, D(short))


@pytest.mark.parametrize("matter", SPECIAL_MATTERS)
@pytest.mark.parametrize(
    ("favour", "passed", "short"), [("15000.00", True, "0"), ("14999.99", False, "0.01"), ("14999.00", False, "1.00")]
)
def test_special_matters_need_three_quarters_of_those_taking_part(
    matter: int, favour: str, passed: bool, short: str
) -> None:
    found = result_of(matter, area("30000", "20000", favour), FULL)
    assert (found.is_passed, found.pass_area.short) == (passed, D(short))


@pytest.mark.parametrize(
    ("matter", "favour", "passed"), [(3, 100, False), (3, 101, True), (7, 150, True), (7, 149, False)]
)
def test_heads_count_like_the_area(matter: int, favour: int, passed: bool) -> None:
    assert result_of(matter, FULL, Count(D(300), D(200), D(favour))).is_passed is passed


def test_both_counts_must_be_reached() -> None:
    few = Count(D(300), D(199), D(199))
    assert [result_of(1, one, other).is_quorate for one, other in ((FULL, few), (few, FULL), (FULL, FULL))] == [
        False, False, True,
    ]  # fmt: skip


def test_nobody_takes_part() -> None:
    found = result_of(3, area("100", "0", "0"), Count(D(3), D(0), D(0)))
    assert (found.is_quorate, found.is_passed, found.pass_area.share) == (False, False, None)
    assert (found.part_area.short, found.part_heads.short) == (D("66.67"), 2)


@pytest.mark.parametrize("counts", [("1", "2", "1"), ("2", "1", "2"), ("0", "0", "0"), ("3", "2", "-1")])
def test_counts_that_cannot_be_are_refused(counts: tuple[str, str, str]) -> None:
    with pytest.raises(ValueError, match="part of"):
        area(*counts)


CENTS = st.integers(1, 10**9)


@given(CENTS, st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from(sorted(MATTERS)))
def test_what_is_short_is_the_least_that_is_enough(whole: int, part: int, favour: int, matter: int) -> None:
    part, favour = min(part, whole), min(favour, part, whole)
    cents = Count(D(whole) / 100, D(part) / 100, D(favour) / 100)
    found = result_of(matter, cents, FULL)
    least = -(-2 * whole // 3)  # in whole cents
    assert found.part_area.is_met is (Fraction(part, whole) >= Fraction(2, 3)) is (part >= least)
    assert found.part_area.short == D(max(0, least - part)) / 100
    enough = 4 * favour >= 3 * part > 0 if matter in SPECIAL_MATTERS else 2 * favour > part
    assert found.pass_area.is_met is enough
    if part:
        least = -(-3 * part // 4) if matter in SPECIAL_MATTERS else part // 2 + 1
        assert found.pass_area.short == D(max(0, least - favour)) / 100


@pytest.mark.parametrize(
    ("part", "whole", "enough"), [("15000", "30000", True), ("14999.99", "30000", False), ("0", "0", False)]
)
def test_shares_of_an_application_are_exact(part: str, whole: str, enough: bool) -> None:
    assert reaches(D(part), D(whole), 50) is enough


def test_units_count_by_area_and_owners_once() -> None:
    units = [
        Ballot("a", D("80.50"), "yes"),
        Ballot("*1", D(60), "yes"),
        Ballot("*1", D(40), "abstain"),  # the same owner: took part, but not in favour as a whole
        Ballot("b", D(70), "no"),
        Ballot("c", D(90), ""),
    ]
    whole, heads = counted(units)
    assert whole == area("340.50", "250.50", "140.50")
    assert heads == Count(D(4), D(3), D(1))


def test_a_list_is_counted_and_its_digest_is_kept(english: None) -> None:
    text = "房号,面积,表决,同一业主\n1-101,86.50,同意,\n1-102,86.5,赞成,甲\n2-201,92.30,,甲\n2-202,70,反对,\n"
    found, errors = read_ballots(text.encode())
    assert (errors, found is not None) == ([], True)
    assert found is not None
    assert (found.area, found.heads) == (area("335.30", "243.00", "173.00"), Count(D(3), D(3), D(2)))
    assert len(found.sha256) == 64


def test_a_list_with_wrong_rows_is_not_counted(english: None) -> None:
    text = "房号,面积,表决\n1-101,86.505,同意\n1-102,x,同意\n,10,同意\n1-103,10,maybe\n1-104,10,\n1-104,10,\n"
    found, errors = read_ballots(text.encode())
    assert found is None
    assert [error.line for error in errors] == [2, 3, 4, 5, 7]
    with pytest.raises(Invalid):
        read_ballots("房号,面积\n1,2\n".encode())
    assert [str(one) for one in read_ballots("房号,面积,表决\n".encode())[1]] == [
        "Row 1: There is no unit in the list."
    ]


def test_what_is_lacking_is_said_in_words(english: None) -> None:
    found = result_of(3, area("30000", "19999.99", "10000"), Count(D(300), D(199), D(99)))
    assert verdict(found) == "Not valid: too few took part."
    assert [told for *_rest, told in lines(found)] == [
        "0.01 m² short of two thirds", "1 owner short of two thirds", "more than half is reached",
        "1 owner short of more than half",
    ]  # fmt: skip
    passed = result_of(3, area("30000", "20000", "10000.01"), Count(D(300), D(200), D(101)))
    assert verdict(passed).startswith("Passed")
    assert [share for _name, share, *_rest in lines(passed)] == ["66.6 %", "66.6 %", "50.0 %", "50.5 %"]
