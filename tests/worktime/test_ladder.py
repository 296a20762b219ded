"""The escalation ladder: literal rows on the default ladder, then any order of looks against one."""

from dataclasses import FrozenInstanceError, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citymgmt.worktime import clock
from citymgmt.worktime.clock import Calendar, Limit, Unit
from citymgmt.worktime.ladder import Due, DueStep, Step, Timing, advance, next_due, next_step, settle
from tests.worktime import china, local, written

DAY = Unit.WORKING_DAY
R0 = Step("R0", 1, "due", None, lead_percent=25, lead=Limit(1, DAY), lead_from=Limit(3, DAY))
L1 = Step("L1", 2, "due", None)
L2 = Step("L2", 3, "previous", Limit(1, DAY), requires=frozenset({"has_department", "not_escalated"}))
L3 = Step("L3", 4, "due", None)
L4 = Step("L4", 5, "previous", Limit(5, DAY))
CASE = (R0, L1, L2)
ESCALATION = (L3, L4)
NO_FACTS: frozenset[str] = frozenset()
MORNING = local("2026-03-04 08:00")
DEPARTMENT = frozenset({"has_department", "not_escalated"})


def timing(start: str, limit: Limit) -> Timing:
    due_at = clock.due(china(), local(start), limit)
    return Timing(due_at, limit, limit.unit, 0, None, local(start))


WEDNESDAY = timing("2026-03-04 10:00", Limit(2, DAY))  # due on Friday 2026-03-06 10:00


def told(steps: list[DueStep]) -> list[tuple[str, str]]:
    return [(due.step.code, written(due.at)) for due in steps]


def look(timed: Timing, now: str, facts: frozenset[str] = DEPARTMENT) -> tuple[list[tuple[str, str]], str]:
    taken, check = settle(CASE, timed, facts, china(), local(now))
    return told(taken), written(check) if check else ""


@pytest.mark.parametrize(
    ("start", "limit", "warning"),
    [
        ("2026-03-04 10:00", Limit(2, DAY), "2026-03-05 16:00"),  # 25 % of 16 office hours
        ("2026-03-04 10:00", Limit(3, DAY), "2026-03-06 10:00"),  # one working day from three on
        ("2026-03-04 10:00", Limit(5, DAY), "2026-03-10 10:00"),
        ("2026-02-13 16:00", Limit(2, DAY), "2026-02-24 10:00"),  # the golden example is due at 16:00
        ("2026-02-13 16:00", Limit(3, DAY), "2026-02-24 16:00"),
        ("2026-03-04 14:00", Limit(4, Unit.WORKING_HOUR), "2026-03-04 17:00"),
        ("2026-03-04 10:00", Limit(4, Unit.NATURAL_DAY), "2026-03-07 10:00"),  # another unit: the percentage
        ("2026-03-04 22:00", Limit(2, Unit.URGENT_HOUR), "2026-03-04 23:30"),
        ("2026-03-04 08:00", Limit(3, DAY), "2026-03-06 08:00"),  # the morning, not the evening before
    ],
)
def test_warning_before_due(start: str, limit: Limit, warning: str) -> None:
    first = next_step(CASE, timing(start, limit), NO_FACTS, china())
    assert first == DueStep(R0, local(warning))


@pytest.mark.parametrize(
    ("now", "taken", "check"),
    [
        ("2026-03-05 15:59", [], "2026-03-05 16:00"),
        ("2026-03-05 16:00", [("R0", "2026-03-05 16:00")], "2026-03-06 10:00"),
        ("2026-03-06 09:59", [("R0", "2026-03-05 16:00")], "2026-03-06 10:00"),
        ("2026-03-06 10:00", [("R0", "2026-03-05 16:00"), ("L1", "2026-03-06 10:00")], "2026-03-09 10:00"),
        (
            "2026-12-31 10:00",
            [("R0", "2026-03-05 16:00"), ("L1", "2026-03-06 10:00"), ("L2", "2026-03-09 10:00")],
            "",
        ),
    ],
)
def test_case_ladder(now: str, taken: list[tuple[str, str]], check: str) -> None:
    assert look(WEDNESDAY, now) == (taken, check)


@pytest.mark.parametrize("facts", [NO_FACTS, frozenset({"has_department"}), frozenset({"not_escalated"})])
def test_without_department_or_once_escalated_the_ladder_ends_with_the_urge(facts: frozenset[str]) -> None:
    steps = [("R0", "2026-03-05 16:00"), ("L1", "2026-03-06 10:00")]
    assert look(WEDNESDAY, "2026-12-31 10:00", facts) == (steps, "")


def test_a_department_named_later_is_told_in_turn() -> None:
    urged = replace(WEDNESDAY, rung=2, rung_at=local("2026-03-06 10:00"))
    assert next_step(CASE, urged, NO_FACTS, china()) is None
    assert next_step(CASE, urged, DEPARTMENT, china()) == DueStep(L2, local("2026-03-09 10:00"))


