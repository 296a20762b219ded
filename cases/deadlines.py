"""When a case is due and what its clock does next. Pure: moments in, moments out.

Source: domain.md 3.6 (units), 5.3 (ladder), 5.4 (extension, suspension), house.md 5 (settle).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from cases.workflow import STATES, Clock
from citymgmt.worktime import clock
from citymgmt.worktime.clock import Calendar, Limit, Unit
from citymgmt.worktime.ladder import Step, Timing, next_step

CASE_LADDER, ESCALATION_LADDER = "case", "escalation"
ACKNOWLEDGE_LIMIT = Limit(1, Unit.WORKING_DAY)  # domain 5.3, L3
MOST_EXTENSIONS = 2  # domain 5.4
RESUME = "resume"


class Rules(Protocol):
    """The calendar and the ladders in force."""

    @property
    def calendar(self) -> Calendar: ...
    @property
    def ladders(self) -> Mapping[str, tuple[Step, ...]]: ...


@dataclass(frozen=True)
class Due:
    """What falls due next: a step of one of the two ladders, or the end of a suspension."""

    ladder: str
    step: Step | None
    at: datetime


def next_due(case: Any, escalation: Any, rules: Rules) -> Due | None:
    """What falls due next for a case and its open escalation (None when there is none); None when nothing can."""
    state_clock = STATES[case.state].clock
    if state_clock is Clock.PAUSED:
        return Due(RESUME, None, case.suspended_until)
    if state_clock is not Clock.RUNS or case.rung is None or case.watched_from is None:
        return None
    due = [_next_step(CASE_LADDER, case_timing(case), case_facts(case), rules)]
    if escalation is not None:
        due.append(_next_step(ESCALATION_LADDER, escalation_timing(escalation), frozenset(), rules))
    return min((one for one in due if one), key=lambda one: one.at, default=None)


def _next_step(name: str, timing: Timing, facts: frozenset[str], rules: Rules) -> Due | None:
    found = next_step(rules.ladders.get(name, ()), timing, facts, rules.calendar)
    return Due(name, found.step, found.at) if found else None


def case_timing(case: Any) -> Timing:
    """What the ladder needs to know of a case."""
    return Timing(
        due_at=case.due_at,
        limit=case.limit,
        unit=Unit(case.limit_unit),
        rung=case.rung,
        rung_at=case.rung_at,
        watched_from=case.watched_from,
    )


def case_facts(case: Any) -> frozenset[str]:
    """The facts that steps of the case ladder may require."""
    facts = {
        "has_department": case.department_id is not None,
        "not_escalated": not case.was_escalated,
    }
    return frozenset(name for name, holds in facts.items() if holds)


def escalation_timing(escalation: Any) -> Timing:
    """What the ladder needs to know of an open escalation: its `due_at` is the next thing the department owes."""
    return Timing(
        due_at=escalation.due_at,
        limit=None,
        unit=Unit.WORKING_DAY,
        rung=escalation.rung,
        rung_at=escalation.rung_at,
        watched_from=escalation.due_at,  # acknowledged late: nothing comes before the reply is due
    )


def deadline(calendar: Calendar, at: datetime, limit: Limit) -> tuple[datetime, bool]:
    """The due moment of a limit that starts at `at`, and whether it rests on a year without calendar."""
    due_at = clock.due(calendar, at, limit)
    return due_at, clock.is_provisional(calendar, at, due_at)


def time_left(calendar: Calendar, at: datetime, due_at: datetime, unit: Unit) -> timedelta:
    """The time of the limit's own clock that a suspension keeps; negative when overdue."""
    return clock.between(calendar, at, due_at, unit)


def due_after_suspension(calendar: Calendar, at: datetime, left: timedelta, unit: Unit) -> datetime:
    """The due moment when a suspended case resumes at `at` with `left` on its clock."""
    return clock.add(calendar, at, unit, left)


def extended(calendar: Calendar, due_at: datetime, extra: Limit) -> datetime:
    """The due moment after an extension by `extra`."""
    return clock.due(calendar, due_at, extra)


def a_year_after(at: datetime) -> datetime:
    """The same local time a year later, the longest end of a suspension; 28 February for 29 February (domain 5.4)."""
    local = at.astimezone(clock.SHANGHAI)
    is_leap_day = (local.month, local.day) == (2, 29)
    return local.replace(year=local.year + 1, day=28 if is_leap_day else local.day).astimezone(UTC)


def was_on_time(case: Any) -> bool:
    """Whether a handled case met its (bundled) deadline; a case without deadline did."""
    return case.due_at is None or case.handled_at is None or case.handled_at <= case.due_at
