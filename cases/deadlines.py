"""When a case is due and what its clock does next. Pure: moments in, moments out.

Source: domain.md 3.6 (units), 5.3 (ladder), 5.4 (extension, suspension), house.md 5 (settle).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from cases.workflow import STATES, Clock
from citymgmt.worktime import clock, ladder
from citymgmt.worktime.clock import Calendar, Limit, Unit
from citymgmt.worktime.ladder import PREVIOUS, Due, Rules, Timing, next_step

CASE_LADDER, ESCALATION_LADDER = "case", "escalation"
ACKNOWLEDGE_LIMIT = Limit(1, Unit.WORKING_DAY)  # domain 5.3, L3
MOST_EXTENSIONS = 2  # domain 5.4
RESUME = "resume"


def next_due(case: Any, escalation: Any, rules: Rules) -> Due | None:
    """What falls due next for a case and its open escalation (None when there is none); None when nothing can."""
    state_clock = STATES[case.state].clock
    if state_clock is Clock.PAUSED:
        return Due(RESUME, None, case.suspended_until)
    if state_clock is not Clock.RUNS or case.rung is None or case.watched_from is None:
        return None
    due = [ladder.next_due(CASE_LADDER, case_timing(case), case_facts(case), rules)]
    if escalation is not None:
        due.append(ladder.next_due(ESCALATION_LADDER, escalation_timing(escalation), frozenset(), rules))
    return min((one for one in due if one), key=lambda one: one.at, default=None)


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


def rung_at_after_suspension(case: Any, since: datetime | None, at: datetime, rules: Rules) -> datetime | None:
    """From when the next step's delay counts once a case suspended `since` resumes at `at`.

    What had passed of the delay when the case was suspended, on the delay's own clock, has passed at `at`, no
    more and no less. It stays where no step ahead counts from the last one, or nobody knows since when.
    """
    ahead = next_step(rules.ladders.get(CASE_LADDER, ()), case_timing(case), case_facts(case), rules.calendar)
    step = ahead.step if ahead else None
    if case.rung_at is None or since is None or step is None or step.anchor != PREVIOUS or step.delay is None:
        return case.rung_at
    passed = clock.between(rules.calendar, case.rung_at, since, step.delay.unit)
    return clock.subtract(rules.calendar, at, step.delay.unit, passed)


def extended(calendar: Calendar, due_at: datetime, extra: Limit) -> datetime:
    """The due moment after an extension by `extra`."""
    return clock.due(calendar, due_at, extra)


def a_year_after(at: datetime) -> datetime:
    """The same local time a year later, the longest end of a suspension; 28 February for 29 February (domain 5.4)."""
    local = at.astimezone(clock.SHANGHAI)
    is_leap_day = (local.month, local.day) == (2, 29)
    return local.replace(year=local.year + 1, day=28 if is_leap_day else local.day).astimezone(UTC)


def is_overdue(case: Any, at: datetime) -> bool:
    """Whether the clock of a case runs past its deadline at `at`; `querysets.overdue` asks the same of many."""
    return STATES[case.state].clock is Clock.RUNS and case.due_at is not None and case.due_at < at


def was_on_time(case: Any) -> bool:
    """Whether a handled case met its (bundled) deadline; a case without deadline did."""
    return case.due_at is None or case.handled_at is None or case.handled_at <= case.due_at


class Turn(StrEnum):
    """What can happen to the clock of a case."""

    START = "start"  # filed, or reopened
    EXTEND = "extend"
    SUSPEND = "suspend"
    RESUME = "resume"


@dataclass(frozen=True)
class Turned:
    """Something that happened to the clock of a case; `extra` is what an extension, and nothing else, adds."""

    turn: Turn
    at: datetime
    extra: Limit | None = None


@dataclass(frozen=True)
class Reckoned:
    """A deadline by some calendar; `left` is what a suspension keeps, None while the clock runs."""

    due_at: datetime
    is_provisional: bool
    left: timedelta | None = None


def reckon(turned: Iterable[Turned], limit: Limit, calendar: Calendar) -> Reckoned | None:
    """The deadline that follows from what happened to a case's clock, in order, by this calendar.

    The last start counts; None without one. A deadline is provisional when some stretch of it is.
    """
    found: Reckoned | None = None
    for one in turned:
        if one.turn is Turn.START:
            found = Reckoned(*deadline(calendar, one.at, limit))
        elif found is not None:
            found = _turned(found, one, limit.unit, calendar)
    return found


def _turned(so_far: Reckoned, one: Turned, unit: Unit, calendar: Calendar) -> Reckoned:
    if one.turn is Turn.SUSPEND:
        return replace(so_far, left=time_left(calendar, one.at, so_far.due_at, unit))
    if one.extra is not None:
        start, due_at = so_far.due_at, extended(calendar, so_far.due_at, one.extra)
    else:
        start, due_at = one.at, due_after_suspension(calendar, one.at, so_far.left or timedelta(), unit)
    return Reckoned(due_at, so_far.is_provisional or clock.is_provisional(calendar, start, due_at))


def rung_at_after_reckoning(case: Any, due_at: datetime) -> datetime | None:
    """From when the next step counts once the deadline is another: a step taken after the old one counts from the
    new one, where that is later, so that nothing follows a deadline before it comes."""
    if case.rung_at is None or case.rung_at < case.due_at:
        return case.rung_at
    return max(case.rung_at, due_at)
