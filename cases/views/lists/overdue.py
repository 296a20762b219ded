"""What is late, grouped by the rung of the ladder that it has reached."""

from dataclasses import dataclass

from django.db.models import Case as CaseWhen
from django.db.models import Count, QuerySet, Value, When
from django.http import HttpResponse
from django.shortcuts import render

from cases.models import Case
from cases.named import named
from cases.querysets import overdue as are_overdue
from cases.querysets import seen_by
from cases.views.buttons import Button
from cases.views.lists.pages import PortalRequest, action_button, needs, page_of
from citymgmt.people.models import User
from citymgmt.worktime.models import LadderStep
from citymgmt.worktime.rules import Rules, current_rules

ROWS = 30


@dataclass(frozen=True)
class LateRow:
    """An overdue case, the last step of the ladder that it took, if any, and how it can be pressed."""

    case: Case
    step: LadderStep | None
    urge: Button | None
    supervise: Button | None


@dataclass(frozen=True)
class RungCount:
    """How many overdue cases have reached a step; `step` None: none yet."""

    code: str
    step: LadderStep | None
    count: int


@needs("case.urge", "case.supervise")
def overdue(request: PortalRequest) -> HttpResponse:
    """Overdue cases: the highest rung first, on each rung the longest overdue first."""
    rules = current_rules()
    late = are_overdue(seen_by(request.user, request.on), request.at)
    codes = _codes(rules)
    rank = CaseWhen(*[When(ladder_code=code, then=Value(n)) for n, code in enumerate(codes, 1)], default=Value(0))
    ordered = named(late).order_by(rank.desc(), "due_at", "id")
    page = page_of(request, ordered, ROWS)
    context = {
        "page": page,
        "rows": [_late_row(request.user, case, rules) for case in page.object_list],
        "rungs": _rung_counts(late, codes, rules),
        "rules": rules,
        "at": request.at,
    }
    return render(request, "cases/overdue.html", context)


def _late_row(user: User, case: Case, rules: Rules) -> LateRow:
    step = rules.rows.get(case.ladder_code)
    return LateRow(case, step, action_button(user, case, "urge"), action_button(user, case, "supervise"))


def _codes(rules: Rules) -> list[str]:
    """The steps of both ladders, lowest first: the department's ladder stands on that of the case."""
    return [row.code for row in sorted(rules.rows.values(), key=lambda row: (row.ladder, row.position))]


def _rung_counts(late: QuerySet[Case], codes: list[str], rules: Rules) -> list[RungCount]:
    """How many are overdue on each rung, the highest first; rungs without cases are left out."""
    counts = dict(late.order_by().values_list("ladder_code").annotate(Count("pk")))
    known = [RungCount(code, rules.rows[code], counts.pop(code)) for code in reversed(codes) if counts.get(code)]
    return known + ([RungCount("", None, sum(counts.values()))] if counts else [])
