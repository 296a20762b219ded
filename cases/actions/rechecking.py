"""Rechecking: when a rule of time has changed, deadlines that waited for it are given, and the sweep looks again."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cases import deadlines, settling, workflow
from cases.deadlines import Reckoned, Turn, Turned
from cases.history import Journal
from cases.models import Case, CaseEvent
from citymgmt.worktime.clock import Limit, Unit
from citymgmt.worktime.rules import change_rules, current_rules

BATCH = 1000
RUNNING = Q(state__in=workflow.RUNNING, watched_from__isnull=False)
PROVISIONAL = Q(is_due_provisional=True, closed_at=None)
STARTS, RESUMES = frozenset({"file", "reopen"}), frozenset({"resume", "resume_by_itself"})


@transaction.atomic
def recheck_open_cases(at: datetime) -> int:
    """Give the provisional deadlines that the calendar now covers, and have the next sweep look again at the cases
    whose clock runs; returns how many these are.

    Other deadlines given stay, the next step is found by the rules now in force. Rows are locked by ascending id,
    like everywhere, so that no other action is waited for in a circle.
    """
    change_rules()
    found = Case.objects.filter(RUNNING | PROVISIONAL).order_by("id").select_for_update(of=("self",), no_key=True)
    ids = list(found.values_list("pk", flat=True))
    running = 0
    for start in range(0, len(ids), BATCH):
        batch = Case.objects.filter(pk__in=ids[start : start + BATCH])
        running += batch.filter(RUNNING).update(next_check_at=at)
        _recalculate_some(list(batch.filter(PROVISIONAL).order_by("id")), at)
    return running


def _recalculate_some(cases: Sequence[Case], at: datetime) -> None:
    if not cases:
        return
    journal = Journal(cases, current_rules())
    events = CaseEvent.objects.filter(case__in=cases).order_by("case_id", "seq")
    by_case = {pk: list(group) for pk, group in groupby(events, key=lambda event: event.case_id)}
    for case in cases:
        _recalculate(journal, case, by_case[case.pk], at)
    journal.write()


def _recalculate(journal: Journal, case: Case, events: list[CaseEvent], at: datetime) -> None:
    """Record the deadline that the calendar gives by now; a guess by a calendar with gaps stays the old guess."""
    at, told = max(at, events[-1].at), len(journal.events)
    settling.settle(journal, case, at)
    happened = turns_of([*events, *journal.events[told:]])
    found = deadlines.reckon(happened, case.limit, journal.rules.calendar) if case.limit else None
    if found is None or found.is_provisional:
        return
    if (found.due_at, found.left) == (case.due_at, case.left):
        journal.record(case, "confirm_deadline", at=at, changes={"is_due_provisional": False})
    else:
        note = f"{_local(case.due_at)} → {_local(found.due_at)}"
        journal.record(case, "recalculate", at=at, note=note, changes=_given(case, found, at))


def _local(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def _given(case: Case, found: Reckoned, at: datetime) -> dict[str, Any]:
    """The columns of a case with another deadline: steps taken stay, none ahead comes before this was known."""
    return {
        "due_at": found.due_at,
        "left": found.left,
        "is_due_provisional": False,
        "rung_at": deadlines.rung_at_after_reckoning(case, found.due_at),
        "watched_from": at,
    }


def turns_of(events: Iterable[CaseEvent]) -> Iterator[Turned]:
    """What happened to the clock of a case, from its events in order."""
    extras: dict[str, Limit] = {}
    for event in events:
        requests = {name: values for name, values in event.changes.items() if name.startswith("request.")}
        extras.update({name: _extra(values) for name, values in requests.items() if values.get("extra_value")})
        if event.kind in STARTS:
            yield Turned(Turn.START, event.at)
        elif event.kind in RESUMES:
            yield Turned(Turn.RESUME, event.at)
        elif event.kind == "approve":
            is_pause = workflow.STATES[event.to_state].clock is workflow.Clock.PAUSED
            extra = None if is_pause else extras[next(iter(requests))]
            yield Turned(Turn.SUSPEND if is_pause else Turn.EXTEND, event.at, extra)


def _extra(values: dict[str, Any]) -> Limit:
    return Limit(values["extra_value"], Unit(values["extra_unit"]))
