"""The clerk's desk: what waits, how much of it, and the next button of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter

from django.db.models import QuerySet, Value
from django.http import HttpResponse
from django.shortcuts import render

from cases import queues
from cases.models import Case, TimeRequest
from cases.named import named
from cases.querysets import seen_by
from cases.queues import QUEUES, Queue
from cases.views.lists.pages import CaseRow, PortalRequest, case_rows
from citymgmt.pages import needs
from citymgmt.people.permissions import allows, visible_to
from citymgmt.worktime.clock import Calendar
from citymgmt.worktime.rules import current_rules

TILES = ("to_accept", "verifying", "to_file", "to_dispatch", "to_inspect", "returned", "overdue", "escalated")
BY_STATE = ("to_accept", "to_file", "to_dispatch", "returned", "to_inspect", "verifying")
PILES = {**dict.fromkeys(BY_STATE, ("created_at", "id")), **dict.fromkeys(("overdue", "escalated"), ("due_at", "id"))}
SHORT = 8


@dataclass(frozen=True)
class Pile:
    """A queue as a panel of the desk: its first rows and how many there are."""

    queue: Queue
    rows: list[CaseRow]
    count: int


@needs("case.file")
def desk(request: PortalRequest) -> HttpResponse:
    """The desk of the sub-district office."""
    seen = seen_by(request.user, request.on)
    rules = current_rules()
    counts = queues.count_queues(seen, TILES, request.at, {"requests": _requests(request)})
    context = {
        "tiles": [(QUEUES[key], counts[key]) for key in TILES],
        "reviews": allows(request.user, "request.review"),
        "request_count": counts["requests"],
        "piles": list(_piles(request, seen, counts)),
        "years_without_calendar": years_without_calendar(rules.calendar, request.on),
        "may_log": allows(request.user, "case.log"),
        "rules": rules,
        "at": request.at,
    }
    return render(request, "cases/desk.html", context)


def years_without_calendar(calendar: Calendar, on: date) -> list[int]:
    """The years of this month and the next whose holidays nobody has entered yet."""
    next_month = on.replace(day=28) + timedelta(days=4)
    return sorted({day.year for day in (on, next_month) if not calendar.covers(day)})


def _requests(request: PortalRequest) -> QuerySet[TimeRequest]:
    """The requests for more time that wait for this person's level."""
    level = TimeRequest.State.ASKED if allows(request.user, "request.review") else TimeRequest.State.REVIEWED
    return visible_to(request.user, TimeRequest.objects.filter(state=level), on=request.on)


def _piles(request: PortalRequest, cases: QuerySet[Case], counts: dict[str, int]) -> Iterator[Pile]:
    found = _first_of_each(cases, request.at)
    for key in PILES:
        queue = QUEUES[key]
        if found[key]:
            yield Pile(queue, case_rows(request.user, found[key], queue.action), counts[key])


def _first_of_each(cases: QuerySet[Case], at: datetime) -> dict[str, list[Case]]:
    """The first cases of each pile, in two queries that read no more than what is shown."""
    first, *rest = (
        queues.in_queue(cases, key, at).order_by(*order).values_list(Value(key), "pk")[:SHORT]
        for key, order in PILES.items()
    )
    firsts = list(first.union(*rest, all=True))
    rows = named(Case.objects.filter(pk__in={pk for _key, pk in firsts}))
    known = {case.pk: case for case in rows}
    found: dict[str, list[Case]] = {key: [] for key in PILES}
    for key, pk in firsts:
        found[key].append(known[pk])
    return {key: sorted(found[key], key=attrgetter(*PILES[key])) for key in PILES}
