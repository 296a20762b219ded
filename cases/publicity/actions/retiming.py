"""When a rule of time has changed: answers that are due get the deadline of now, and the sweep looks again."""

from collections.abc import Sequence
from datetime import datetime

from cases.publicity.actions.frame import SUGGESTIONS
from cases.publicity.journal import answer_due, settle_suggestions
from cases.publicity.lifecycle import OPEN, OUT, PLANNED, SUGGESTION
from cases.publicity.models import Forum, PublicityItem, Suggestion
from citymgmt.worktime.rules import change_rules, current_rules

BATCH = 500


def retime_publicity(at: datetime) -> int:
    """Have the deadline of each open answer follow the ladder, whose first step says within how many working days, and
    the next sweep look again at all that is timed; returns how many these are.
    """
    change_rules()
    rows = Suggestion.objects.filter(state=OPEN).order_by("pk")
    found = list(rows.select_for_update(of=("self",), no_key=True))
    for start in range(0, len(found), BATCH):
        _recalculate(found[start : start + BATCH], at)
    timed = [
        Suggestion.objects.filter(due_at__isnull=False),
        PublicityItem.objects.filter(state__in=(PLANNED, OUT), due_at__isnull=False),
        Forum.objects.filter(state=PLANNED),
    ]
    return sum(one.update(next_check_at=at) for one in timed)


def _recalculate(batch: Sequence[Suggestion], at: datetime) -> None:
    rules = current_rules()
    settle_suggestions(batch, at, rules)
    journal = SUGGESTIONS.kind.journal(batch, rules)
    for one in batch:
        told = answer_due(one.received_on, one.made_at, rules)
        due = {name: told[name] for name in ("due_at", "limit_value", "limit_unit", "is_due_provisional")}
        if any(getattr(one, name) != value for name, value in due.items()):
            journal.record(one, SUGGESTION.kind("recalculate"), at=at, changes=due)
    journal.write()
