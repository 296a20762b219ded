"""The map of figures: communities shaded by a figure of a period, and the cases of the period as points."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.models import Case
from cases.named import named
from cases.statistics.grid import cells_over
from cases.statistics.map_forms import CellForm, CirclesForm, MapForm
from cases.statistics.mapped import Place, places_of, shown_of
from cases.statistics.models import CaseFact, Dimension
from cases.statistics.periods import Period, this_month
from cases.statistics.places import Circle, cases_in, circles, counts_by_community, points_counted
from cases.statistics.querysets import Asked
from cases.statistics.views.opening import counted_anew, presets_of
from cases.views.lists.pages import PortalRequest
from citymgmt.pages import needs
from citymgmt.people.permissions import allows, visible_to
from communities import maps
from communities.models import Community

MONTHS_BACK = 12
MOST_LISTED = 50


@needs("statistics.view")
@counted_anew
def figures_map(request: PortalRequest) -> HttpResponse:
    """The map with its legend, and the table of the same; to htmx what changes with the period alone."""
    form = MapForm(request.GET, on=request.on)
    is_valid = form.is_valid()
    shown, period = shown_of(form.shown), form.asked
    counts = counts_by_community(request.user, request.on, shown.measures, period)
    communities = list(_communities(request, counts))
    places, legend = places_of(communities, counts, shown, period)
    context = {
        "form": form,
        "presets": presets_of(form),
        "kept": urlencode({"shade": form.shown, "cases": form.measure, "disorder": form.disorder_key}),
        "period": period,
        "shown": shown,
        "places": places,
        "legend": legend,
        "outside": [place.community for place in places if not place.community.boundary],
        "told": _told(request, form, places),
        "opens_communities": allows(request.user, "community.view"),
    }
    if request.htmx:
        return render(request, "statistics/_map_figures.html", context, status=200 if is_valid else 422)
    months = _months(request)
    more = {"drawing": _drawing(places), "months": months, "month": _month_shown(months, period)}
    return render(request, "statistics/map.html", context | more, status=200 if is_valid else 422)


def _communities(request: PortalRequest, counted: Iterable[int]) -> QuerySet[Community]:
    """The active communities of the office and those that count; for a department those that count alone."""
    counting = Q(pk__in=list(counted))
    if not allows(request.user, "community.view"):
        return Community.objects.filter(counting)
    return visible_to(request.user, Community.objects.filter(counting | Q(is_active=True)), on=request.on)


def _drawing(places: Sequence[Place]) -> maps.Drawn | None:
    areas = [
        {**maps.area(place.community, tone=place.tone), "asks": True} for place in places if place.community.boundary
    ]
    return maps.drawing(areas=areas, is_always=True)


def _told(request: PortalRequest, form: MapForm, places: Sequence[Place]) -> dict[str, Any]:
    """What the script shows: addresses of the points, and what a click on a community tells."""
    opens = allows(request.user, "community.view")
    shades = {
        str(place.community.pk): {
            "tone": place.tone,
            "name": str(place.community),
            "value": place.value,
            "word": place.word,
            "parts": place.parts,
            "url": reverse("communities:detail", args=[place.community.code]) if opens else "",
        }
        for place in places
    }
    query = urlencode(
        {
            "first": form.asked.first.isoformat(),
            "last": form.asked.last.isoformat(),
            "cases": form.measure,
            "disorder": form.disorder_key,
        }
    )
    points, listed = reverse("statistics:map-points"), reverse("statistics:map-cases")
    return {"points": f"{points}?{query}", "cases": f"{listed}?{query}", "shades": shades}


def _months(request: PortalRequest) -> list[dict[str, str]]:
    """The months of the slider, the oldest first: this one and twelve before."""
    months = [this_month(request.on)]
    for _count in range(MONTHS_BACK):
        months.append(months[-1].before())
    return [
        {
            "first": month.first.isoformat(),
            "last": month.last.isoformat(),
            "label": date_format(month.first, "YEAR_MONTH_FORMAT"),
        }
        for month in reversed(months)
    ]


def _month_shown(months: Sequence[dict[str, str]], period: Period) -> int | None:
    """The place of the period among the months; None when it is none of them."""
    days = (period.first.isoformat(), period.last.isoformat())
    return next((place for place, one in enumerate(months) if (one["first"], one["last"]) == days), None)


@needs("statistics.view")
@counted_anew
def map_points(request: PortalRequest) -> HttpResponse:
    """The cases of a box of the map as circles with counts, as GeoJSON: a few hundred, however many cases.

    422 with problem+json for an address that asks for nothing.
    """
    form = CirclesForm(request.GET, on=request.on)
    if not form.is_valid():
        return _problem(form)
    found = circles(_points(request, form), cells_over(form.box(), form.cleaned_data["zoom"]))
    return _collection([_circle(one) for one in found], sum(one.count for one in found))


@needs("statistics.view")
@counted_anew
def map_cases(request: PortalRequest) -> HttpResponse:
    """The cases of a circle as GeoJSON, newest first, MOST_LISTED at most; 422 as for the circles."""
    form = CellForm(request.GET, on=request.on)
    if not form.is_valid():
        return _problem(form)
    found = cases_in(_points(request, form), form.cleaned_data["cell"])
    return _collection([_case(one) for one in named(found)[:MOST_LISTED]], found.count())


def _points(request: PortalRequest, form: MapForm) -> QuerySet[CaseFact]:
    asked = Asked(form.measure, form.asked)
    if form.disorder_id is not None:
        asked = Asked(form.measure, form.asked, Dimension.DISORDER, str(form.disorder_id))
    return points_counted(request.user, request.on, asked)


def _circle(one: Circle) -> dict[str, Any]:
    return _feature(
        maps.on_map(*one.middle),
        {"count": one.count, "cell": one.cell},
        bbox=[*maps.on_map(*one.south_west), *maps.on_map(*one.north_east)],
    )


def _case(case: Case) -> dict[str, Any]:
    told = {
        "number": case.number,
        "url": case.get_absolute_url(),
        "category": str(case.category or ""),
        "state": case.get_state_display(),
    }
    return _feature(maps.on_map(case.longitude, case.latitude), told)


def _feature(at: list[float], properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": at}, "properties": properties, **more}


def _collection(features: list[dict[str, Any]], count: int) -> JsonResponse:
    """GeoJSON; `count` is how many cases that is."""
    told = {"type": "FeatureCollection", "count": count, "features": features}
    return JsonResponse(told, content_type="application/geo+json")


def _problem(form: MapForm) -> JsonResponse:
    """What is wrong with the address (RFC 9457)."""
    told = {
        "type": "urn:citymgmt:invalid",
        "title": "invalid",
        "status": 422,
        "detail": _("Please correct what is marked."),
        "errors": form.errors,
    }
    return JsonResponse(told, status=422, content_type="application/problem+json")
