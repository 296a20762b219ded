"""What the life of a case counts as in the statistics: one claim for each counting rule. Pure.

A case leaves the count at the stage in which it was voided or merged: while it waited to be accepted as if declined
(reported, not valid), while it waited to be filed as if not filed. What was handled on the spot never enters; what an
upheld appeal exempts, and what is suspended now, is neither due to be handled nor to be closed, but shown. Handling is
on time by the bundled deadline, over all rounds of rework. An imported ledger tells neither of filing nor of dispatch:
both count as done when the case was opened. Source: domain.md 4.2 (4.1 for the names), 3.2 (void), 3.3 (stages); that
suspended cases stay out is Jinhua's rule of the two that the sources give.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import takewhile

from cases.workflow import RUNNING
from citymgmt.worktime.clock import HOUR, NONE, SHANGHAI, Calendar, Limit, Unit, between, duration_of

ACCEPTING, FILING, DISPATCHING, HANDLING, INSPECTING = range(1, 6)
STAGES = {
    "reported": ACCEPTING,
    "accepted": FILING,
    "verifying": FILING,
    "filed": DISPATCHING,
    "dispatched": HANDLING,
    "handling": HANDLING,
    "escalated": HANDLING,
    "suspended": HANDLING,
    "reported_back": INSPECTING,
}
LEFT = frozenset({"void", "merged"})
JUDGED = frozenset({"judge_solved", "judge_unsolved"})  # by whoever reported it
SENT = frozenset({"dispatched", "escalated"})  # with who handles it: straight from the desk to the district is one way


@dataclass(frozen=True)
class Step:
    """One event of a history, as far as the statistics look at it; `is_satisfied` where a judgement tells it."""

    kind: str
    at: datetime
    from_state: str
    to_state: str
    is_satisfied: bool | None = None


@dataclass(frozen=True)
class StageLimits:
    """How much office time each stage may take before handling. Source: domain.md 3.6, stage limits; data."""

    filing: timedelta
    dispatching: timedelta
    verifying: timedelta
    inspecting: timedelta


@dataclass(frozen=True)
class Rules:
    """The office hours by which stages are measured, and their limits."""

    calendar: Calendar = field(hash=False)
    limits: StageLimits

    def within(self, limit: timedelta, start: datetime, end: datetime, without: timedelta = NONE) -> bool:
        """Whether at most `limit` of office time passed from start to end, `without` not counted."""
        return self.office_time(start, end) - without <= limit

    def office_time(self, start: datetime, end: datetime) -> timedelta:
        """The office time from start to end."""
        return between(self.calendar, start, end, Unit.WORKING_HOUR)


@dataclass(frozen=True)
class Life:
    """A case as it stands at `as_of`, and the steps that led there, in order; `granted` is what extensions added."""

    steps: Sequence[Step] = field(hash=False)
    state: str
    created_at: datetime
    filed_at: datetime | None
    due_at: datetime | None
    handled_at: datetime | None
    closed_at: datetime | None
    close_kind: str
    source: str
    rework_count: int
    extension_count: int
    appeal: str
    as_of: datetime
    rules: Rules = field(hash=False)
    limit: Limit | None = None
    granted: Sequence[Limit] = ()
    is_campaign: bool = False
    has_place: bool = False
    recurs_after: timedelta | None = None  # from its closing until the same was reported there again

    # how far it counts

    @cached_property
    def left_at(self) -> int | None:
        """The stage in which the case was voided or merged; None when it was not."""
        if self.state not in LEFT:
            return None
        ending = next(step for step in self.steps if step.to_state == self.state)  # notes may follow it
        return STAGES[ending.from_state]

    @property
    def is_self_handled(self) -> bool:
        """自行处置: put right on the spot; counted apart."""
        return self.close_kind == "self_handled"

    def counts_in(self, stage: int) -> bool:
        """Whether the case still counts in a stage: not handled on the spot, and not left in it or before."""
        return not self.is_self_handled and (self.left_at is None or self.left_at > stage)

    def _reached(self, stage: int) -> bool:
        stages = (STAGES[step.to_state] for step in self.steps if step.to_state in STAGES)
        return any(reached >= stage for reached in stages) or self._imported_as == "closed"

    @property
    def _imported_as(self) -> str | None:
        """The state in which a ledger brought it; None when none did."""
        return self.steps[0].to_state if self.steps and self.steps[0].kind == "import" else None

    @property
    def is_exempt(self) -> bool:
        """Whether an upheld appeal takes it out of what is judged; that it was late stays a fact."""
        return self.appeal == "upheld"

    @property
    def is_suspended(self) -> bool:
        """Whether its clock stands still now (挂账)."""
        return self.state == "suspended"

    @property
    def suspended_at(self) -> datetime | None:
        """Since when its clock stands still; None when it runs. After more than 60 days it is a backlog (积存)."""
        return self._first_to("suspended") if self.is_suspended else None  # a case is suspended once at most

    # reported and filed

    @property
    def is_reported(self) -> bool:
        """上报: it was reported, and not handled on the spot."""
        return not self.is_self_handled

    @property
    def is_valid(self) -> bool:
        """有效上报: the report was accepted."""
        return self.counts_in(ACCEPTING) and self._reached(FILING)

    @property
    def is_filed(self) -> bool:
        """立案; a ledger gives a moment of filing also to what still waits for it."""
        return self.filed_at is not None and self.counts_in(FILING) and self._reached(DISPATCHING)

    @property
    def is_filed_on_time(self) -> bool:
        """按时立案: within the stage's limit, without the time in which it was being verified."""
        if self.filed_at is None or not self.is_filed:
            return False
        limit, away = self.rules.limits.filing, self._time_of_verifying(self.filed_at)
        return self.rules.within(limit, self.created_at, self.filed_at, away)

    @property
    def is_filed_correctly(self) -> bool:
        """准确立案: filed, and not voided afterwards."""
        return self.is_filed and self.state != "void"

    # verified

    @cached_property
    def verified_at(self) -> datetime | None:
        """When it was first sent to be verified."""
        return self._first("verify")

    @property
    def is_verified_on_time(self) -> bool:
        """按时核实: the answer came within the stage's limit."""
        answer = self._first("confirm")
        if self.verified_at is None or answer is None:
            return False
        return self.rules.within(self.rules.limits.verifying, self.verified_at, answer)

    # dispatched

    @cached_property
    def dispatched_at(self) -> datetime | None:
        """When it was first sent to who handles it, by a person or in the same act in which it was filed."""
        if self._imported_as in ("handling", "closed"):
            return self.filed_at
        return self._first_to(*SENT)

    @property
    def is_to_dispatch(self) -> bool:
        """应派遣: filed, and still counted there."""
        return self.is_filed and self.counts_in(DISPATCHING)

    @property
    def is_dispatched_on_time(self) -> bool:
        """按期派遣."""
        if self.filed_at is None or self.dispatched_at is None or not self.is_to_dispatch:
            return False
        return self.rules.within(self.rules.limits.dispatching, self.filed_at, self.dispatched_at)

    @property
    def is_dispatched_correctly(self) -> bool:
        """准确派遣: nobody returned it as not theirs."""
        return self.is_to_dispatch and self.dispatched_at is not None and self._first("return") is None

    # handled

    @property
    def is_to_handle(self) -> bool:
        """应处置: dispatched; neither exempt nor suspended."""
        judged = not self.is_exempt and not self.is_suspended
        return judged and self.dispatched_at is not None and self.counts_in(HANDLING)

    @property
    def is_handled(self) -> bool:
        """处置: handling was reported back, and not sent back since."""
        return self.is_to_handle and self.handled_at is not None

    @property
    def is_handled_on_time(self) -> bool:
        """按期处置: by the bundled deadline."""
        return self.is_handled and self._is_in_time

    @property
    def is_overdue_unhandled(self) -> bool:
        """超期未处置: its clock runs past the deadline."""
        return self.is_to_handle and self.is_late_now

    @property
    def is_late_now(self) -> bool:
        """Overdue at this moment, whatever else."""
        return self.state in RUNNING and self.due_at is not None and self.due_at < self.as_of

    @property
    def is_extended(self) -> bool:
        """延期: judged by the extended time, and shown beside it."""
        return self.is_to_handle and self.extension_count > 0

    @property
    def extension_hours(self) -> int:
        """延期小时: whole hours that extensions added, on the limit's own clock."""
        return self._sum_of(self.granted) // HOUR

    @property
    def percent_overdue(self) -> int | None:
        """超时倍数: time beyond the deadline in whole percent of the time allowed, both on the limit's own clock.

        The time allowed is the limit with its extensions. None unless handled, late, and by a limit.
        """
        due_at, handled_at = self.due_at, self.handled_at
        if self.limit is None or due_at is None or handled_at is None or not self.is_handled or self._is_in_time:
            return None
        over = between(self.rules.calendar, due_at, handled_at, self.limit.unit)
        return 100 * over // self._sum_of([self.limit, *self.granted])

    @property
    def minutes_to_handle(self) -> int | None:
        """Natural minutes from the first dispatch until it was handled; None while it is not."""
        if not self.is_handled or self.handled_at is None or self.dispatched_at is None:
            return None
        return max(0, round((self.handled_at - self.dispatched_at) / timedelta(minutes=1)))

    # inspected and closed

    @property
    def reported_back_at(self) -> datetime | None:
        """When handling was last reported back for inspection."""
        return next((step.at for step in reversed(self.steps) if step.kind == "report_back"), None)

    @property
    def is_to_inspect(self) -> bool:
        """应核查: reported back, and still counted there."""
        return self.reported_back_at is not None and self.counts_in(INSPECTING)

    @property
    def inspected_at(self) -> datetime | None:
        """When the last report was judged; None while it waits for that."""
        end = None
        for step in reversed(self.steps):
            if step.kind == "report_back":
                return end
            end = step.at if step.from_state == "reported_back" != step.to_state else end
        return None

    @property
    def is_inspected_on_time(self) -> bool:
        """按时核查: the last report was judged within the stage's limit."""
        start, end = self.reported_back_at, self.inspected_at
        if start is None or end is None or not self.is_to_inspect:
            return False
        return self.rules.within(self.rules.limits.inspecting, start, end)

    @property
    def is_to_close(self) -> bool:
        """应结案: handled, or overdue and not handled."""
        return self.counts_in(INSPECTING) and (self.is_handled or self.is_overdue_unhandled)

    @property
    def is_closed(self) -> bool:
        """结案."""
        return self.is_to_close and self.state == "closed"

    @property
    def is_closed_on_time(self) -> bool:
        """按期结案."""
        return self.is_closed and self._is_in_time

    @property
    def is_closed_late(self) -> bool:
        """超期结案."""
        return self.is_closed and not self._is_in_time

    @property
    def is_reworked(self) -> bool:
        """返工: sent back at least once; a case counts once."""
        return self.is_to_close and self.rework_count > 0

    # whether it lasted

    @property
    def is_ended_at_a_place(self) -> bool:
        """Closed, not on the spot, at a place that is known: whether it recurs there can be seen."""
        return self.state == "closed" and self.has_place and not self.is_self_handled

    def recurred_within(self, time: timedelta) -> bool:
        """回潮: the same disorder was reported at the same place again, so soon after it was closed."""
        return self.is_ended_at_a_place and self.recurs_after is not None and self.recurs_after <= time

    # what whoever reported it thinks of its end; several may, when they reported the same

    @cached_property
    def _judgements(self) -> list[Step]:
        """What was said of the closing that stands; nothing of an earlier one, after which it was opened again."""
        if self.state != "closed" or self.is_self_handled:
            return []
        since = takewhile(lambda step: step.from_state == step.to_state, reversed(self.steps))
        return [step for step in since if step.kind in JUDGED]

    @property
    def is_judged(self) -> bool:
        """回访有效: somebody judged how it was closed, on the page or asked by telephone."""
        return bool(self._judgements)

    @property
    def is_judged_solved(self) -> bool:
        """解决: all who judged it say that it is solved."""
        return self.is_judged and all(step.kind == "judge_solved" for step in self._judgements)

    @property
    def is_rated(self) -> bool:
        """Whether it is told if they are satisfied; of older judgements only is whether it is solved."""
        return any(step.is_satisfied is not None for step in self._judgements)

    @property
    def is_rated_satisfied(self) -> bool:
        """满意: all of whom it is told are satisfied, at least fairly (基本满意)."""
        return self.is_rated and all(step.is_satisfied is not False for step in self._judgements)

    # standing

    @property
    def is_open(self) -> bool:
        """Not ended yet."""
        return self.closed_at is None

    @property
    def _is_in_time(self) -> bool:
        return self.due_at is None or self.handled_at is None or self.handled_at <= self.due_at

    def _first(self, kind: str) -> datetime | None:
        return next((step.at for step in self.steps if step.kind == kind), None)

    def _first_to(self, *states: str) -> datetime | None:
        return next((step.at for step in self.steps if step.to_state in states), None)

    def _sum_of(self, limits: Iterable[Limit]) -> timedelta:
        return sum((duration_of(limit, self.rules.calendar) for limit in limits), NONE)

    def _time_of_verifying(self, until: datetime) -> timedelta:
        return sum((self.rules.office_time(start, min(end, until)) for start, end in self._verifying()), NONE)

    def _verifying(self) -> Iterator[tuple[datetime, datetime]]:
        start = None
        for step in self.steps:
            if step.to_state == "verifying" and start is None:
                start = step.at
            elif step.to_state != "verifying" and start is not None:
                yield start, step.at
                start = None


def local_day(at: datetime | None) -> date | None:
    """The local day of a moment."""
    return at.astimezone(SHANGHAI).date() if at is not None else None
