"""Pure cores of projects: kinds, what may happen next, progress, acceptance. No database."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from citymgmt.people.permissions import TABLE
from communities.projects import acceptance, lifecycle, progress
from communities.projects.acceptance import Count, content_needed, counted, is_accepted, missing
from communities.projects.kinds import KINDS, MARKING
from communities.projects.lifecycle import OPEN, STATES, STEPS, TASK_STATES, event_kind, possible, task_steps
from communities.projects.progress import Span, percent, share_of_time, span, stage_state, stages_of

FIRST, LAST = date(2026, 1, 1), date(2026, 4, 10)  # a hundred days


def names(state: str, kind: str, *, is_published: bool = False) -> list[str]:
    return [one.action for one in possible(state, kind, is_published=is_published)]


@pytest.mark.parametrize(
    ("state", "of_campaign", "of_matter"),
    [
        ("draft", ["start", "abandon"], ["start", "abandon"]),
        ("running", ["complete", "suspend", "abandon"], ["ask", "suspend", "abandon"]),
        ("suspended", ["resume", "abandon"], ["resume", "abandon"]),
        ("acceptance", ["take_back", "abandon"], ["take_back", "abandon"]),
        ("completed", [], []),
        ("abandoned", [], []),
    ],
)
def test_what_may_happen_next_depends_on_state_and_on_what_the_kind_asks(
    state: str, of_campaign: list[str], of_matter: list[str]
) -> None:
    told = [[one for one in names(state, kind) if one != "publish"] for kind in ("campaign", "activity", "practical")]
    assert told == [of_campaign, of_campaign, of_matter]


def test_what_is_published_can_be_taken_back_and_the_other_way_round() -> None:
    assert [("publish" in names(one, "campaign"), "withhold" in names(one, "campaign")) for one in STATES] == [
        (True, False)
    ] * len(STATES)
    assert "withhold" in names("completed", "campaign", is_published=True)
    assert "publish" not in names("completed", "campaign", is_published=True)


def test_the_moves_that_the_database_lets_through() -> None:
    assert lifecycle.MOVES == [
        ("acceptance", "abandoned"),
        ("acceptance", "completed"),
        ("acceptance", "running"),
        ("draft", "abandoned"),
        ("draft", "running"),
        ("running", "abandoned"),
        ("running", "acceptance"),
        ("running", "completed"),
        ("running", "suspended"),
        ("suspended", "abandoned"),
        ("suspended", "running"),
    ]
    assert lifecycle.TASK_MOVES == [("done", "open"), ("open", "cancelled"), ("open", "done")]


@pytest.mark.parametrize(
    ("state", "of_project", "found"),
    [
        ("open", "draft", ["revise", "cancel"]),
        ("open", "running", ["do", "revise", "cancel"]),
        ("open", "suspended", ["revise", "cancel"]),
        ("open", "acceptance", []),
        ("open", "completed", []),
        ("done", "running", ["reopen"]),
        ("done", "suspended", []),
        ("cancelled", "running", []),
    ],
)
def test_what_may_happen_to_a_task(state: str, of_project: str, found: list[str]) -> None:
    assert [one.action for one in task_steps(state, of_project)] == found


def test_each_step_has_a_row_of_rights_and_a_word() -> None:
    steps = [*STEPS.values(), lifecycle.REVISE, lifecycle.REPORT_STEP, lifecycle.JUDGE, *lifecycle.TASK_STEPS.values()]
    assert {one.permission for one in steps} <= set(TABLE)
    assert {event_kind(name) for name in STEPS} <= set(lifecycle.EVENTS)
    assert {lifecycle.task_event(name) for name in lifecycle.TASK_STEPS} <= set(lifecycle.TASK_EVENTS)
    assert (set(OPEN) | set(lifecycle.ENDED), set(TASK_STATES)) == (set(STATES), {"open", "done", "cancelled"})


def test_the_table_of_kinds() -> None:
    assert [(one.marks_cases, one.asks_acceptance, one.is_published, one.tells_source) for one in KINDS.values()] == [
        (True, False, False, False),
        (False, False, True, False),
        (False, True, True, True),
    ]
    assert MARKING == ("campaign",)
    assert [sum(stage.percent for stage in one.stages) for one in KINDS.values()] == [100, 100, 100]


@pytest.mark.parametrize(
    ("goals", "are_done", "found"),
    [
        ([], [], None),
        ([], [True, False, False], Fraction(1, 3)),
        ([(10, 3)], [True], Fraction(3, 10)),
        ([(10, 3), (4, 8)], [], Fraction(13, 20)),  # beyond its whole a goal hides none that lags
        ([(3, 1), (3, 1), (3, 1)], [], Fraction(1, 3)),
        ([("0.03", "0.01")], [], Fraction(1, 3)),
    ],
)
def test_progress_is_the_mean_of_the_goals_else_the_share_of_tasks(
    goals: list[tuple[object, object]], are_done: list[bool], found: Fraction | None
) -> None:
    told = [(Decimal(str(target)), Decimal(str(achieved))) for target, achieved in goals]
    assert progress.progress(told, are_done) == found


@pytest.mark.parametrize(
    ("share", "found"),
    [(None, None), (Fraction(0), 0), (Fraction(999, 1000), 99), (Fraction(1, 3), 33), (Fraction(1), 100)],
)
def test_percent_is_never_more_than_it_is(share: Fraction | None, found: int | None) -> None:
    assert percent(share) == found


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (date(2025, 12, 31), Fraction(0)),
        (FIRST, Fraction(1, 100)),
        (date(2026, 2, 19), Fraction(1, 2)),
        (LAST, Fraction(1)),
        (date(2026, 5, 1), Fraction(1)),
    ],
)
def test_time_passes_day_by_day(on: date, found: Fraction) -> None:
    assert share_of_time(FIRST, LAST, on) == found


@pytest.mark.parametrize(
    ("from_on", "until_on", "found"),
    [
        (FIRST, LAST, Span(Fraction(0), Fraction(1))),
        (date(2026, 1, 11), date(2026, 1, 20), Span(Fraction(1, 10), Fraction(1, 10))),
        (date(2025, 12, 1), date(2026, 1, 10), Span(Fraction(0), Fraction(1, 10))),
        (date(2026, 4, 10), date(2026, 6, 1), Span(Fraction(99, 100), Fraction(1, 100))),
        (date(2025, 1, 1), date(2025, 2, 1), Span(Fraction(0), Fraction(0))),
    ],
)
def test_a_stage_lies_on_the_bar(from_on: date, until_on: date, found: Span) -> None:
    assert span(FIRST, LAST, from_on, until_on) == found


@pytest.mark.parametrize(
    ("on", "are_done", "found"),
    [
        (date(2026, 1, 1), [True], "before"),
        (date(2026, 1, 2), [], "now"),
        (date(2026, 1, 3), [True, False], "now"),
        (date(2026, 1, 3), [True, True], "met"),
        (date(2026, 1, 4), [], "over"),
        (date(2026, 1, 4), [True], "met"),
    ],
)
def test_the_state_of_a_stage(on: date, are_done: list[bool], found: str) -> None:
    assert stage_state(date(2026, 1, 2), date(2026, 1, 3), are_done, on) == found


def test_proposed_stages_fill_the_whole_time() -> None:
    assert stages_of(FIRST, LAST, [15, 60, 25]) == [
        (FIRST, date(2026, 1, 15)),
        (date(2026, 1, 16), date(2026, 3, 16)),
        (date(2026, 3, 17), LAST),
    ]
    assert stages_of(FIRST, FIRST, [50, 50]) == [(FIRST, FIRST), (FIRST, FIRST)]
    assert stages_of(FIRST, date(2026, 1, 3), [1, 1, 98]) == [
        (FIRST, FIRST),
        (date(2026, 1, 2), date(2026, 1, 2)),
        (date(2026, 1, 3), date(2026, 1, 3)),
    ]


@pytest.mark.parametrize(
    ("letters", "voices", "needed", "found"),
    [
        ("ssssf", 5, 80, True),
        ("ssssn", 5, 80, True),  # exactly four fifths
        ("sssnn", 5, 80, False),
        ("ssss", 5, 80, False),  # too few, however content
        ("", 1, 80, False),
        ("ffffffff", 7, 100, True),
        ("ssn", 3, 67, False),  # two thirds are less than 67 percent
        ("ssn", 3, 66, True),
        ("n", 1, 1, False),
    ],
)
def test_an_acceptance_is_counted_exactly(letters: str, voices: int, needed: int, found: bool) -> None:
    told = {"s": acceptance.SATISFIED, "f": acceptance.FAIRLY, "n": acceptance.NOT}
    assert is_accepted(counted(told[one] for one in letters), voices, needed) is found


def test_what_is_missing_and_what_was_needed() -> None:
    assert [missing(Count(n), 7) for n in (0, 6, 7, 9)] == [7, 1, 0, 0]
    assert [content_needed(voices, 80) for voices in (5, 6, 7, 10)] == [4, 5, 6, 8]
    assert (Count(1, 2, 4).share, Count().share, counted(["x"])) == (Fraction(3, 7), None, Count())