def test_a_missing_requirement_passes_over_one_step_only() -> None:
    steps = (L1, L2, replace(L4, delay=Limit(2, Unit.NATURAL_DAY)))
    taken, check = settle(steps, WEDNESDAY, NO_FACTS, china(), local("2026-03-31 10:00"))
    assert (told(taken), check) == ([("L1", "2026-03-06 10:00"), ("L4", "2026-03-08 10:00")], None)


def test_escalation_ladder() -> None:
    asked = timing("2026-02-09 16:00", Limit(5, DAY))  # over the make-up Saturdays and the Spring Festival
    taken, check = settle(ESCALATION, asked, NO_FACTS, china(), local("2026-12-31 10:00"))
    assert (told(taken), check) == ([("L3", "2026-02-14 16:00"), ("L4", "2026-02-28 16:00")], None)


@pytest.mark.parametrize(
    ("watched_from", "warning", "urge"),
    [
        ("2026-03-04 10:00", "2026-03-05 16:00", "2026-03-06 10:00"),
        ("2026-03-05 17:00", "2026-03-05 17:00", "2026-03-06 10:00"),  # woken after the warning was due
        (
            "2026-03-08 09:00",
            "2026-03-08 09:00",
            "2026-03-08 09:00",
        ),  # woken overdue: at once, not in the past
    ],
)
def test_nothing_falls_due_while_nobody_watches(watched_from: str, warning: str, urge: str) -> None:
    woken = replace(WEDNESDAY, watched_from=local(watched_from))
    assert look(woken, "2026-03-08 10:00", NO_FACTS)[0] == [("R0", warning), ("L1", urge)]


def test_a_suspended_case_climbs_on_from_where_it_stood() -> None:
    suspended = replace(WEDNESDAY, due_at=None, rung=1, rung_at=local("2026-03-05 16:00"))
    assert look(suspended, "2026-12-31 10:00") == ([], "")
    woken = replace(suspended, due_at=local("2026-04-01 12:00"), watched_from=local("2026-04-01 08:00"))
    assert look(woken, "2026-04-02 12:00") == ([("L1", "2026-04-01 12:00"), ("L2", "2026-04-02 12:00")], "")


def test_escalated_step_is_not_before_waking() -> None:
    woken = replace(WEDNESDAY, rung=2, rung_at=local("2026-03-06 10:00"), watched_from=local("2026-04-01 08:00"))
    assert look(woken, "2026-04-01 08:00") == ([("L2", "2026-04-01 08:00")], "")


def test_previous_counts_from_the_last_step_and_due_from_the_due_moment() -> None:
    urged_late = replace(WEDNESDAY, rung=2, rung_at=local("2026-03-10 10:00"))
    assert next_step(CASE, urged_late, DEPARTMENT, china()) == DueStep(L2, local("2026-03-11 10:00"))
    third = replace(L2, anchor="due", delay=Limit(10, DAY))
    assert next_step((third,), urged_late, DEPARTMENT, china()) == DueStep(third, local("2026-03-20 10:00"))


def test_previous_without_a_previous_step_counts_from_due() -> None:
    assert next_step((L4,), WEDNESDAY, NO_FACTS, china()) == DueStep(L4, local("2026-03-13 10:00"))


@pytest.mark.parametrize("delay", [None, Limit(0, DAY)])
def test_no_delay_means_the_anchor_itself_even_outside_the_office(delay: Limit | None) -> None:
    sunday = replace(WEDNESDAY, due_at=local("2026-03-08 10:00"), unit=Unit.NATURAL_DAY)
    step = replace(L1, delay=delay)
    assert next_step((step,), sunday, NO_FACTS, china()) == DueStep(step, local("2026-03-08 10:00"))


def test_a_delay_counts_in_its_own_unit() -> None:
    step = replace(L1, delay=Limit(3, Unit.URGENT_HOUR))
    friday = replace(WEDNESDAY, due_at=local("2026-03-06 17:00"))
    assert next_step((step,), friday, NO_FACTS, china()) == DueStep(step, local("2026-03-06 20:00"))


def test_without_a_limit_only_a_fixed_lead_can_warn() -> None:
    by_hand = replace(WEDNESDAY, limit=None)
    percent_only = replace(R0, lead=None, lead_from=None)
    assert next_step((R0, L1), by_hand, NO_FACTS, china()) == DueStep(R0, local("2026-03-05 10:00"))
    assert next_step((percent_only, L1), by_hand, NO_FACTS, china()) == DueStep(L1, local("2026-03-06 10:00"))


def test_a_step_is_not_before_the_one_below_it() -> None:
    warned_late = replace(WEDNESDAY, rung=1, rung_at=local("2026-03-09 09:00"))
    assert next_step(CASE, warned_late, NO_FACTS, china()) == DueStep(L1, local("2026-03-09 09:00"))


def test_the_order_of_the_rows_does_not_matter() -> None:
    late = local("2026-12-31 10:00")
    assert settle(CASE[::-1], WEDNESDAY, DEPARTMENT, china(), late) == settle(
        CASE, WEDNESDAY, DEPARTMENT, china(), late
    )


