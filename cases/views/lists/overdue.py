"""What is late, grouped by the rung of the ladder that it has reached."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import DateTimeField, IntegerField, Value
from django.http import HttpResponse
from django.shortcuts import render

from cases.deadlines import CASE_LADDER, ESCALATION_LADDER
from cases.keyset import Key, Order
from cases.models import Case
from cases.named import named
from cases.querysets import overdue as are_overdue
from cases.querysets import seen_by
from cases.queues import count_at_most
from cases.views.buttons import Button
from cases.views.lists.pages import PortalRequest, action_button, page_at_cursor
from citymgmt.pages import needs
from citymgmt.people.models import User
from citymgmt.worktime.models import LadderStep
from citymgmt.worktime.rules import Rules, current_rules

ROWS = 30
NO_STEP = "none"
HIGHEST_RUNG_FIRST = Order(
    [Key("rank", IntegerField(), True), Key("due_at", DateTimeField(), False)], is_oldest_first=True
)


@dataclass(frozen=True)
class LateRow:
    """An overdue case, the last step of the ladder that it took, if any, and how it can be pressed."""

    case: Case
    step: LadderStep | None
    urge: Button | None
    supervise: Button | None

    @property
    def rung(self) -> str:
        """The code of its step."""
        return self.step.code if self.step else NO_STEP


@dataclass(frozen=True)
class Rung:
    """A rung on which cases stand: by its code in an address, its height, the codes of its cases and its step."""

    key: str
    rank: int
    codes: Sequence[str]
    step: LadderStep | None


@dataclass(frozen=True)
class RungCount:
    """How many overdue cases stand on a rung, and the address of these alone, or of all when these are shown alone."""

    code: str
    step: LadderStep | None
    count: int
    url: str
    is_alone: bool


@needs("case.urge", "case.supervise")
def overdue(request: PortalRequest) -> HttpResponse:
    """Overdue cases: the highest rung first, on each rung the longest overdue first; one rung when it is asked for."""
    rules = current_rules()
    late = are_overdue(seen_by(request.user, request.on), request.at)
    piles = {rung: late.filter(ladder_code__in=rung.codes).annotate(rank=Value(rung.rank)) for rung in _rungs(rules)}
    counts = count_at_most({rung.key: pile for rung, pile in piles.items()})
    held = [rung for rung in piles if counts[rung.key]]
    alone = [rung for rung in held if rung.key == request.GET.get("rung")]
    shown = [piles[rung] for rung in alone or held]
    page = page_at_cursor(request, shown, HIGHEST_RUNG_FIRST, named(Case.objects.all()), ROWS)
    context = {
        "page": page,
        "rows": [_late_row(request.user, case, rules) for case in page.object_list],
        "rungs": [_rung_count(rung, counts, rung in alone) for rung in held],
        "rules": rules,
        "at": request.at,
    }
    return render(request, "cases/overdue.html", context)


def _late_row(user: User, case: Case, rules: Rules) -> LateRow:
    step = rules.rows.get(case.ladder_code)
    return LateRow(case, step, action_button(user, case, "urge"), action_button(user, case, "supervise"))


def _rungs(rules: Rules) -> list[Rung]:
    """The rungs of both ladders, the highest first: the department's ladder stands on that of the case.

    Below them stand the cases without a step, or with one that is out of use.
    """
    steps = [row for row in rules.rows.values() if row.ladder in (CASE_LADDER, ESCALATION_LADDER)]
    steps.sort(key=lambda row: (row.ladder, row.position))
    below = Rung(NO_STEP, 0, ("", *sorted(rules.retired)), None)
    above = [Rung(row.code, rank, (row.code,), row) for rank, row in enumerate(steps, 1)]
    return [*reversed(above), below]


def _rung_count(rung: Rung, counts: Mapping[str, int], is_alone: bool) -> RungCount:
    url = "?" if is_alone else f"?rung={rung.key}"
    return RungCount(rung.step.code if rung.step else "", rung.step, counts[rung.key], url, is_alone)
