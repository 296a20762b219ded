"""Sheets of duties to look at: all of a month, one with its evidence and history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from citymgmt.fields import day_of
from citymgmt.files import private_file
from citymgmt.people.permissions import allows, permits, require_role
from citymgmt.photos.shown import Shown
from citymgmt.photos.stored import photo_store
from citymgmt.refusals import NotFound
from communities.four_duties.lifecycle import AREAS, CONFIRMED, EVENTS, HANDED_IN, OPEN, SHORT, STATES, Look
from communities.four_duties.querysets import (
    answers_of,
    scores_since,
    sheets_of_month,
    visible_duty_photo,
    visible_sheet,
)
from communities.four_duties.scoring import Marked, score_of, tenths
from communities.models import DutyAnswer, DutyPhoto, DutySheet

MONTHS_BACK = 3


def score_told(answers: Iterable[DutyAnswer], *, is_confirmed: bool) -> Decimal | None:
    """The score of some answers in points; by what the community says while nobody has confirmed it, None while it says
    nothing.
    """
    marked = [Marked(one.points, one.mark if is_confirmed else one.own_mark) for one in answers]
    found = tenths(score_of(marked)) if any(one.mark for one in marked) else None
    return None if found is None else Decimal(found) / 10


@dataclass(frozen=True)
class Row:
    """A sheet of the list: its badge, scores by area, whether they are confirmed, and the scores of months before."""

    sheet: DutySheet
    badge: Look
    areas: Sequence[tuple[Any, Decimal | None]]
    is_confirmed: bool
    is_late: bool
    before: Sequence[tuple[date, DutySheet | None]]


@require_safe
def sheets(request: Any) -> HttpResponse:
    """The sheets of a month (`?month=2026-11`, else this one), with scores by area. Raises: NotPermitted."""
    require_role(request.user, "duties.view")
    this = request.on.replace(day=1)
    month_on = min((day_of(f"{request.GET.get('month', '')}-01") or this).replace(day=1), this)
    found = sheets_of_month(request.user, month_on, request.on)
    months = [month_on - relativedelta(months=back) for back in range(MONTHS_BACK, 0, -1)]
    earlier = scores_since([one.community_id for one in found], months[0])
    scores = [one.score for one in found if one.score is not None]
    context = {
        "month_on": month_on,
        "previous_on": month_on - timedelta(days=1),
        "next_on": month_on + relativedelta(months=1) if month_on < this else None,
        "areas": list(SHORT.values()),
        "months": months,
        "rows": [_row(one, months, earlier.get(one.community_id, {}), request.at) for one in found],
        "counts": {state: sum(one.state == state for one in found) for state in STATES},
        "average": sum(scores) / len(scores) if scores else None,
        "may_keep": allows(request.user, "duties.keep"),
    }
    return render(request, "four_duties/list.html", context)


def _row(sheet: DutySheet, months: Sequence[date], earlier: Mapping[date, DutySheet], at: datetime) -> Row:
    is_confirmed = sheet.state == CONFIRMED
    answers = list(sheet.answers.all())
    areas = [
        (label, score_told((one for one in answers if one.area == key), is_confirmed=is_confirmed))
        for key, label in SHORT.items()
    ]
    is_late = sheet.due_at is not None and sheet.due_at <= at
    return Row(
        sheet, STATES[sheet.state], areas, is_confirmed, is_late, [(month, earlier.get(month)) for month in months]
    )


@require_safe
def sheet(request: Any, pk: int) -> HttpResponse:
    """One sheet: its answers by area, and what happened to it. Raises: NotFound."""
    found = visible_sheet(request.user, pk, request.on)
    answers = answers_of(found)
    is_confirmed = found.state == CONFIRMED
    areas = []
    for key, label in AREAS.items():
        own = [one for one in answers if one.area == key]
        rows = [(one, [Shown(photo, "four_duties:photo") for photo in _photos(one)]) for one in own]
        areas.append((label, rows, score_told(own, is_confirmed=is_confirmed)))

    def may(permission: str, state: str) -> bool:
        return found.state == state and permits(request.user, permission, found, on=request.on)

    context = {
        "sheet": found,
        "badge": STATES[found.state],
        "areas": areas,
        "score": score_told(answers, is_confirmed=is_confirmed),
        "is_confirmed": is_confirmed,
        "history": [(one, EVENTS[one.kind]) for one in found.events.select_related("by").order_by("-seq")],
        "may_fill": may("duties.fill", OPEN),
        "may_confirm": may("duties.confirm", HANDED_IN) and found.handed_in_by_id != request.user.pk,
    }
    return render(request, "four_duties/sheet.html", context)


def _photos(answer: DutyAnswer) -> Iterable[DutyPhoto]:
    for photo in answer.photos.all():
        photo.answer = answer
        yield photo


@require_safe
def photo(request: Any, pk: int, size: str) -> HttpResponseBase:
    """A photo of a duty, or its thumbnail. Raises: NotFound, also while there is none."""
    found = visible_duty_photo(request.user, pk, request.on)
    digest = found.hash_of(size)
    if not digest:
        raise NotFound
    path = photo_store().path(digest)
    return private_file(request, path, name=f"duty-{size}-{found.pk}.jpg", content_type="image/jpeg", etag=digest)
