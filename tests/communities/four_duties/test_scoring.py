"""What a sheet of duties comes to."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.four_duties.scoring import MARKS, Marked, score_of, tenths


@pytest.mark.parametrize(
    ("duties", "score"),
    [
        ([], None),
        ([(5, "na")], None),
        ([(5, "done")], 100),
        ([(5, "")], 0),
        ([(5, "not_done")], 0),
        ([(5, "partly")], 50),
        ([(5, "done"), (10, "not_done")], Fraction(100, 3)),
        ([(5, "done"), (10, "partly"), (5, "na")], Fraction(200, 3)),
        ([(5, "done"), (10, "done"), (100, "na")], 100),
    ],
)
def test_scores(duties: list[tuple[int, str]], score: Fraction | None) -> None:
    assert score_of(Marked(*one) for one in duties) == score


@given(st.lists(st.tuples(st.integers(1, 100), st.sampled_from((*MARKS, ""))), max_size=12))
def test_never_beyond_its_ends_and_more_done_is_never_less(duties: list[tuple[int, str]]) -> None:
    score = score_of(Marked(*one) for one in duties)
    better = score_of(Marked(points, "done" if mark != "na" else mark) for points, mark in duties)
    assert score is None or 0 <= score <= (better or 0) == 100


@pytest.mark.parametrize(
    ("score", "kept"),
    [(None, None), (Fraction(0), 0), (Fraction(200, 3), 667), (Fraction(5, 100), 1), (Fraction(100), 1000)],
)
def test_kept_in_tenths(score: Fraction | None, kept: int | None) -> None:
    assert tenths(score) == kept
