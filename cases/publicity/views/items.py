"""Pages to look at publicity: the list, a month day by day, one item."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.publicity.filters import ItemFilter, places_of
from cases.publicity.lifecycle import FORUM, FORUM_VIEW, ITEM, KEEP, OFF, PLANNED, VIEW
from cases.publicity.models import PublicityItem
from cases.publicity.querysets import acts_for_the_office, forums_seen, items_seen, visible_item
from cases.publicity.views.shown import buttons_of, history_of, row_of
from citymgmt.fields import day_of
from citymgmt.months import last_of, months_later
from citymgmt.pages import needs, page_of
from citymgmt.people.permissions import allows, reaches_as_far
from communities import maps

IMPORT, MOST_MAKERS = "publicity.import", 200


def asked_items(request: Any) -> tuple[ItemFilter, QuerySet[PublicityItem]]:
    """The filter as it was sent, and the items that the person sees by it; none where it is wrong."""
    seen = items_seen(request.user, request.on)
    makers = seen.exclude(maker="").order_by("maker").values_list("maker", flat=True).distinct()[:MOST_MAKERS]
    form = ItemFilter(
        request.GET,
        at=request.at,
        places=places_of(request.user, request.on, VIEW),
        makers=list(makers),
        whole=acts_for_the_office(request.user, VIEW),
    )
    return form, seen.filter(form.question()) if form.is_valid() else seen.none()


def around(request: Any, here: str) -> dict[str, Any]:
    """What stands around each page of the room."""
    return {"here": here, "may_keep": allows(request.user, KEEP), "may_import": allows(request.user, IMPORT)}


@require_safe
@needs(VIEW)
def item_list(request: Any) -> HttpResponse:
    """The items that the person sees, the latest first, with how much they are together. Raises: NotPermitted."""
    form, rows = asked_items(request)
    page = page_of(request, rows)
    together = rows.order_by().aggregate(quantity=Sum("quantity", default=0), reached=Sum("reached", default=0))
    context = {
        **around(request, "items"),
        **together,
        "is_of_one_kind": form.is_valid() and bool(form.cleaned_data["kind"]),
        "form": form,
        "page": page,
        "rows": [row_of(ITEM, one, request) for one in page],
        "asked": request.GET.urlencode(),
    }
    return render(request, "publicity/list.html", context, status=200 if form.is_valid() else 422)


@require_safe
def item(request: Any, pk: int) -> HttpResponse:
    """One item: how it stands, what is to be done next, its history. Raises: NotFound."""
    found = visible_item(request.user, pk, request.on)
    is_placed = found.longitude is not None and found.latitude is not None
    areas = maps.areas([found.community]) if found.community else []
    context = {
        "item": found,
        "row": row_of(ITEM, found, request),
        "kind": _(found.told_kind.label),
        "steps": _steps(found, request),
        "may_change": found.state == PLANNED and reaches_as_far(request.user, KEEP, VIEW),
        "history": history_of(ITEM, found),
        "drawing": maps.drawing(areas=areas, pin=maps.on_map(found.longitude, found.latitude)) if is_placed else None,
    }
    return render(request, "publicity/item.html", context)


def _steps(found: PublicityItem, request: Any) -> list[Any]:
    """The steps as buttons; what has no end is neither taken down nor prolonged."""
    buttons = buttons_of(ITEM, found, request.user, "publicity:act", VIEW)
    return [one for one in buttons if found.until_on or one[0].action not in ("take_down", "prolong")]


# --- a month -------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Entry:
    """Something on a day: what happens, to what, where."""

    what: str
    tone: str
    thing: Any
    where: str


@require_safe
@needs(VIEW)
def month(request: Any) -> HttpResponse:
    """A month day by day: what is planned, was put out, is to be taken down, and forums. Raises: NotPermitted."""
    first = day_of(f"{request.GET.get('month', '')}-01") or request.on.replace(day=1)
    days = defaultdict[date, list[Entry]](list)
    for day, entry in [*_items_of(request, first), *_forums_of(request, first)]:
        days[day].append(entry)
    context = {
        **around(request, "month"),
        "month": first,
        "month_before": months_later(first, -1),
        "month_after": months_later(first, 1),
        "days": [(day, day == request.on, days[day]) for day in sorted(days)],
    }
    return render(request, "publicity/month.html", context)


def _items_of(request: Any, first: date) -> list[tuple[date, Entry]]:
    names = {
        "planned_on": (_("planned"), "waiting"),
        "put_on": (_("put out"), "done"),
        "until_on": (_("take down"), "soon"),
    }
    last, asked = last_of(first), Q()
    for name in names:
        asked |= Q(**{f"{name}__range": (first, last)})
    found = []
    for one in items_seen(request.user, request.on).filter(asked).exclude(state=OFF):
        shown = {"planned": ("planned_on",), "out": ("put_on", "until_on"), "down": ("put_on",)}[one.state]
        for name in shown:
            day = getattr(one, name)
            if day is not None and first <= day <= last:
                found.append((day, Entry(*names[name], one, str(one.where))))
    return found


def _forums_of(request: Any, first: date) -> list[tuple[date, Entry]]:
    if not allows(request.user, FORUM_VIEW):
        return []
    rows = forums_seen(request.user, request.on).filter(held_at__date__range=(first, last_of(first)))
    return [
        (timezone.localdate(one.held_at), Entry(_("forum"), FORUM.stages[one.state].tone, one, str(one.community)))
        for one in rows.exclude(state=OFF)
    ]
