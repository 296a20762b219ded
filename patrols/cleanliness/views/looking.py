"""Pages to look at: rates of a month, segments, samples with their points, blind spots."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from citymgmt.found import one_of
from citymgmt.pages import needs, page_of
from citymgmt.people.permissions import permits
from communities.placed import communities_for
from patrols.cleanliness.checks import FULL
from patrols.cleanliness.models import StreetSegment
from patrols.cleanliness.querysets import (
    Measured,
    draws_seen,
    is_true,
    looked_between,
    measured,
    points_seen,
    segments_seen,
    spots_seen,
    together,
)
from patrols.cleanliness.rates import CLEAN_TO_END
from patrols.teams.rotation import ONE_DAY, month_of
from patrols.teams.views.looking import month_asked

YEAR = 365 * ONE_DAY
NOTHING = Measured()


def told(found: Measured) -> Mapping[str, Any]:
    """A rate in words: per cent with its interval, clean of all looks, mean score; dashes without a look."""
    one = found.rate
    if one is None or found.score is None:
        return {"share": "–", "interval": "–", "parts": "–", "score": "–"}
    return {
        "share": f"{one.share:.1%}",
        "interval": f"{one.low:.1%} – {one.high:.1%}",
        "parts": f"{one.clean} / {one.looks}",
        "score": f"{found.score:.1f}",
    }


def _room(request: Any, here: str) -> dict[str, Any]:
    """What every page of the room shows: its tabs, and what the reader may enter."""
    reach = {name: communities_for(request.user, f"cleanliness.{name}", request.on) for name in ("keep", "look")}
    return {"here": here, **{f"may_{name}": places.exists() for name, places in reach.items()}}


@require_safe
@needs("cleanliness.view")
def overview(request: Any) -> HttpResponse:
    """The rates of a month: of all, by class of road, by community. Raises: NotPermitted."""
    first, last = month_of(month_asked(request))
    points = points_seen(request.user, request.on)
    looked = looked_between(points, first, last)
    by_class, by_place = measured(looked, "road_class"), measured(looked, "segment__community_id")
    places = communities_for(request.user, "cleanliness.view", request.on)
    context = {
        **_room(request, "list"),
        **_months(first, last),
        "whole": told(together(looked)),
        "classes": [(label, told(by_class[n])) for n, label in StreetSegment.RoadClass.choices if n in by_class],
        "places": [(one.name, told(by_place.get(one.pk, NOTHING))) for one in places],
        "watched": spots_seen(request.user, request.on).filter(is_watched=True).count(),
        "to_look": points.filter(score=None).count(),
    }
    return render(request, "patrols/cleanliness/overview.html", context)


def _months(first: date, last: date) -> dict[str, Any]:
    return {"month": first, "month_before": first - ONE_DAY, "month_after": last + ONE_DAY, "community": None}


@require_safe
@needs("cleanliness.view")
def segments(request: Any) -> HttpResponse:
    """The street segments with their rates of the last year. Raises: NotPermitted."""
    page = page_of(request, segments_seen(request.user, request.on))
    points = points_seen(request.user, request.on).filter(segment__in=list(page))
    rates = measured(looked_between(points, request.on - YEAR, request.on), "segment_id")
    rows = [(one, told(rates.get(one.pk, NOTHING))) for one in page]
    context = {**_room(request, "segments"), "page": page, "rows": rows}
    return render(request, "patrols/cleanliness/segments.html", context)


@require_safe
@needs("cleanliness.view")
def draws(request: Any) -> HttpResponse:
    """The samples that were drawn. Raises: NotPermitted."""
    page = page_of(request, draws_seen(request.user, request.on))
    return render(request, "patrols/cleanliness/draws.html", {**_room(request, "draws"), "page": page})


@require_safe
def draw(request: Any, pk: int) -> HttpResponse:
    """A sample: its seed, whether it is that of its seed, and the points that the person sees. Raises: NotFound."""
    row = one_of(draws_seen(request.user, request.on), pk)
    points = points_seen(request.user, request.on).filter(draw=row)
    context = {
        "draw": row,
        "is_true": is_true(row),
        "page": page_of(request, points),
        "metres": sum(one[2] for one in row.frame),
        "full": FULL,
        "may_look": communities_for(request.user, "cleanliness.look", request.on).exists(),
        "back_url": reverse("cleanliness:draws"),
    }
    return render(request, "patrols/cleanliness/draw.html", context)


@require_safe
@needs("cleanliness.view")
def spots(request: Any) -> HttpResponse:
    """The blind spots, those first that are watched for longest. Raises: NotPermitted."""
    page = page_of(request, spots_seen(request.user, request.on))
    context = {**_room(request, "spots"), "page": page, "clean_to_end": CLEAN_TO_END}
    return render(request, "patrols/cleanliness/spots.html", context)


@require_safe
def spot(request: Any, pk: int) -> HttpResponse:
    """A blind spot with the looks at it. Raises: NotFound."""
    row = one_of(spots_seen(request.user, request.on), pk)
    context = {
        "spot": row,
        "looks": row.looks.select_related("by").order_by("-on"),
        "clean_to_end": CLEAN_TO_END,
        "may_look": permits(request.user, "cleanliness.look", row, on=request.on),
        "back_url": reverse("cleanliness:spots"),
    }
    return render(request, "patrols/cleanliness/spot.html", context)
