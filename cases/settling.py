"""Settle: record every step that fell due, each at the moment it fell due, until the next wait.

Late, doubled or missed looks leave the same history, because each step's moment follows from the case alone.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cases import deadlines, escalating
from cases.history import Journal
from cases.models import Case
from cases.workflow import EVENT_OF_EFFECT
from citymgmt.worktime import journal as timed
from citymgmt.worktime import sweep
from citymgmt.worktime.clock import Unit, is_provisional
from citymgmt.worktime.journal import Effect, taken
from citymgmt.worktime.ladder import Due
from citymgmt.worktime.rules import Rules


def settle(journal: Journal, case: Case, now: datetime) -> None:
    """Record in the journal whatever fell due for the case until and including `now`."""
    timed.settle(journal, case, now, EFFECTS)


def settle_batch(cases: Sequence[Case], now: datetime, rules: Rules) -> None:
    """Settle locked rows of the sweep and write everything together."""
    timed.settle_batch(Journal(cases, rules), now, EFFECTS)


def _warn(journal: Journal, case: Case, due: Due) -> None:
    journal.record(case, EVENT_OF_EFFECT["warn"], at=due.at, changes=taken(due))


def _urge(journal: Journal, case: Case, due: Due) -> None:
    journal.record(case, EVENT_OF_EFFECT["urge"], at=due.at, changes=taken(due, urge_count=case.urge_count + 1))


def _escalate(journal: Journal, case: Case, due: Due) -> None:
    assert case.department_id is not None
    escalation = escalating.new_escalation(
        journal,
        case,
        at=due.at,
        department=journal.departments[case.department_id],
        is_automatic=True,
        reason="",
    )
    journal.record(
        case,
        EVENT_OF_EFFECT["escalate"],
        at=due.at,
        to="escalated",
        changes=taken(due, was_escalated=True),
        parts=[(escalation, escalating.columns_of(escalation))],
    )


def _press_department(effect: str) -> Effect:
    kind = EVENT_OF_EFFECT[effect]

    def press(journal: Journal, case: Case, due: Due) -> None:
        step, escalation = due.step, journal.escalations[case.pk]
        assert step is not None
        pressed = {"rung": step.position, "rung_at": due.at, "urge_count": escalation.urge_count + 1}
        changes = {"ladder_code": step.code, "supervision_count": case.supervision_count + 1}
        journal.record(case, kind, at=due.at, changes=changes, parts=[(escalation, pressed)])

    return press


def _resume(journal: Journal, case: Case, due: Due) -> None:
    journal.record(case, "resume_by_itself", at=due.at, to="handling", changes=resumed(journal, case, due.at))


def resumed(journal: Journal, case: Case, at: datetime) -> dict[str, Any]:
    """The columns of a suspended case once it resumes: exactly the time left is given back, of the deadline on the
    limit's clock and of the next step's delay on its own."""
    assert case.left is not None
    calendar, since = journal.rules.calendar, journal.suspended_since.get(case.pk)
    due_at = deadlines.due_after_suspension(calendar, at, case.left, Unit(case.limit_unit))
    return {
        "due_at": due_at,
        "is_due_provisional": case.is_due_provisional or is_provisional(calendar, at, due_at),
        "left": None,
        "suspended_until": None,
        "watched_from": at,
        "rung_at": deadlines.rung_at_after_suspension(case, since, at, journal.rules),
    }


EFFECTS: Mapping[str, Effect] = {
    "warn": _warn,
    "urge": _urge,
    "escalate": _escalate,
    "supervise": _press_department("supervise"),
    "report_up": _press_department("report_up"),
    deadlines.RESUME: _resume,
}


def register() -> None:
    """Have the sweep settle cases, when the app is ready."""
    sweep.register("cases", Case, settle_batch)
