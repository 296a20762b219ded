"""All cases that a person may see, filtered, sorted, in pages."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from cases import queues
from cases.list_forms import BulkDispatchForm, CaseListFilter
from cases.models import Case
from cases.querysets import LIST_RELATED, seen_by
from cases.views.lists.pages import PortalRequest, needs, page_of, queue_tabs
from citymgmt.people.permissions import allows
from citymgmt.worktime.rules import current_rules

CHIPS = ("open", "overdue", "escalated", "due_today", "closed_this_month")
NEWEST_FIRST = "-created_at"


@dataclass(frozen=True)
class Column:
    """A column of the table; with `ordering` it sorts. `turned` is what its heading sorts by next."""

    label: Any
    ordering: str = ""
    turned: str = ""
    direction: str = ""


COLUMNS = (
    (_("case number"), "number"),
    (_("category"), ""),
    (_("place"), ""),
    (_("community"), ""),
    (_("state"), "state"),
    (_("clock"), "due_at"),
    (_("ladder"), ""),
    (_("officer or team"), ""),
    (_("reported at"), "created_at"),
)


@needs("case.view")
def case_list(request: PortalRequest) -> HttpResponse:
    """The cases that fit the filters; to htmx the results alone."""
    seen = seen_by(request.user, request.on)
    asked = CaseListFilter(request.GET, seen.order_by("-created_at", "-id"), request=request)
    found = asked.qs if asked.is_valid() else Case.objects.none()
    ordering = request.GET.get("ordering", "") or NEWEST_FIRST
    page = page_of(request, found.select_related(*LIST_RELATED))
    may_dispatch = allows(request.user, "case.dispatch")
    context = {
        "filter": asked,
        "is_filtered": any(value for name, value in request.GET.items() if name not in ("page", "ordering")),
        "chips": queue_tabs(CHIPS, queues.count_queues(seen, CHIPS, request.at), request.GET.get("queue", "")),
        "page": page,
        "columns": [_column(label, name, ordering) for label, name in COLUMNS],
        "bulk": BulkDispatchForm(),
        "can_pick": may_dispatch and any(case.state == "filed" for case in page.object_list),
        "may_log": allows(request.user, "case.log"),
        "rules": current_rules(),
        "at": request.at,
    }
    template = "cases/_list_results.html" if request.htmx else "cases/list.html"
    return render(request, template, context, status=200 if asked.is_valid() else 422)


def _column(label: Any, name: str, ordering: str) -> Column:
    """A heading: the first press sorts upwards, the next one downwards."""
    direction = {name: "ascending", f"-{name}": "descending"}.get(ordering, "") if name else ""
    return Column(label, name, f"-{name}" if direction == "ascending" else name, direction)
