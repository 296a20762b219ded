"""When a case is due and what its clock does next: literal rows. Pure: no database, no Django.

The calendar is the shipped one: office hours 08-12 and 14-18; 2026-03-04 is a Wednesday.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from cases import deadlines
from cases.deadlines import Due, Reckoned, Turn, Turned
from citymgmt.worktime.clock import Calendar, Limit, Unit
from citymgmt.worktime.ladder import Step, Timing
from tests.worktime import china, local, written

DAY, HOUR = Unit.WORKING_DAY, timedelta(hours=1)
R0 = Step("R0", 1, "due", None, lead_percent=25)
L1 = Step("L1", 2, "due", None)
L2 = Step("L2", 3, "previous", Limit(1, DAY), requires=frozenset({"has_department", "not_escalated"}))
L3 = Step("L3", 1, "due", None)
L4 = Step("L4", 2, "previous", Limit(5, DAY))


@dataclass(frozen=True)
class Rules:
    """The calendar, and the ladders of cases and of departments."""

    calendar: Calendar
    ladders: dict[str, tuple[Step, ...]]


RULES = Rules(china(), {"case": (R0, L1, L2), "escalation": (L3, L4)})
STARTED, DUE_AT = local("2026-03-04 10:00"), local("2026-03-06 10:00")
LATE = local("2026-03-09 09:00")


def case(state: str = "handling", **changes: Any) -> SimpleNamespace:
    """A case of two working days since STARTED, with a department that does not know of it yet."""
    columns: dict[str, Any] = {
        "state": state,
        "due_at": DUE_AT,
        "limit": Limit(2, DAY),
        "limit_unit": "wd",
        "rung": 0,
        "rung_at": None,
        "watched_from": STARTED,
        "suspended_until": None,
        "department_id": 7,
        "was_escalated": False,
        "handled_at": None,
    }
    return SimpleNamespace(**{**columns, **changes})


def escalation(due_at: datetime, rung: int = 0, rung_at: datetime | None = None) -> SimpleNamespace:
    return SimpleNamespace(due_at=due_at, rung=rung, rung_at=rung_at)


def test_the_figures_of_the_rules() -> None:
    assert (deadlines.CASE_LADDER, deadlines.ESCALATION_LADDER, deadlines.RESUME) == ("case", "escalation", "resume")
    assert (Limit(1, DAY), 2) == (deadlines.ACKNOWLEDGE_LIMIT, deadlines.MOST_EXTENSIONS)
    assert [turn.value for turn in Turn] == ["start", "extend", "suspend", "resume"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Due("case", R0, local("2026-03-05 16:00"))),
        ({"rung": 1, "rung_at": local("2026-03-05 16:00")}, Due("case", L1, DUE_AT)),
        ({"rung": 2, "rung_at": DUE_AT}, Due("case", L2, local("2026-03-09 10:00"))),
        ({"rung": 2, "rung_at": DUE_AT, "department_id": None}, None),
        ({"rung": 2, "rung_at": DUE_AT, "was_escalated": True}, None),
        ({"rung": 3, "rung_at": LATE}, None),
        ({"watched_from": LATE}, Due("case", R0, LATE)),
        ({"watched_from": None}, None),
        ({"rung": None}, None),
        ({"due_at": None}, None),
    ],
)
def test_what_falls_due_next_while_the_clock_runs(changes: dict[str, Any], expected: Due | None) -> None:
    assert deadlines.next_due(case(**changes), None, RULES) == expected


@pytest.mark.parametrize("state", ["filed", "dispatched", "handling", "escalated"])
def test_the_ladder_climbs_where_the_clock_runs(state: str) -> None:
    assert deadlines.next_due(case(state), None, RULES) == Due("case", R0, local("2026-03-05 16:00"))


@pytest.mark.parametrize(
    "state", ["reported", "accepted", "verifying", "reported_back", "closed", "declined", "not_filed", "merged", "void"]
)
def test_nothing_falls_due_where_no_clock_runs(state: str) -> None:
    assert deadlines.next_due(case(state), escalation(LATE), RULES) is None


def test_of_a_suspended_case_only_the_end_of_the_suspension_falls_due() -> None:
    until = local("2026-05-01 09:00")
    suspended = case("suspended", suspended_until=until, watched_from=None)
    assert deadlines.next_due(suspended, None, RULES) == Due("resume", None, until)


@pytest.mark.parametrize(
    ("rung", "rung_at", "department", "expected"),
    [
        (2, DUE_AT, escalation(local("2026-03-09 09:59")), Due("escalation", L3, local("2026-03-09 09:59"))),
        (2, DUE_AT, escalation(local("2026-03-09 10:01")), Due("case", L2, local("2026-03-09 10:00"))),
        (3, LATE, escalation(DUE_AT, 1, DUE_AT), Due("escalation", L4, local("2026-03-13 10:00"))),
        (3, LATE, escalation(DUE_AT, 2, LATE), None),
        # acknowledged late: nothing comes before the reply is due, though the last step was long ago
        (3, LATE, escalation(local("2026-04-01 09:00"), 1, DUE_AT), Due("escalation", L4, local("2026-04-01 09:00"))),
    ],
)
def test_the_earlier_of_both_ladders_comes_next(
    rung: int, rung_at: datetime, department: Any, expected: Due | None
) -> None:
    assert deadlines.next_due(case(rung=rung, rung_at=rung_at), department, RULES) == expected


@pytest.mark.parametrize(
    ("state", "due_at", "at", "expected"),
    [
        ("handling", DUE_AT, LATE, True),
        ("escalated", DUE_AT, DUE_AT + timedelta(microseconds=1), True),
        ("handling", DUE_AT, DUE_AT, False),  # the last moment is in time
        ("handling", DUE_AT, STARTED, False),
        ("accepted", None, LATE, False),
        ("handling", None, LATE, False),
        ("suspended", DUE_AT, LATE, False),
        ("reported_back", DUE_AT, LATE, False),
        ("closed", DUE_AT, LATE, False),
    ],
)
def test_a_case_is_overdue_while_its_clock_runs_past_the_deadline(
    state: str, due_at: datetime | None, at: datetime, expected: bool
) -> None:
    assert deadlines.is_overdue(case(state, due_at=due_at), at) is expected


def test_without_ladders_nothing_falls_due() -> None:
    assert deadlines.next_due(case(), escalation(LATE), Rules(china(), {})) is None


def test_what_the_ladder_is_told_of_a_case_and_of_an_escalation() -> None:
    assert deadlines.case_timing(case(rung=1, rung_at=LATE)) == Timing(DUE_AT, Limit(2, DAY), DAY, 1, LATE, STARTED)
    told = deadlines.escalation_timing(escalation(DUE_AT, 1, LATE))
    assert told == Timing(DUE_AT, None, DAY, 1, LATE, DUE_AT)


@pytest.mark.parametrize(
    ("department_id", "was_escalated", "facts"),
    [
        (7, False, {"has_department", "not_escalated"}),
        (7, True, {"has_department"}),
        (None, False, {"not_escalated"}),
        (None, True, set()),
    ],
)
def test_the_facts_that_steps_require(department_id: int | None, was_escalated: bool, facts: set[str]) -> None:
    assert deadlines.case_facts(case(department_id=department_id, was_escalated=was_escalated)) == facts


@pytest.mark.parametrize(
    ("start", "limit", "due", "is_provisional"),
    [
        ("2026-02-13 16:00", Limit(2, DAY), "2026-02-24 16:00", False),  # the golden example of domain 5.4
        ("2026-12-31 17:00", Limit(1, DAY), "2027-01-01 17:00", True),  # nobody knows the holidays of 2027 yet
        ("2026-12-31 17:00", Limit(30, Unit.URGENT_HOUR), "2027-01-01 23:00", True),
        ("2026-12-30 17:00", Limit(1, DAY), "2026-12-31 17:00", False),
    ],
)
def test_a_deadline_and_whether_it_is_a_guess(start: str, limit: Limit, due: str, is_provisional: bool) -> None:
    due_at, guessed = deadlines.deadline(china(), local(start), limit)
    assert (written(due_at), guessed) == (due, is_provisional)


@pytest.mark.parametrize(
    ("suspended", "left", "resumed", "due"),
    [
        ("2026-03-05 10:00", 8 * HOUR, "2026-04-01 08:00", "2026-04-01 18:00"),
        ("2026-03-06 09:30", HOUR / 2, "2026-04-01 17:45", "2026-04-02 08:15"),
        ("2026-03-06 11:00", -HOUR, "2026-04-01 10:00", "2026-04-01 09:00"),  # overdue it was, overdue it is
    ],
)
def test_exactly_the_time_left_is_given_back(suspended: str, left: timedelta, resumed: str, due: str) -> None:
    assert deadlines.time_left(china(), local(suspended), DUE_AT, DAY) == left
    assert written(deadlines.due_after_suspension(china(), local(resumed), left, DAY)) == due


def test_an_extension_counts_from_the_deadline() -> None:
    assert written(deadlines.extended(china(), DUE_AT, Limit(1, DAY))) == "2026-03-09 10:00"
    assert written(deadlines.extended(china(), DUE_AT, Limit(3, Unit.URGENT_HOUR))) == "2026-03-06 13:00"


SUSPENDED, RESUMED = local("2026-03-06 16:00"), local("2026-04-01 10:00")
URGED = {"rung": 2, "rung_at": DUE_AT}


@pytest.mark.parametrize(
    ("changes", "since", "ladder", "expected"),
    [
        # four of the eight hours to the next step had passed: four had passed when it runs again
        (URGED, SUSPENDED, (R0, L1, L2), local("2026-03-31 16:00")),
        # counted on the delay's own clock
        (URGED, SUSPENDED, (replace(L2, delay=Limit(9, Unit.URGENT_HOUR)),), local("2026-04-01 04:00")),
        # nobody knows since when; no step taken; nothing ahead counts from the last step
        (URGED, None, (R0, L1, L2), DUE_AT),
        ({"rung": 2, "rung_at": None}, SUSPENDED, (L2,), None),
        ({"rung": 1, "rung_at": STARTED}, SUSPENDED, (R0, L1, L2), STARTED),
        ({**URGED, "department_id": None}, SUSPENDED, (R0, L1, L2), DUE_AT),
        (URGED, SUSPENDED, (replace(L2, delay=None),), DUE_AT),
        (URGED, SUSPENDED, (replace(L2, anchor="due"),), DUE_AT),
        (URGED, SUSPENDED, (), DUE_AT),
    ],
)
def test_what_had_passed_of_the_next_delay_has_passed_when_the_case_resumes(
    changes: dict[str, Any], since: datetime | None, ladder: tuple[Step, ...], expected: datetime | None
) -> None:
    rules = Rules(china(), {"case": ladder})
    assert deadlines.rung_at_after_suspension(case(**changes), since, RESUMED, rules) == expected


def test_without_a_ladder_the_last_step_stays_where_it_was() -> None:
    assert deadlines.rung_at_after_suspension(case(**URGED), SUSPENDED, RESUMED, Rules(china(), {})) == DUE_AT


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-04 10:00", "2027-03-04 10:00"),
        ("2024-02-29 23:30", "2025-02-28 23:30"),
        ("2027-02-28 08:00", "2028-02-28 08:00"),
        ("2024-03-29 08:00", "2025-03-29 08:00"),
        ("2024-02-28 08:00", "2025-02-28 08:00"),
        ("2026-01-31 10:00", "2027-01-31 10:00"),
        ("2026-12-31 23:59", "2027-12-31 23:59"),
    ],
)
def test_a_year_later(start: str, end: str) -> None:
    found = deadlines.a_year_after(local(start))
    assert (written(found), found.tzinfo) == (end, UTC)


@pytest.mark.parametrize(
    ("due_at", "handled_at", "expected"),
    [
        (DUE_AT, DUE_AT, True),
        (DUE_AT, DUE_AT + timedelta(microseconds=1), False),
        (DUE_AT, DUE_AT - HOUR, True),
        (DUE_AT, None, True),
        (None, DUE_AT, True),
        (None, None, True),
    ],
)
def test_whether_a_case_met_its_deadline(due_at: datetime | None, handled_at: datetime | None, expected: bool) -> None:
    assert deadlines.was_on_time(case(due_at=due_at, handled_at=handled_at)) is expected


def turned(*rows: tuple[Turn, str] | tuple[Turn, str, Limit]) -> list[Turned]:
    return [Turned(turn, local(at), *rest) for turn, at, *rest in rows]


TWO_DAYS, START = Limit(2, DAY), (Turn.START, "2026-03-04 10:00")
RECKONED = {
    "nothing happened": ([], None),
    "filed": ([START], ("2026-03-06 10:00", False, None)),
    "filed and reopened": ([START, (Turn.START, "2026-04-01 10:00")], ("2026-04-03 10:00", False, None)),
    "extended": ([START, (Turn.EXTEND, "2026-03-05 10:00", Limit(1, DAY))], ("2026-03-09 10:00", False, None)),
    "extended twice": (
        [START, *[(Turn.EXTEND, "2026-03-05 10:00", Limit(1, DAY))] * 2],
        ("2026-03-10 10:00", False, None),
    ),
    "suspended": ([START, (Turn.SUSPEND, "2026-03-05 10:00")], ("2026-03-06 10:00", False, 8 * HOUR)),
    "suspended and resumed": (
        [START, (Turn.SUSPEND, "2026-03-05 10:00"), (Turn.RESUME, "2026-04-01 10:00")],
        ("2026-04-02 10:00", False, None),
    ),
    "resumed without time left": ([START, (Turn.RESUME, "2026-03-31 10:00")], ("2026-03-31 10:00", False, None)),
    "into a year without calendar": (
        [(Turn.START, "2026-12-30 10:00"), (Turn.EXTEND, "2026-12-30 11:00", Limit(1, DAY))],
        ("2027-01-04 10:00", True, None),
    ),
    "a guess stays one": (
        [(Turn.START, "2027-03-03 10:00"), (Turn.EXTEND, "2027-03-03 11:00", Limit(1, DAY))],
        ("2027-03-08 10:00", True, None),
    ),
    "filed in a year without calendar, suspended": (
        [(Turn.START, "2027-03-03 10:00"), (Turn.SUSPEND, "2027-03-04 10:00")],
        ("2027-03-05 10:00", True, 8 * HOUR),
    ),
    "over a year without calendar, and resumed after it": (
        [(Turn.START, "2023-12-29 10:00"), (Turn.SUSPEND, "2024-01-02 10:00"), (Turn.RESUME, "2026-03-04 10:00")],
        ("2026-03-05 10:00", True, None),
    ),
    "before it was filed": ([(Turn.EXTEND, "2026-03-05 10:00", Limit(1, DAY))], None),
    "suspended before it was filed": ([(Turn.SUSPEND, "2026-03-03 10:00"), START], ("2026-03-06 10:00", False, None)),
}


@pytest.mark.parametrize(("rows", "expected"), RECKONED.values(), ids=RECKONED)
def test_the_deadline_that_follows_from_what_happened(rows: Any, expected: tuple[str, bool, Any] | None) -> None:
    found = deadlines.reckon(turned(*rows), TWO_DAYS, china())
    told = None if found is None else (written(found.due_at), found.is_provisional, found.left)
    assert told == expected


def test_what_was_reckoned_runs_unless_it_says_what_is_left() -> None:
    assert Reckoned(DUE_AT, False) == Reckoned(DUE_AT, False, None)
    assert Turned(Turn.START, STARTED) == Turned(Turn.START, STARTED, None)


@pytest.mark.parametrize(
    ("rung_at", "due_at", "expected"),
    [
        (None, LATE, None),
        (STARTED, LATE, STARTED),  # taken before the old deadline: stays
        (DUE_AT, LATE, LATE),  # taken at or after it: counts from the new one
        (DUE_AT + HOUR, LATE, LATE),
        (DUE_AT, STARTED, DUE_AT),  # where that is later
        (DUE_AT - timedelta(microseconds=1), LATE, DUE_AT - timedelta(microseconds=1)),
    ],
)
def test_a_step_taken_after_the_old_deadline_counts_from_the_new_one(
    rung_at: datetime | None, due_at: datetime, expected: datetime | None
) -> None:
    assert deadlines.rung_at_after_reckoning(case(rung_at=rung_at), due_at) == expected


@pytest.mark.parametrize("value", [Turned(Turn.START, STARTED), Reckoned(DUE_AT, False)])
def test_values_do_not_change(value: Any) -> None:
    assert value in {value}
    with pytest.raises(AttributeError):
        value.at = LATE
