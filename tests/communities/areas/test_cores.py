"""The pure cores of residential areas: readiness, coverage, local rules, the table of stages."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citymgmt.months import last_of, months_later, months_until
from communities.areas.coverage import Area, Period, coverage
from communities.areas.lifecycle import COVERED, MOVES, PATH, STAGES, STEPS, possible
from communities.areas.readiness import FULL, Criterion, Score, cut, is_ready, lacks, total
from communities.areas.seeded import SEEDED
from communities.local_rules import RULES, Entered, in_force, last_day

HEAVY = Criterion("consent", "意愿", "wish", 20, 6, is_must=True)
LIGHT = Criterion("rooms", "用房", "rooms", 10, 3)


def test_each_stage_is_reached_and_leads_somewhere_but_the_last() -> None:
    assert {"improve", *(target for _source, target in MOVES)} == set(STAGES)
    assert {stage for stage in STAGES if not possible(stage)} == {"struck"}
    assert [stage for stage in PATH if stage not in STAGES] == []
    assert {one.action for stage in COVERED for one in possible(stage)} == {"review", "renew", "end_contract"}
    assert {one.action for one in STEPS.values() if one.permission == "area.decide"} == {
        "begin_pilot", "extend_pilot", "sign", "end_pilot", "renew", "end_contract", "strike",
    }  # fmt: skip


def test_a_score_is_the_weighted_share_of_all_points() -> None:
    scores = [Score(HEAVY, 9), Score(LIGHT, 3)]
    assert total(scores) == Fraction(100 * (9 * 20 + 3 * 10), 300) == 70
    assert [(one.score.criterion.key, one.gain) for one in lacks(scores)] == [
        ("rooms", Fraction(70, 3)), ("consent", Fraction(20, 3)),
    ]  # fmt: skip


def test_what_must_be_met_blocks_and_is_told_first_however_high_the_score() -> None:
    scores = [Score(HEAVY, 5), Score(LIGHT, 1), Score(Criterion("x", "x", "x", 100, 1), FULL)]
    assert total(scores) > 80
    assert not is_ready(scores, 60)
    assert [one.score.criterion.key for one in lacks(scores)] == ["consent", "rooms"]
    assert is_ready([Score(HEAVY, 6), *scores[1:]], 60)


@pytest.mark.parametrize(("threshold", "ready"), [(70, True), (71, False)])
def test_the_threshold_itself_is_enough(threshold: int, ready: bool) -> None:
    assert is_ready([Score(HEAVY, 9), Score(LIGHT, 3)], threshold) is ready


def test_a_score_is_cut_and_never_claims_more_than_there_is() -> None:
    assert cut(Fraction(6999999, 100000)) == Decimal("69.99")
    assert cut(Fraction(200, 3)) == Decimal("66.66")


def test_without_weight_there_is_no_score() -> None:
    with pytest.raises(ValueError, match="weight"):
        total([])


@given(st.lists(st.tuples(st.integers(1, 100), st.integers(0, FULL)), min_size=1, max_size=12))
def test_what_is_lacking_adds_up_to_what_is_missing(pairs: list[tuple[int, int]]) -> None:
    scores = [Score(Criterion(str(n), "", "", weight, 5), points) for n, (weight, points) in enumerate(pairs)]
    assert total(scores) + sum(one.gain for one in lacks(scores)) == 100


def test_the_shipped_criteria_add_up_and_two_of_them_block() -> None:
    assert sum(one.weight for one in SEEDED.criteria) == 100
    assert [one.key for one in SEEDED.criteria if one.is_must] == ["boundary", "consent"]


def test_an_assessment_keeps_what_it_used() -> None:
    score = Score(HEAVY, 7, "问卷 300 份")
    assert Score.of(score.row) == score


AREAS = [Area(1, 1, 100, Decimal(1000)), Area(2, 1, 300, Decimal(2000)), Area(3, 2, 50, Decimal(500))]


@pytest.mark.parametrize(
    ("day", "covered"),
    [
        (date(2026, 1, 31), 0),
        (date(2026, 2, 1), 1),
        (date(2026, 3, 1), 2),
        (date(2026, 3, 31), 2),
        (date(2026, 4, 1), 1),
    ],
)
def test_a_contract_counts_from_its_first_day_until_the_day_on_which_it_ended(day: date, covered: int) -> None:
    periods = [Period(1, date(2026, 2, 1), date(2026, 4, 1)), Period(2, date(2026, 3, 1))]
    assert coverage(AREAS, periods, day).covered.areas == covered


def test_shares_are_exact_and_renewed_contracts_count_once() -> None:
    day = date(2026, 5, 1)
    found = coverage(AREAS, [Period(2, date(2020, 1, 1), day), Period(2, day)], day)
    assert (found.areas, found.households, found.floor_area) == (
        Fraction(1, 3),
        Fraction(300, 450),
        Fraction(2000, 3500),
    )
    assert coverage([], [], day).areas is None


def test_the_rule_of_the_latest_day_that_holds_is_in_force() -> None:
    entered = [
        Entered("filing", date(2026, 6, 1), 10, "wd", "later"),
        Entered("filing", date(2026, 1, 1), 5, "wd", "Beijing"),
    ]
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 1)]
    assert [in_force(entered, day)["filing"].value for day in days] == [30, 5, 10]
    assert in_force(entered, date(2026, 7, 1))["answer"] == RULES["answer"]


def test_months_end_on_the_last_day_where_there_is_no_such_day() -> None:
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_later(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert months_until(date(2026, 1, 1), 2) == [date(2025, 12, 1), date(2026, 1, 1)]
    assert last_of(date(2024, 2, 10)) == date(2024, 2, 29)
    assert last_day(RULES["term"], date(2024, 2, 29)) == date(2029, 2, 28)
    assert last_day(RULES["notice"], date(2026, 1, 1)) == date(2026, 1, 16)
