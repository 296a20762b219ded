"""Every measure and indicator against a second, naive implementation, over random lives of cases. Pure."""

import random
from collections import Counter
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.statistics.indicators import INDICATORS
from cases.statistics.measures import COHORTS, MEASURES, counted, days_of
from tests.statistics import naive
from tests.statistics.lives_told import Told, count
from tests.statistics.walks import BEGIN, GAPS, MINUTE, walk
from tests.worktime import SHANGHAI

WEEKS = 7 * 24 * 60
CHOICES = st.lists(st.tuples(st.integers(0, 9999), st.sampled_from(GAPS)), min_size=1, max_size=18)
CASES = st.lists(st.builds(walk, st.integers(0, 6 * WEEKS), CHOICES), min_size=1, max_size=5)


def some_lives(seed: int, many: int) -> list[Told]:
    chance = random.Random(seed)
    return [
        walk(chance.randrange(6 * WEEKS), [(chance.randrange(9999), chance.choice(GAPS)) for _step in range(16)])
        for _life in range(many)
    ]


@settings(max_examples=500, deadline=None, derandomize=True, database=None)
@given(CASES, st.integers(-5, 60), st.integers(0, 60), st.integers(0, 12 * WEEKS))
def test_both_count_the_same(cases: list[Told], offset: int, days: int, later: int):
    as_of = BEGIN + later * MINUTE
    first = BEGIN.date() + timedelta(days=offset)
    last = first + timedelta(days=days)
    found = count(cases, first, last, as_of)
    expected = naive.count([case.events for case in cases], first, last, as_of)
    assert found == +expected
    assert {code: one.of(found) for code, one in INDICATORS.items()} == naive.rates(expected)


def test_both_count_the_same_of_many_longer_lives():
    cases = some_lives(seed=5, many=1500)
    first, last, as_of = BEGIN.date(), date(2026, 4, 15), BEGIN + 10 * WEEKS * MINUTE
    expected = naive.count([case.events for case in cases], first, last, as_of)
    assert count(cases, first, last, as_of) == +expected


def test_random_lives_reach_every_measure_and_every_event():
    cases = some_lives(seed=5, many=1500)
    end = date(2027, 12, 31)
    as_of = datetime(2026, 6, 1, tzinfo=SHANGHAI)
    found = count(cases, date(2026, 1, 1), end, as_of)
    assert {code for code in MEASURES if not found[code]} == set()
    kinds = Counter(event.kind for case in cases for event in case.events)
    assert min(kinds[kind] for kind in ("import", "extend", "suspend", "reopen", "uphold_appeal", "rework")) >= 10


def test_the_cases_of_a_numerator_are_among_those_of_the_denominator():
    for case in some_lives(seed=11, many=1500):
        as_of = case.events[-1].at + timedelta(days=1)
        counts_for = dict(counted(case.life(as_of)))
        missing = [
            code
            for code, one in INDICATORS.items()
            if one.numerator in counts_for and one.denominator not in counts_for
        ]
        assert missing == [], [event.kind for event in case.events]


def test_what_counts_has_a_day_and_the_days_are_those_of_the_cohorts():
    for case in some_lives(seed=13, many=300):
        life = case.life(case.events[-1].at)
        days = days_of(life)
        assert list(days) == list(COHORTS)
        undated = [code for code, _much in counted(life) if days.get(MEASURES[code].cohort, True) is None]
        assert undated == []


def test_the_naive_rates_are_all_there_are():
    assert naive.RATES.keys() == INDICATORS.keys()
    assert {measure for pair in naive.RATES.values() for measure in pair[:2]} <= MEASURES.keys()
