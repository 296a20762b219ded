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
class Sorter:
    """A heading that sorts: `turned` is what the next press sorts by, `direction` how the list is sorted by it now."""

    name: str
    label: Any
    turned: str
    direction: str


@dataclass(frozen=True)
class Column:
    """A column of the table: a plain heading, or one or two that sort."""

    label: Any
    sorters: list[Sorter]

    @property
    def direction(self) -> str:
        """How the list is sorted by this column; empty when it is not."""
        return "".join(sorter.direction for sorter in self.sorters)


COLUMNS: tuple[tuple[Any, dict[str, Any]], ...] = (
    ("", {"number": _("case number"), "created_at": _("reported at")}),
    (_("category"), {}),
    (_("place"), {}),
    ("", {"state": _("state")}),
    ("", {"due_at": _("clock")}),
    (_("officer or team"), {}),
)
UNSEEN = ("page", "ordering", "queue")


@needs("case.view")
def case_list(request: PortalRequest) -> HttpResponse:
    """The cases that fit the filters; to htmx the results alone."""
    seen = seen_by(request.user, request.on)
    asked = CaseListFilter(request.GET, seen.order_by("-created_at", "-id"), request=request)
    found = asked.qs if asked.is_valid() else Case.objects.none()
    ordering = request.GET.get("ordering", "") or NEWEST_FIRST
    page = page_of(request, found.select_related(*LIST_RELATED))
    queue = request.GET.get("queue", "")
    may_dispatch = allows(request.user, "case.dispatch")
    context = {
        "filter": asked,
        "is_filtered": any(value for name, value in request.GET.items() if name not in UNSEEN),
        "is_empty_queue": bool(queue),
        "chips": queue_tabs(CHIPS, queues.count_queues(seen, CHIPS, request.at), queue, toggles=True),
        "page": page,
        "columns": [_column(label, sorters, ordering) for label, sorters in COLUMNS],
        "bulk": BulkDispatchForm(),
        "can_pick": may_dispatch and any(case.state == "filed" for case in page.object_list),
        "may_log": allows(request.user, "case.log"),
        "rules": current_rules(),
        "at": request.at,
    }
    template = "cases/_list_results.html" if request.htmx else "cases/list.html"
    return render(request, template, context, status=200 if asked.is_valid() else 422)


def _column(label: Any, sorters: dict[str, Any], ordering: str) -> Column:
    return Column(label, [_sorter(name, text, ordering) for name, text in sorters.items()])


def _sorter(name: str, label: Any, ordering: str) -> Sorter:
    """The first press sorts upwards, the next one downwards."""
    direction = {name: "ascending", f"-{name}": "descending"}.get(ordering, "")
    return Sorter(name, label, f"-{name}" if direction == "ascending" else name, direction)
