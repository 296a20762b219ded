"""All cases that a person may see: filtered, sorted, page by key, in the columns that the person chose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from cases import queues, workflow
from cases.columns import Column, columns_of
from cases.keyset import KeysetPage, page_by_key
from cases.list_forms import BulkForm, CaseListFilter
from cases.listing import NEWEST_FIRST, asked_list, ordered
from cases.models import Case, SavedView
from cases.named import named
from cases.querysets import seen_by, views_kept
from cases.views.lists.cells import Row, pick_cell, rows_of
from cases.views.lists.pages import PortalRequest, queue_tabs
from citymgmt.pages import ROWS_PER_PAGE, needs
from citymgmt.people.models import User
from citymgmt.people.permissions import allows
from citymgmt.worktime.rules import current_rules

CHIPS = ("open", "overdue", "escalated", "due_today", "closed_this_month")


@dataclass(frozen=True)
class Sorter:
    """A heading that sorts: `url` sorts by it the other way, `direction` is how the list is sorted by it now."""

    label: Any
    url: str
    direction: str


@dataclass(frozen=True)
class Heading:
    """A column of the table: a plain heading, or one or two that sort."""

    column: Column
    sorters: list[Sorter]

    @property
    def label(self) -> Any:
        """The heading; the sorters speak for themselves."""
        return "" if self.sorters else self.column.label

    @property
    def direction(self) -> str:
        """How the list is sorted by this column; empty when it is not."""
        return "".join(sorter.direction for sorter in self.sorters)


@needs("case.view")
def case_list(request: PortalRequest) -> HttpResponse:
    """The cases that fit the filters; to htmx the results alone."""
    asked = asked_list(request.GET, request)
    page = _page(request, asked)
    views = views_kept(request.user, request.on)
    columns = columns_shown(request, views)
    queue = request.GET.get("queue", "")
    seen = seen_by(request.user, request.on)
    actions = _bulk_actions(request.user, page.object_list)
    context = {
        "filter": asked,
        "is_filtered": asked.form.is_filtered,
        "is_empty_queue": bool(queue),
        "chips": queue_tabs(CHIPS, queues.count_queues(seen, CHIPS, request.at), queue, toggles=True),
        "page": page,
        "columns": _headings(columns, request.GET),
        "bulk": BulkForm(),
        "bulk_actions": actions,
        "rows": _rows(page.object_list, columns, set().union(*actions.values()) if actions else None, request.at),
        "may_log": allows(request.user, "case.log"),
        "views": [view for view in views if view.name],
        "view_id": request.GET.get("view", ""),
        "kept_query": kept_query(request),
        "shown_keys": ",".join(column.key for column in columns),
    }
    template = "cases/_list_results.html" if request.htmx else "cases/list.html"
    return render(request, template, context, status=200 if asked.is_valid() else 422)


def _rows(cases: Sequence[Case], columns: Sequence[Column], picked_states: set[str] | None, at: datetime) -> list[Row]:
    """The rows of the page; with boxes to choose the cases in these states, if there is anything to do with many."""
    rules = current_rules()
    rows = rows_of(cases, columns, rules, at)
    if picked_states is None:
        return rows
    picks = (pick_cell(case, case.state in picked_states) for case in cases)
    return [Row(pick + row.cells, row.is_overdue) for pick, row in zip(picks, rows, strict=True)]


def columns_shown(request: PortalRequest, views: Sequence[SavedView]) -> list[Column]:
    """The columns that the address names, else those that the person chose, else the usual ones."""
    named = request.GET.get("columns", "")
    if named:
        return columns_of(named.split(","))
    chosen: list[str] = next((view.columns for view in views if is_own_choice(view, request.user)), [])
    return columns_of(chosen)


def is_own_choice(view: SavedView, user: User) -> bool:
    """Whether this is not a view with a name, but the columns that the person chose."""
    return not view.name and view.owner_id == user.pk


def kept_query(request: PortalRequest) -> str:
    """The filters and the order of the address, without page and columns."""
    kept = request.GET.copy()
    for name in set(kept) - set(CaseListFilter.base_filters):
        del kept[name]
    return kept.urlencode()


def _page(request: PortalRequest, asked: CaseListFilter) -> KeysetPage[Case]:
    """The page at the cursor. Raises: Invalid for a damaged cursor."""
    if not asked.is_valid():
        return KeysetPage([], "", "")
    rows, keys = ordered(asked.qs, asked.form.cleaned_data)
    return page_by_key(named(rows), keys, request.GET.get("cursor", ""), ROWS_PER_PAGE)


def _bulk_actions(user: User, cases: Sequence[Case]) -> dict[str, frozenset[str]]:
    """What can be done to several cases of the page at once: action to states in which it is possible."""
    found: dict[str, frozenset[str]] = {}
    for action in ("dispatch", "urge"):
        transition = workflow.TRANSITIONS[action]
        if allows(user, transition.permission) and any(case.state in transition.sources for case in cases):
            found[action] = frozenset(transition.sources)
    return found


def _headings(columns: Sequence[Column], query: QueryDict) -> list[Heading]:
    """The headings; those that sort keep the filters and begin at the first page."""
    ordering = query.get("ordering", "") or NEWEST_FIRST
    kept = query.copy()
    for name in ("ordering", "cursor"):
        kept.pop(name, None)
    rest = kept.urlencode()
    url = f"?{rest}&ordering=" if rest else "?ordering="
    return [
        Heading(column, [_sorter(name, label, ordering, url) for name, label in column.sorts.items()])
        for column in columns
    ]


def _sorter(name: str, label: Any, ordering: str, url: str) -> Sorter:
    """The first press sorts upwards, the next one downwards."""
    direction = {name: "ascending", f"-{name}": "descending"}.get(ordering, "")
    return Sorter(label, url + (f"-{name}" if direction == "ascending" else name), direction)
