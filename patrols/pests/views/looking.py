"""Pages to look at: levels, an index over the months, operations, surveys, breeding sites, limits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from citymgmt.found import one_of
from citymgmt.pages import page_of
from citymgmt.people.permissions import allows, permits, require_role
from citymgmt.refusals import NotFound
from communities.models import Community
from patrols.pests.forms import LookForm
from patrols.pests.indices import INDICES, METHODS, NOTHING, PESTS, Counts, Index, indices_of, value
from patrols.pests.limits import LEVELS, Limit, Limits, Verdict, judged
from patrols.pests.models import BreedingStep, PestOperation
from patrols.pests.querysets import (
    Tally,
    communities_seen,
    limits_of,
    operations_seen,
    pest_teams,
    sites_seen,
    surveys_seen,
    tally,
)
from patrols.pests.wording import formula, most_told, shown, verdict_told
from patrols.teams.rotation import ONE_DAY, month_of
from patrols.teams.views.looking import month_asked

MONTHS = 12


@dataclass(frozen=True)
class Look:
    """What a reader looks at: a month (its first day), all communities within reach or one of them, and the form."""

    month: date
    form: LookForm
    communities: Sequence[Community]

    @property
    def community(self) -> Community | None:
        """The one that was chosen."""
        code = self.form.cleaned_data.get("community") if self.form.is_valid() else ""
        return next((one for one in self.communities if one.code == code), None)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of the month."""
        return month_of(self.month)

    @property
    def query(self) -> str:
        """The same look at another page."""
        chosen = f"&community={self.community.code}" if self.community else ""
        return f"?month={self.month:%Y-%m}{chosen}"

    @property
    def context(self) -> Mapping[str, Any]:
        """What every page that can be narrowed shows of it."""
        first, last = self.days
        months = {"month": first, "month_before": first - ONE_DAY, "month_after": last + ONE_DAY}
        return {**months, "form": self.form, "community": self.community}


def look_of(request: Any) -> Look:
    """What `?month=2026-11&community=` asks for. Raises: NotPermitted."""
    require_role(request.user, "pest.view")
    month, communities = month_asked(request), communities_seen(request.user, request.on)
    asked = {"community": request.GET.get("community", ""), "month": f"{month:%Y-%m}"}
    return Look(month, LookForm(asked, offered=communities), communities)


def months_until(month: date) -> list[date]:
    """The first days of twelve months, of which `month` is the last."""
    back = [divmod(month.year * 12 + month.month - 1 - n, 12) for n in range(MONTHS)]
    return [date(year, number + 1, 1) for year, number in reversed(back)]


def narrowed(rows: QuerySet[Any], look: Look, **days: Any) -> QuerySet[Any]:
    """The rows of the community that was chosen, if one was."""
    chosen = {"community": look.community} if look.community else {}
    return rows.filter(**chosen, **days)


@dataclass(frozen=True)
class IndexRow:
    """An index of some surveys beside its limit of level C."""

    index: Index
    counts: Counts
    limit: Limit

    @property
    def label(self) -> str:
        """Its name."""
        return _(self.index.label)

    @property
    def unit(self) -> str:
        """The unit of its value."""
        return _(self.index.unit)

    @property
    def value(self) -> str:
        """Its value in words."""
        return shown(value(self.index, self.counts))

    @property
    def parts(self) -> str:
        """What was divided by what."""
        return f"{getattr(self.counts, self.index.numerator)} / {getattr(self.counts, self.index.denominator)}"

    @property
    def limit_told(self) -> str:
        """The limit in words."""
        return most_told(self.limit)

    @property
    def tone(self) -> str:
        """`kept`, `broken`, or nothing where either is not known."""
        if not self.counts.effort or self.limit.most is None:
            return ""
        return "kept" if self.limit.keeps(value(self.index, self.counts)) else "broken"


@dataclass(frozen=True)
class PestCard:
    """A pest with its level and indices."""

    name: str
    verdict: Verdict
    rows: Sequence[IndexRow]

    @property
    def told(self) -> str:
        """The verdict in words."""
        return verdict_told(self.verdict)


def _card(pest: str, found: Mapping[str, Counts], limits: Limits) -> PestCard:
    rows = [IndexRow(one, found.get(one.method, NOTHING), limits[one.code, "C"]) for one in indices_of(pest)]
    return PestCard(_(PESTS[pest]), judged(pest, found, limits), rows)


@require_safe
def overview(request: Any) -> HttpResponse:
    """The level of each pest in a month, its indices beside their limits. Raises: NotPermitted."""
    look = look_of(request)
    community = look.community
    found = tally(surveys_seen(request.user, request.on), *look.days).of(
        months=[look.month], community=community.pk if community else None
    )
    limits = limits_of(request.user.subdistrict_id)
    open_sites = narrowed(sites_seen(request.user, request.on), look, closed_on=None)
    context = {
        **look.context,
        **_room(request, "list"),
        "cards": [_card(pest, found, limits) for pest in PESTS],
        "open_sites": open_sites.count(),
        "operations": narrowed(operations_seen(request.user, request.on), look, on__range=look.days).count(),
        "operations_url": f"{reverse('pests:operations')}{look.query}",
        "sites_url": f"{reverse('pests:sites')}{look.query}",
        "has_area": bool(look.communities),
    }
    return render(request, "patrols/pests/overview.html", context)


def _room(request: Any, here: str) -> dict[str, Any]:
    """What every page of the room shows: its tabs, and whether the reader enters records."""
    return {
        "here": here,
        "may_keep": allows(request.user, "pest.keep") and bool(pest_teams(request.user, "pest.keep", request.on)),
    }


