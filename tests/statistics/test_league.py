"""The league of departments: what counts as acknowledged and answered on time, as late, and who leads."""

from dataclasses import FrozenInstanceError
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest

from cases.statistics.league import ACKNOWLEDGEMENTS, ANSWERS, COUNTS, Dealing, best_first, place_of
from tests.worktime import local

SENT, ACKNOWLEDGE_BY, REPLY_BY = local("2026-03-02 09:00"), local("2026-03-03 09:00"), local("2026-03-09 09:00")
SOON, LATE = timedelta(hours=1), timedelta(days=1)


def dealing(
    state: str = "sent", *, acknowledged: Any = None, ended: Any = None, as_of: Any = SENT, urged: int = 0
) -> Dealing:
    return Dealing(SENT, ACKNOWLEDGE_BY, acknowledged, REPLY_BY, ended, state, urged, as_of)


ROWS = {
    "just sent": (dealing(), {"sent", "open"}),
    "silent at the very moment": (dealing(as_of=ACKNOWLEDGE_BY), {"sent", "open"}),
    "silent and late": (
        dealing(as_of=ACKNOWLEDGE_BY + SOON, urged=1),
        {"sent", "open", "late", "urged", "to_acknowledge"},
    ),
    "acknowledged at the very moment": (
        dealing("acknowledged", acknowledged=ACKNOWLEDGE_BY, as_of=REPLY_BY),
        {"sent", "open", "to_acknowledge", "acknowledged_on_time"},
    ),
    "acknowledged late": (
        dealing("acknowledged", acknowledged=ACKNOWLEDGE_BY + SOON, as_of=REPLY_BY),
        {"sent", "open", "to_acknowledge"},
    ),
    "acknowledged, reply late": (
        dealing("acknowledged", acknowledged=SENT + SOON, as_of=REPLY_BY + SOON),
        {"sent", "open", "late", "to_acknowledge", "acknowledged_on_time", "to_answer"},
    ),
    "replied at the very moment": (
        dealing("replied", acknowledged=SENT + SOON, ended=REPLY_BY, as_of=REPLY_BY + LATE),
        {"sent", "replied", "to_acknowledge", "acknowledged_on_time", "to_answer", "answered_on_time"},
    ),
    "replied late": (
        dealing("replied", acknowledged=SENT + SOON, ended=REPLY_BY + SOON, as_of=REPLY_BY + LATE),
        {"sent", "replied", "to_acknowledge", "acknowledged_on_time", "to_answer"},
    ),
    "returned at once": (
        dealing("returned", ended=SENT + SOON, as_of=REPLY_BY),
        {"sent", "returned", "to_acknowledge", "acknowledged_on_time", "to_answer", "answered_on_time"},
    ),
    "taken back before anything was due": (
        dealing("taken_back", ended=SENT + SOON, as_of=REPLY_BY + LATE),
        {"sent", "taken_back"},
    ),
    "taken back from a silent department": (
        dealing("taken_back", ended=REPLY_BY + SOON, as_of=REPLY_BY + LATE),
        {"sent", "taken_back", "to_acknowledge", "to_answer"},
    ),
}  # fmt: skip


def test_what_is_counted_is_said_so() -> None:
    assert {code: (count.code, count.label) for code, count in COUNTS.items()} == {
        "sent": ("sent", "escalated"),
        "open": ("open", "not answered yet"),
        "late": ("late", "late"),
        "replied": ("replied", "replied"),
        "returned": ("returned", "returned by the department"),
        "taken_back": ("taken_back", "taken back"),
        "urged": ("urged", "urged"),
        "to_acknowledge": ("to_acknowledge", "to be acknowledged"),
        "acknowledged_on_time": ("acknowledged_on_time", "acknowledged on time"),
        "to_answer": ("to_answer", "to be answered"),
        "answered_on_time": ("answered_on_time", "answered on time"),
    }


@pytest.mark.parametrize("name", ROWS)
def test_what_an_escalation_counts_as(name: str) -> None:
    told, expected = ROWS[name]
    assert {code for code, count in COUNTS.items() if count.holds(told)} == expected


def test_the_place_of_a_department_is_the_sum_of_its_escalations() -> None:
    place = place_of(told for told, _expected in ROWS.values())
    assert {code: count for code, count in place.counts.items() if count} == {
        "sent": 11, "open": 6, "late": 2, "replied": 2, "returned": 1, "taken_back": 2, "urged": 1,
        "to_acknowledge": 8, "acknowledged_on_time": 5, "to_answer": 5, "answered_on_time": 2,
    }  # fmt: skip
    assert (place.rate(ANSWERS), place.rate(ACKNOWLEDGEMENTS)) == (Fraction(2, 5), Fraction(5, 8))
    assert list(place.minutes_to_answer) == [7 * 24 * 60, 7 * 24 * 60 + 60, 60]  # what was taken back is no answer
    assert place.median_minutes == 7 * 24 * 60


def test_of_two_answers_in_the_middle_the_shorter_is_the_median() -> None:
    place = place_of(ROWS[name][0] for name in ("replied late", "returned at once"))
    assert place.median_minutes == 60


def test_nothing_to_judge_is_no_rate() -> None:
    place = place_of([dealing()])
    assert (place.rate(ANSWERS), place.rate(ACKNOWLEDGEMENTS), place.median_minutes) == (None, None, None)


def test_the_league_is_led_by_answers_on_time() -> None:
    quick, silent, new = ROWS["returned at once"][0], ROWS["silent and late"][0], ROWS["just sent"][0]
    slow = ROWS["replied late"][0]
    places = {
        1: place_of([new]),
        2: place_of([silent]),
        3: place_of([slow]),
        4: place_of([quick, slow]),
        5: place_of([quick]),
    }
    assert best_first(places) == [5, 4, 3, 2, 1]


def test_then_by_acknowledgements_on_time_then_by_fewer_late_ones() -> None:
    good, bad = ROWS["acknowledged at the very moment"][0], ROWS["acknowledged late"][0]
    late = ROWS["silent and late"][0]
    half, third = place_of([good, bad]), place_of([good, bad, bad])
    assert best_first({1: third, 2: half}) == [2, 1]
    assert best_first({1: place_of([late, late]), 2: place_of([late])}) == [2, 1]
    assert best_first({2: half, 1: half}) == [1, 2]


def test_nobody_changes_what_was_told() -> None:
    for thing, name in ((dealing(), "state"), (COUNTS["sent"], "label"), (place_of([]), "counts")):
        with pytest.raises(FrozenInstanceError):
            setattr(thing, name, None)
