"""The pure cores: the kinds of publicity, the tables of steps, the adoption rate."""

from fractions import Fraction

import pytest

from cases.publicity.kinds import KINDS, PHOTO, WEB
from cases.publicity.lifecycle import ENDED, FORUM, ITEM, MOVES, SUGGESTION
from cases.publicity.rates import Counts, percent
from citymgmt.people.permissions import TABLE


def test_each_kind_says_what_it_asks_for() -> None:
    told = {key: (one.has_place, one.ends, one.evidence) for key, one in KINDS.items()}
    assert told == {
        "wall": (True, True, PHOTO),
        "leaflet": (False, False, PHOTO),
        "poster": (True, True, PHOTO),
        "banner": (True, True, PHOTO),
        "online": (False, False, WEB),
        "talk": (True, False, PHOTO),
    }


def test_the_moves_of_the_tables() -> None:
    assert MOVES == {
        "item": [("out", "down"), ("planned", "off"), ("planned", "out")],
        "forum": [("planned", "held"), ("planned", "off")],
        "suggestion": [
            ("open", "case"), ("open", "declined"), ("open", "mistake"), ("open", "to_do"), ("to_do", "done"),
        ],
    }  # fmt: skip


@pytest.mark.parametrize("life", [ITEM, FORUM, SUGGESTION], ids=lambda life: life.subject)
def test_every_step_has_a_row_of_the_permission_table_and_a_look(life: object) -> None:
    assert {one.permission for one in life.steps.values()} <= set(TABLE)  # type: ignore[attr-defined]
    for action in [*life.steps, *life.others]:  # type: ignore[attr-defined]
        label, icon, _tone = life.look(life.kind(action))  # type: ignore[attr-defined]
        assert label
        assert icon
        assert len(life.kind(action)) <= 30  # type: ignore[attr-defined]


def test_nothing_happens_to_a_suggestion_that_has_ended() -> None:
    assert [SUGGESTION.possible(state) for state in ENDED] == [[], [], [], []]


RATES = [
    (Counts(), None, "–"),
    (Counts(received=4), None, "–"),
    (Counts(answered=3, adopted=1, partly=1, declined=1), Fraction(2, 3), "66.6 %"),
    (Counts(answered=1, declined=1), Fraction(0), "0.0 %"),
    (Counts(answered=7, adopted=7), Fraction(1), "100.0 %"),
    (Counts(answered=2000, adopted=1999, declined=1), Fraction(1999, 2000), "99.9 %"),
]


@pytest.mark.parametrize(("counts", "rate", "told"), RATES)
def test_the_adoption_rate_is_cut_and_a_dash_of_none(counts: Counts, rate: Fraction | None, told: str) -> None:
    assert (counts.rate, percent(counts.rate)) == (rate, told)


def test_counts_add_up() -> None:
    assert Counts(1, 2, 3, 4, 5, 6, 7) + Counts(10, 0, 0, 0, 0, 0, 1) == Counts(11, 2, 3, 4, 5, 6, 8)
