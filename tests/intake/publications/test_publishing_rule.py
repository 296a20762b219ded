"""THE rule of what is public: each state of a case, in which words, how exactly, and small figures."""

from decimal import Decimal

import pytest

from cases.intake import publishing
from cases.workflow import STATES

ROWS = [  # state, stage, status, public
    ("reported", "received", "open", False),
    ("accepted", "accepted", "open", True),
    ("verifying", "accepted", "open", True),
    ("filed", "accepted", "open", True),
    ("dispatched", "handling", "open", True),
    ("handling", "handling", "open", True),
    ("escalated", "district", "open", True),
    ("suspended", "waiting", "open", True),
    ("reported_back", "checking", "open", True),
    ("closed", "solved", "closed", True),
    ("declined", "declined", "closed", False),
    ("not_filed", "declined", "closed", False),
    ("merged", "merged", "closed", False),
    ("void", "void", "closed", False),
]


def test_the_rows_are_all_states() -> None:
    assert [row[0] for row in ROWS] == list(STATES)


@pytest.mark.parametrize(("state", "stage", "status", "public"), ROWS)
def test_what_a_state_says_to_everybody(state: str, stage: str, status: str, public: bool) -> None:
    assert publishing.stage_of(state).code == stage
    assert publishing.status_of(state) == status
    assert publishing.is_public(state, is_private=False, is_withheld=False) is public
    assert publishing.is_public(state, is_private=True, is_withheld=False) is False
    assert publishing.is_public(state, is_private=False, is_withheld=True) is False


@pytest.mark.parametrize(
    ("degrees", "decimals", "told"),
    [
        ("113.3512345", 3, "113.351"),
        ("113.3515000", 3, "113.352"),
        ("113.3525000", 3, "113.352"),
        ("-0.0004", 3, "-0.000"),
        ("23.1298765", 2, "23.13"),
        ("23.1298765", 0, "23"),
    ],
)
def test_a_place_is_told_coarsely(degrees: str, decimals: int, told: str) -> None:
    assert publishing.rounded(Decimal(degrees), decimals) == Decimal(told)


def test_no_place_is_none() -> None:
    assert publishing.rounded(None, 3) is None


@pytest.mark.parametrize(("count", "told"), [(0, "0"), (1, "<3"), (2, "<3"), (3, "3"), (4000, "4000")])
def test_small_figures_are_not_told(count: int, told: str) -> None:
    assert publishing.told_count(count) == told
