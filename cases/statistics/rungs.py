"""Overdue cases by the rung of the ladder on which they stand, and what is due later today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Value

from cases.querysets import seen_by
from cases.queues import in_queue
from cases.views.lists.overdue import NO_STEP
from citymgmt.people.models import User
from citymgmt.worktime.models import LadderStep
from citymgmt.worktime.rules import current_rules

TODAY = "today"  # beside the codes of rungs, which are no longer than four characters


@dataclass(frozen=True)
class Rung:
    """A rung of the ladder and how many overdue cases stand on it; without a step: on none yet."""

    step: LadderStep | None
    count: int

    @property
    def key(self) -> str:
        """How the page of the overdue names it."""
        return self.step.code if self.step else NO_STEP


def running(user: User, on: date, at: datetime) -> tuple[list[Rung], int]:
    """How many overdue cases stand on each rung, and how many are due later today, in one query.

    Each is counted by itself, because for each an index holds all that is asked.
    """
    seen = seen_by(user, on).order_by()
    late, soon = (in_queue(seen, key, at) for key in ("overdue", "due_today"))
    by_rung = late.values_list("ladder_code").annotate(count=Count("pk"))
    today = soon.annotate(what=Value(TODAY)).values_list("what").annotate(count=Count("pk"))
    counts = dict(by_rung.union(today, all=True))
    due_today = counts.pop(TODAY, 0)
    return _rungs(counts), due_today


def _rungs(late: Mapping[str, int]) -> list[Rung]:
    """The rungs on which overdue cases stand, the lowest first; a step that is out of use is none."""
    steps = current_rules().rows
    below = sum(count for code, count in late.items() if code not in steps)
    upwards = sorted(steps.values(), key=lambda step: (step.ladder, step.position))
    found = [Rung(None, below), *(Rung(step, late.get(step.code, 0)) for step in upwards)]
    return [rung for rung in found if rung.count]
