"""Pages of key places: the list, one place with its guards, cases and condition, a look at it, what is deducted."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.models import Case
from cases.querysets import seen_by
from cases.views.lists.pages import PortalRequest
from citymgmt.form_pages import ASKING, form_page, sent
from citymgmt.pages import needs
from citymgmt.people.models import in_language
from citymgmt.people.permissions import allows, permits, require, require_role
from patrols.guards import actions
from patrols.guards.condition import Mean, mean
from patrols.guards.forms import DeductionForm, LookForm
from patrols.guards.lifecycle import PRESENT
from patrols.guards.models import ConditionLook, GuardedPlace, GuardPost, GuardWatch
from patrols.guards.querysets import (
    deductions_of,
    disorders,
    looks_since,
    places_seen,
    posts_seen,
    visible_place,
    watch_stood_at,
    watches_on,
)
from patrols.guards.views.shown import PostRow, shown
from patrols.rounds.models import RoutePoint
from patrols.rounds.querysets import walked_by
from patrols.teams.rotation import ONE_DAY

MONTHS, LOOKS_SHOWN, CASES_SHOWN = 12, 10, 8
RECENT = timedelta(days=90)


@dataclass(frozen=True)
class Row:
    """A key place of the list: its posts, who guards now, its open cases, its condition this month."""

    place: GuardedPlace
    posts: int
    standing: int
    open_cases: int
    condition: Mean


@require_safe
@needs("place.view")
def place_list(request: PortalRequest) -> HttpResponse:
    """The key places that the reader sees. Raises: NotPermitted."""
    places = list(places_seen(request.user, request.on))
    valid = Q(period__contains=request.on, key_place__isnull=False)
    posts = _counted(GuardPost.objects.filter(valid), "key_place")
    standing = _counted(GuardWatch.objects.filter(state=PRESENT, post__key_place__isnull=False), "post__key_place")
    open_cases = _counted(seen_by(request.user, request.on).filter(closed_at=None, key_place__in=places), "key_place")
    looks: dict[int, list[int]] = {}
    this_month = ConditionLook.objects.filter(at__gte=_start_of(request.on.replace(day=1)), at__lte=request.at)
    for pk, score in this_month.order_by("pk").values_list("place", "score"):
        looks.setdefault(pk, []).append(score)
    rows = [
        Row(one, posts.get(one.pk, 0), standing.get(one.pk, 0), open_cases.get(one.pk, 0), mean(looks.get(one.pk, [])))
        for one in places
    ]
    context = {"rows": rows, "may_set": allows(request.user, "place.deductions")}
    return render(request, "patrols/guards/places.html", context)


def _counted(rows: QuerySet[Any], by: str) -> Mapping[int, int]:
    """How many rows there are by the id of a place."""
    return dict(rows.order_by(by).values_list(by).annotate(count=Count("pk")))


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


@dataclass(frozen=True)
class Month:
    """A month of a place: cases that came, and the mean score of its looks."""

    first: date
    cases: int
    condition: Mean


@dataclass(frozen=True)
class OfDisorder:
    """Cases of a disorder at a place: those that are open, and those that came of late."""

    name: str
    open: int
    recent: int


@require_safe
def place(request: PortalRequest, pk: int) -> HttpResponse:
    """A key place: who guards it, its cases by disorder, cases and condition by month. Raises: NotFound."""
    found = visible_place(request.user, pk, request.on)
    cases = seen_by(request.user, request.on).filter(key_place=found.pk)
    posts = list(posts_seen(request.user, request.on).filter(key_place=found.pk))
    today = watches_on(posts, request.on)
    first = _months_back(request.on)
    looks = looks_since(found, _start_of(first))
    came = _came(cases, _start_of(first))
    months = _months(came, looks, first, request.on)
    context = {
        "place": found,
        "posts": [PostRow(one, [shown(watch) for watch in today.get(one.pk, [])]) for one in posts],
        "by_disorder": _by_disorder(came, request.at),
        "open_cases": list(_newest(cases.filter(closed_at=None))),
        "months": months,
        "looks": looks[:LOOKS_SHOWN],
        "this_month": months[-1],
        "charts": _charts(months),
        "cases_url": f"{reverse('cases:list')}?key_place={found.pk}" if allows(request.user, "case.view") else "",
        "may_log": allows(request.user, "case.log"),
        "may_plan": allows(request.user, "guard.plan"),
        "may_look": permits(request.user, "place.look", found, on=request.on),
        "back_url": reverse("guards:places"),
    }
    return render(request, "patrols/guards/place.html", context)


def _newest(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.select_related("category").order_by("-created_at", "-id")[:CASES_SHOWN]


@dataclass(frozen=True)
class Came:
    """A case as the page counts it: when it came, whether it is open, the order and names of its disorder."""

    at: datetime
    closed_at: datetime | None
    order: int | None
    name_zh: str | None
    name_en: str | None

    @property
    def disorder(self) -> tuple[int, str]:
        """Its disorder for sorting, those without one last."""
        if self.name_zh is None or self.order is None:
            return 2**31, _("no category yet")
        return self.order, in_language(self.name_zh, self.name_en or "")


COLUMNS = ("created_at", "closed_at", *(f"category__disorder__{name}" for name in ("sort_order", "name_zh", "name_en")))


def _came(cases: QuerySet[Case], since: datetime) -> list[Came]:
    """The cases that are open, or came since a moment."""
    rows = cases.filter(Q(closed_at=None) | Q(created_at__gte=since)).order_by("pk")
    return [Came(*row) for row in rows.values_list(*COLUMNS)]


def _by_disorder(cases: Sequence[Came], at: datetime) -> list[OfDisorder]:
    """The disorders with cases that are open or came in the last ninety days, in their order."""
    counted: dict[tuple[int, str], list[int]] = {}
    for one in cases:
        is_open, is_recent = one.closed_at is None, one.at >= at - RECENT
        if is_open or is_recent:
            counts = counted.setdefault(one.disorder, [0, 0])
            counts[0] += is_open
            counts[1] += is_recent
    return [OfDisorder(key[1], *counts) for key, counts in sorted(counted.items())]


def _months_back(on: date) -> date:
    """The first day of the first month that is shown."""
    first = on.replace(day=1)
    for _month in range(MONTHS - 1):
        first = (first - ONE_DAY).replace(day=1)
    return first


def _months(cases: Sequence[Came], looks: Sequence[ConditionLook], first: date, on: date) -> list[Month]:
    """The months from the first until now."""
    counted = Counter(timezone.localdate(one.at).replace(day=1) for one in cases)
    scores: dict[date, list[int]] = {}
    for one in looks:
        scores.setdefault(timezone.localdate(one.at).replace(day=1), []).append(one.score)
    found, month = [], first
    while month <= on:
        found.append(Month(month, counted[month], mean(scores.get(month, []))))
        month = (month + 31 * ONE_DAY).replace(day=1)
    return found


def _charts(months: Sequence[Month]) -> list[tuple[str, str, dict[str, Any]]]:
    """Two charts of the same months, side by side: key, heading, figures."""
    labels = [f"{one.first:%Y-%m}" for one in months]
    told = (
        ("cases", _("Cases per month"), [one.cases for one in months]),
        ("condition", _("Condition, mean score of the month"), [one.condition.value for one in months]),
    )
    return [
        (f"{key}-figures", name, {"labels": labels, "series": [{"name": name, "values": values}]})
        for key, name, values in told
    ]


@require_http_methods(ASKING)
def look(request: PortalRequest, pk: int) -> HttpResponse:
    """Look at a key place: each disorder none, slight or serious. Raises: NotFound, NotPermitted, KeyReused."""
    found = visible_place(request.user, pk, request.on)
    require(request.user, "place.look", found, on=request.on)
    every = disorders()
    form = LookForm(sent(request), disorders=every)

    def act(told: dict[str, Any]) -> None:
        key = str(told["request_key"])
        actions.take_look(by=request.user, at=request.at, place=pk, told=form.told(), request_key=key)

    return form_page(
        request,
        form,
        act,
        about=found.name,
        template="patrols/guards/look.html",
        title=_("How is it here?"),
        done=_("The look is kept."),
        deductions=deductions_of(found.community.subdistrict_id, every),
        back_url=_way_back(request, found),
    )


def _way_back(request: PortalRequest, found: GuardedPlace) -> str:
    """Where somebody came from: the watch they stand here, the round they walk past it, else the place."""
    watch = watch_stood_at(request.user, found)
    if watch is not None:
        return watch.get_absolute_url()
    running = walked_by(request.user)
    if running is not None and RoutePoint.objects.filter(route=running.route_id, key_place=found.pk).exists():
        return running.get_absolute_url()
    return found.get_absolute_url()


@require_http_methods(ASKING)
def deductions(request: PortalRequest) -> HttpResponse:
    """Set what each disorder takes away. Raises: NotPermitted."""
    require_role(request.user, "place.deductions")
    every = disorders()
    known = deductions_of(request.user.subdistrict_id, every)
    form = DeductionForm(sent(request), disorders=every, deductions=known)

    def act(_told: dict[str, Any]) -> None:
        actions.save_deductions(by=request.user, at=request.at, told=form.told())

    return form_page(
        request,
        form,
        act,
        about=_("Key places"),
        title=_("Deductions"),
        lead=_("Points of a hundred that a disorder takes away; looks that were taken stay as they are."),
        button=_("Save"),
        done=_("The deductions are saved."),
        back_url=reverse("guards:places"),
    )