@require_safe
def index(request: Any, code: str) -> HttpResponse:
    """An index over twelve months as chart and table, and by community in the last. Raises: NotPermitted, NotFound."""
    look = look_of(request)
    found = INDICES.get(code)
    if found is None:
        raise NotFound
    months = months_until(look.month)
    counted = tally(surveys_seen(request.user, request.on), months[0], look.days[1])
    limits = limits_of(request.user.subdistrict_id)
    chosen = look.community.pk if look.community else None
    trend = [(month, _row(found, counted, limits, [month], chosen)) for month in months]
    places = [(one, _row(found, counted, limits, [look.month], one.pk)) for one in look.communities]
    context = {
        **look.context,
        **_room(request, ""),
        "index": found,
        "title": _(found.label),
        "unit": _(found.unit),
        "formula": formula(found),
        "trend": trend,
        "chart": _chart(found, trend),
        "places": [(one, row) for one, row in places if row.counts.effort],
        "limits": [(level, most_told(limits[code, level]), limits[code, level]) for level in LEVELS],
        "back_url": reverse("pests:list"),
    }
    return render(request, "patrols/pests/index.html", context)


def _row(found: Index, counted: Tally, limits: Limits, months: Sequence[date], community: int | None) -> IndexRow:
    by_method = counted.of(months=months, community=community)
    return IndexRow(found, by_method.get(found.method, NOTHING), limits[found.code, "C"])


def _chart(found: Index, trend: Sequence[tuple[date, IndexRow]]) -> dict[str, Any]:
    limit = trend[0][1].limit
    values = [value(found, row.counts) for _month, row in trend]
    lines = [{"name": _("limit of level C"), "values": [float(limit.most)] * len(trend)}] if limit.most else []
    bars = [None if one is None else round(float(one), 2) for one in values]
    labels = [f"{month:%Y-%m}" for month, _row in trend]
    return {"labels": labels, "series": [{"name": _(found.label), "values": bars}, *lines]}


@require_safe
def operations(request: Any) -> HttpResponse:
    """The operations of a month. Raises: NotPermitted."""
    look = look_of(request)
    rows = narrowed(operations_seen(request.user, request.on), look, on__range=look.days)
    context = {**look.context, **_room(request, "operations"), "page": page_of(request, rows)}
    return render(request, "patrols/pests/operations.html", context)


@require_safe
def operation(request: Any, pk: int) -> HttpResponse:
    """An operation with all that was written down of it. Raises: NotFound."""
    row = one_of(operations_seen(request.user, request.on).select_related("team"), pk)
    parts = list(row.parts.select_related("user").order_by("user__username"))
    may_check = row.checked_at is None and permits(request.user, "pest.check", row, on=request.on)
    context = {
        "operation": row,
        "people": [part.user for part in parts],
        "is_chemical": row.method in PestOperation.CHEMICAL,
        "may_check": may_check and request.user.pk not in {part.user_id for part in parts},
        "may_change": row.checked_at is None and permits(request.user, "pest.keep", row, on=request.on),
        "back_url": f"{reverse('pests:operations')}?month={row.on:%Y-%m}",
    }
    return render(request, "patrols/pests/operation.html", context)


@require_safe
def surveys(request: Any) -> HttpResponse:
    """The surveys of a month, and the methods by which one more can be entered. Raises: NotPermitted."""
    look = look_of(request)
    rows = narrowed(surveys_seen(request.user, request.on), look, on__range=look.days)
    context = {
        **look.context,
        **_room(request, "surveys"),
        "page": page_of(request, rows),
        "methods": [(_(PESTS[one.pest]), one.code, _(one.label)) for one in METHODS.values()],
    }
    return render(request, "patrols/pests/surveys.html", context)


@require_safe
def sites(request: Any) -> HttpResponse:
    """The breeding sites, those first that are open for longest. Raises: NotPermitted."""
    look = look_of(request)
    page = page_of(request, narrowed(sites_seen(request.user, request.on), look))
    context = {
        **look.context,
        **_room(request, "sites"),
        "page": page,
        "rows": [(one, (request.on - one.open_since).days) for one in page],
    }
    return render(request, "patrols/pests/sites.html", context)


@require_safe
def site(request: Any, pk: int) -> HttpResponse:
    """A breeding site with its history. Raises: NotFound."""
    row = one_of(sites_seen(request.user, request.on).select_related("team"), pk)
    context = {
        "site": row,
        "age_days": (request.on - row.open_since).days,
        "steps": row.steps.select_related("by").order_by("-id"),
        "times_found": row.steps.exclude(kind=BreedingStep.Kind.CLOSED).count(),
        "may_keep": permits(request.user, "pest.keep", row, on=request.on),
        "back_url": reverse("pests:sites"),
    }
    return render(request, "patrols/pests/site.html", context)


@require_safe
def limits(request: Any) -> HttpResponse:
    """The limits of each index at each level, with where they stand. Raises: NotPermitted."""
    require_role(request.user, "pest.view")
    held = limits_of(request.user.subdistrict_id)
    rows = [
        (_(PESTS[one.pest]), one, _(one.label), _(one.unit), [_told(held[one.code, level]) for level in LEVELS])
        for one in INDICES.values()
    ]
    may_enter = allows(request.user, "pest.limits")
    context = {**_room(request, "limits"), "rows": rows, "levels": LEVELS, "may_enter": may_enter}
    return render(request, "patrols/pests/limits.html", context)


def _told(limit: Limit) -> tuple[Limit, str]:
    return limit, most_told(limit)
