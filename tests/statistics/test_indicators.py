"""The table of indicators is complete, and what a rate and a composite score are, as literal rows. Pure."""

from fractions import Fraction

import pytest

from cases.statistics.indicators import INDICATORS, Weight, score
from cases.statistics.measures import COHORTS, MEASURES, STANDING
from tests.statistics.lives_told import moment, told

NOTHING: dict[str, int] = {}
LESS_IS_BETTER = {
    "open_rate",
    "overdue_unhandled_rate",
    "overdue_multiple",
    "extension_rate",
    "rework_rate",
    "closing_late_rate",
    "recurrence_rate_7",
    "recurrence_rate_30",
}
AMOUNTS = {"extensions": 2, "extension_hours": 16, "reworks": 2, "overdue_percent": 50}
MANY_OF_ALL = told(
    "report 03-02 09:00; accept 09:00; file 09:10 due 03-04 09:10; dispatch 09:20;"
    " extend 10:00 due 03-05 09:10 by 1wd; extend 10:30 due 03-06 09:10 by 1wd; report_back 03-05 09:00; rework 09:10;"
    " report_back 03-06 10:00; rework 10:10; report_back 03-10 09:10"
)


def weights(**points: int) -> list[Weight]:
    return [Weight(indicator, Fraction(much)) for indicator, much in points.items()]


def test_each_indicator_is_made_of_two_measures_of_one_cohort_that_has_days():
    wrong = [
        code
        for code, one in INDICATORS.items()
        if not {one.numerator, one.denominator} <= MEASURES.keys()
        or MEASURES[one.numerator].cohort != one.cohort
        or one.cohort not in COHORTS
    ]
    assert wrong == []


def test_each_has_its_code_a_wording_of_its_own_and_a_source_or_a_decision():
    assert [one.code for one in INDICATORS.values()] == list(INDICATORS)
    assert len({one.label for one in INDICATORS.values()}) == len(INDICATORS)
    assert [code for code, one in INDICATORS.items() if not (one.documents or one.decision)] == []


def test_which_way_is_good():
    assert {code for code, one in INDICATORS.items() if not one.more_is_better} == LESS_IS_BETTER


def test_measures_name_themselves_and_a_cohort():
    assert [one.code for one in MEASURES.values()] == list(MEASURES)
    assert {one.cohort for one in MEASURES.values()} == {*COHORTS, STANDING}
    assert [cohort.code for cohort in COHORTS.values()] == list(COHORTS)
    assert max(map(len, MEASURES)) <= 30  # as long as a fact keeps it


def test_only_amounts_count_more_than_one_for_a_case():
    life = MANY_OF_ALL.life(moment("03-11", "09:00"))
    assert {code: much for code, one in MEASURES.items() if (much := one.amount(life)) != 1} == AMOUNTS


@pytest.mark.parametrize(
    ("indicator", "counts", "expected"),
    [
        ("handling_rate", {"handled": 1, "to_handle": 3}, Fraction(1, 3)),
        ("handling_rate", {"handled": 3, "to_handle": 3}, Fraction(1)),
        ("handling_rate", {"handled": 0, "to_handle": 3}, Fraction(0)),
        ("handling_rate", {"to_handle": 3}, Fraction(0)),
        ("handling_rate", {"handled": 0, "to_handle": 0}, None),  # never 0 %, never 100 %
        ("handling_rate", NOTHING, None),
        ("rework_rate", {"reworked": 2, "to_close": 8}, Fraction(1, 4)),
        ("overdue_multiple", {"overdue_percent": 300, "handled_late": 2}, Fraction(3, 2)),
        ("overdue_multiple", {"overdue_percent": 0, "handled_late": 0}, None),
    ],
)
def test_rates(indicator: str, counts: dict[str, int], expected: Fraction | None):
    assert INDICATORS[indicator].of(counts) == expected


def test_nothing_counted_gives_no_rate_at_all():
    assert {one.of(dict.fromkeys(MEASURES, 0)) for one in INDICATORS.values()} == {None}


@pytest.mark.parametrize(
    ("parts", "counts", "expected"),
    [
        # the best and the worst there is
        ({"handling_rate": 70, "rework_rate": 30}, {"to_handle": 4, "handled": 4, "to_close": 4}, Fraction(100)),
        ({"handling_rate": 70, "rework_rate": 30}, {"to_handle": 4, "to_close": 4, "reworked": 4}, Fraction(0)),
        # less is better: one minus the rate
        (
            {"handling_rate": 70, "rework_rate": 30},
            {"to_handle": 4, "handled": 3, "to_close": 4, "reworked": 1},
            Fraction(75),
        ),
        # a part that cannot be judged: the others stand for it, by their weights
        ({"handling_rate": 30, "rework_rate": 70}, {"to_handle": 4, "handled": 3}, Fraction(75)),
        (
            {"handling_rate": 30, "handling_on_time_rate": 10, "rework_rate": 60},
            {"to_handle": 4, "handled": 4, "handled_on_time": 0},
            Fraction(75),
        ),
        # equal weights share the points alike
        (
            {"handling_rate": 50, "handling_on_time_rate": 50},
            {"to_handle": 3, "handled": 2, "handled_on_time": 1},
            Fraction(50),
        ),
        # a multiple of the limit and more is worth nothing, and takes nothing from the others
        (
            {"handling_rate": 50, "overdue_multiple": 50},
            {"to_handle": 1, "handled": 1, "handled_late": 1, "overdue_percent": 250},
            Fraction(50),
        ),
        (
            {"handling_rate": 50, "overdue_multiple": 50},
            {"to_handle": 1, "handled": 1, "handled_late": 1, "overdue_percent": 50},
            Fraction(75),
        ),
        # nothing to judge
        ({"handling_rate": 30, "rework_rate": 70}, {"to_handle": 0, "to_close": 0}, None),
        ({}, {"to_handle": 4, "handled": 3}, None),
    ],
)
def test_scores(parts: dict[str, int], counts: dict[str, int], expected: Fraction | None):
    assert score(weights(**parts), counts) == expected
