"""When a rule of time has changed: deadlines that waited for it are given, and the sweep looks again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cases.meetings import lifecycle
from cases.meetings.journal import Journal, deadline, settle
from cases.meetings.lifecycle import event_kind
from cases.meetings.models import Resolution
from citymgmt.worktime.rules import change_rules, current_rules

BATCH = 500


@transaction.atomic
def recheck_resolutions(at: datetime) -> int:
    """Give the provisional deadlines that the calendar now covers, and have the next sweep look again at what runs;
    returns how many these are. Rows are locked by ascending id.
    """
    change_rules()
    runs = [key for key, state in lifecycle.STATES.items() if state.runs]
    found = Resolution.objects.filter(Q(state__in=runs) | Q(is_due_provisional=True, ended_at=None)).order_by("id")
    rows = list(found.select_for_update(of=("self",), no_key=True))
    for start in range(0, len(rows), BATCH):
        _recalculate_some([one for one in rows[start : start + BATCH] if one.is_due_provisional], at)
    return Resolution.objects.filter(pk__in=[one.pk for one in rows], state__in=runs).update(next_check_at=at)


def _recalculate_some(resolutions: Sequence[Resolution], at: datetime) -> None:
    if not resolutions:
        return
    journal = Journal(resolutions, current_rules())
    for one in resolutions:
        settle(journal, one, at)
        told = _known(journal, one)
        if told:
            journal.record(one, event_kind("recalculate"), at=at, note=_shift(one, told), changes=told)
    journal.write()


def _known(journal: Journal, resolution: Resolution) -> dict[str, Any]:
    """The columns of the deadline that the calendar gives by now; a guess stays the old guess."""
    assert resolution.counted_from is not None  # a deadline that waits for the calendar was counted from there
    found = deadline(resolution, resolution.counted_from, journal.rules)
    return {} if found["is_due_provisional"] else found


def _shift(resolution: Resolution, told: dict[str, Any]) -> str:
    before, after = (f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" for moment in (resolution.due_at, told["due_at"]))
    return f"{before} → {after}" if before != after else ""