def test_no_steps_and_nothing_running() -> None:
    assert settle((), WEDNESDAY, DEPARTMENT, china(), local("2026-12-31 10:00")) == ([], None)
    assert next_step(CASE, replace(WEDNESDAY, due_at=None), DEPARTMENT, china()) is None


@pytest.mark.parametrize(
    ("anchor", "delay", "percent", "why"),
    [
        ("filed", None, 0, "unknown anchor 'filed'"),
        ("previous", None, 25, "a lead counts back from the due moment and takes no delay"),
        ("due", Limit(1, DAY), 25, "a lead counts back from the due moment and takes no delay"),
    ],
)
def test_refuses_a_step_that_makes_no_sense(anchor: str, delay: Limit | None, percent: int, why: str) -> None:
    with pytest.raises(ValueError, match=f"^{why}$"):
        Step("X", 1, anchor, delay, lead_percent=percent)


@pytest.mark.parametrize(
    "lead", [{"lead_percent": 1}, {"lead": Limit(1, DAY)}, {"lead_percent": 25, "lead": Limit(1, DAY)}]
)
def test_a_step_with_a_lead_comes_before_the_due_moment(lead: dict[str, Any]) -> None:
    assert Step("X", 1, "due", None, **lead).has_lead is True
    assert L1.has_lead is False
    assert Step("L1", 2, "due", None, 0, None, None, frozenset()) == L1


@pytest.mark.parametrize(
    ("percent", "warning"), [(1, "2026-03-06 09:50:24"), (100, "2026-03-04 10:00"), (7, "2026-03-06 08:52:48")]
)
def test_a_lead_in_percent_of_the_limit(percent: int, warning: str) -> None:
    step = Step("X", 1, "due", None, lead_percent=percent)
    found = next_step((step,), WEDNESDAY, NO_FACTS, china())
    assert found == DueStep(step, local(warning))


@dataclass(frozen=True)
class Rules:
    """The calendar, and ladders by name."""

    calendar: Calendar
    ladders: dict[str, tuple[Step, ...]]


def test_the_next_step_of_a_named_ladder() -> None:
    rules = Rules(china(), {"case": CASE, "escalation": ESCALATION})
    assert next_due("case", WEDNESDAY, NO_FACTS, rules) == Due("case", R0, local("2026-03-05 16:00"))
    assert next_due("escalation", WEDNESDAY, NO_FACTS, rules) == Due("escalation", L3, local("2026-03-06 10:00"))
    assert next_due("escalation", replace(WEDNESDAY, due_at=None), NO_FACTS, rules) is None
    assert next_due("promise", WEDNESDAY, NO_FACTS, rules) is None


@pytest.mark.parametrize(
    ("value", "column"),
    [(R0, "code"), (WEDNESDAY, "rung"), (DueStep(L1, MORNING), "at"), (Due("case", L1, MORNING), "at")],
)
def test_values_do_not_change(value: Any, column: str) -> None:
    assert value in {value}
    with pytest.raises(FrozenInstanceError):
        setattr(value, column, None)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))
LIMITS = st.builds(Limit, st.integers(1, 15), st.sampled_from(Unit))


@settings(max_examples=500, deadline=None, derandomize=True, database=None)
@given(start=MOMENTS, limit=LIMITS, waits=st.lists(st.integers(-2000, 9000), max_size=12), named=st.booleans())
def test_late_doubled_and_disordered_looks_take_the_same_steps(
    start: datetime, limit: Limit, waits: list[int], named: bool
) -> None:
    """Looks jump forwards and back by `waits` minutes; the steps are those of one look at the latest."""
    steps, facts = (*CASE, *ESCALATION), DEPARTMENT if named else NO_FACTS
    fresh = Timing(clock.due(china(), start, limit), limit, limit.unit, 0, None, start)
    timed, latest, now, taken = fresh, start, start, []
    for wait in waits:
        now += timedelta(minutes=wait)
        latest = max(latest, now)
        found, check = settle(steps, timed, facts, china(), now)
        assert check is None or check > now
        taken += found
        timed = advance(timed, found[-1]) if found else timed
    assert taken == settle(steps, fresh, facts, china(), latest)[0]
    assert [due.at for due in taken] == sorted(due.at for due in taken)


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(start=MOMENTS, limit=LIMITS, now=MOMENTS)
def test_late_settle_equals_one_step_at_a_time(start: datetime, limit: Limit, now: datetime) -> None:
    timed = fresh = Timing(clock.due(china(), start, limit), limit, limit.unit, 0, None, start)
    taken = []
    while (ahead := next_step(CASE, timed, DEPARTMENT, china())) and ahead.at <= now:
        taken.append(ahead)
        timed = advance(timed, ahead)
    assert settle(CASE, fresh, DEPARTMENT, china(), now) == (taken, ahead.at if ahead else None)
