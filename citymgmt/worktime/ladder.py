"""The escalation ladder: which step comes next for something that is timed, and when.

Pure: the steps are configuration rows, the timing is what the ladder needs to know of a case, an escalation,
a resolution or a duty. No moment depends on when somebody looks, so late, doubled and missed looks find the
same steps at the same moments.

Source: domain.md 5.3 (default ladder), house.md 5 (settle).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from citymgmt.worktime.clock import Calendar, Limit, Unit, due, duration_of, subtract

DUE = "due"
PREVIOUS = "previous"


@dataclass(frozen=True)
class Step:
    """One rung: `delay` after its anchor, or a lead before the due moment.

    `anchor` is "due" (the due moment) or "previous" (the moment of the last step taken, the due moment while
    there is none). A step at or after its anchor gives `delay`, counted in the delay's own unit, or None for
    the anchor itself. A step before the due moment gives `lead_percent` of the limit, or a fixed `lead` for
    limits of at least `lead_from` in the same unit, or both. `requires` names the facts without which the
    step is passed over.

    Raises ValueError for another anchor, or a lead that is combined with a delay or with anchor "previous".
    """

    code: str
    position: int
    anchor: str
    delay: Limit | None
    lead_percent: int = 0
    lead: Limit | None = None
    lead_from: Limit | None = None
    requires: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.anchor not in (DUE, PREVIOUS):
            raise ValueError(f"unknown anchor {self.anchor!r}")
        if self.has_lead and (self.delay is not None or self.anchor != DUE):
            raise ValueError("a lead counts back from the due moment and takes no delay")

    @property
    def has_lead(self) -> bool:
        """Whether the step comes before the due moment."""
        return bool(self.lead_percent or self.lead)


@dataclass(frozen=True)
class Timing:
    """What the ladder needs of a timed thing.

    `unit` is the clock it is due by; `limit` is None when somebody set the due moment by hand. `rung` is the
    position of the last step taken, 0 for none, and `rung_at` its moment. `watched_from` is when the thing
    started to be watched (again, after a pause). `due_at` None means that nothing runs.
    """

    due_at: datetime | None
    limit: Limit | None
    unit: Unit
    rung: int
    rung_at: datetime | None
    watched_from: datetime | None


@dataclass(frozen=True)
class DueStep:
    """A step and the moment at which it falls due."""

    step: Step
    at: datetime


class Rules(Protocol):
    """The calendar and the ladders in force."""

    @property
    def calendar(self) -> Calendar: ...
    @property
    def ladders(self) -> Mapping[str, tuple[Step, ...]]: ...


@dataclass(frozen=True)
class Due:
    """What falls due next for a thing: a step of the named ladder; without a step, the named end of a wait."""

    ladder: str
    step: Step | None
    at: datetime


def next_due(ladder: str, timing: Timing, facts: frozenset[str], rules: Rules) -> Due | None:
    """The next step of the named ladder with its moment; None when there is none, or no such ladder."""
    found = next_step(rules.ladders.get(ladder, ()), timing, facts, rules.calendar)
    return Due(ladder, found.step, found.at) if found else None


def next_step(steps: Iterable[Step], timing: Timing, facts: frozenset[str], calendar: Calendar) -> DueStep | None:
    """The lowest step above the rung whose requirements are met, with its moment; None when there is none.

    The moment is never before `watched_from` (no step falls due while nobody watches) nor before the last
    step (history stays in order). A step of unknown moment (a percentage of no limit) is passed over.
    """
    ahead = (step for step in steps if step.position > timing.rung and step.requires <= facts)
    for step in sorted(ahead, key=lambda step: step.position):
        moment = _moment(step, timing, calendar)
        if moment is not None:
            return DueStep(step, _not_before(moment, timing))
    return None


def advance(timing: Timing, taken: DueStep) -> Timing:
    """The timing once a step has been taken at its moment."""
    return replace(timing, rung=taken.step.position, rung_at=taken.at)


def settle(
    steps: Iterable[Step], timing: Timing, facts: frozenset[str], calendar: Calendar, now: datetime
) -> tuple[list[DueStep], datetime | None]:
    """All steps that fell due until and including `now`, in order, and the moment of the next check.

    For things whose facts no step changes; otherwise take `next_step` and `advance` one by one.
    """
    steps = tuple(steps)
    taken: list[DueStep] = []
    ahead = next_step(steps, timing, facts, calendar)
    while ahead is not None and ahead.at <= now:
        taken.append(ahead)
        timing = advance(timing, ahead)
        ahead = next_step(steps, timing, facts, calendar)
    return taken, ahead.at if ahead else None


def _moment(step: Step, timing: Timing, calendar: Calendar) -> datetime | None:
    if timing.due_at is None:
        return None
    if step.has_lead:
        return _before_due(step, timing.due_at, timing.limit, calendar)
    anchor = timing.rung_at if step.anchor == PREVIOUS and timing.rung_at else timing.due_at
    return due(calendar, anchor, step.delay) if step.delay and step.delay.value else anchor


def _before_due(step: Step, due_at: datetime, limit: Limit | None, calendar: Calendar) -> datetime | None:
    """Without a limit only the fixed lead can be known; None when the step has none."""
    if step.lead and _takes_fixed_lead(step, limit):
        return subtract(calendar, due_at, step.lead.unit, duration_of(step.lead, calendar))
    if limit is None:
        return None
    share = duration_of(limit, calendar) * step.lead_percent // 100
    return subtract(calendar, due_at, limit.unit, share)


def _takes_fixed_lead(step: Step, limit: Limit | None) -> bool:
    if limit is None or step.lead_from is None:
        return True
    return limit.unit == step.lead_from.unit and limit.value >= step.lead_from.value


def _not_before(moment: datetime, timing: Timing) -> datetime:
    return max(moment, timing.watched_from or moment, timing.rung_at or moment)
