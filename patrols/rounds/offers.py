"""What a route is offered: key places and construction sites of the team's area that are not on it, and hot spots near
none of its points.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from django.db.models import Model, QuerySet

from cases.statistics.pressing import HotPlace, hot_places
from citymgmt.coordinates import distance_m
from communities.areas.querysets import registered
from communities.models import Community, KeyPlace, ResidentialArea
from patrols.rounds.models import PlaceClass, Route, RoutePoint
from patrols.sites.models import Site
from patrols.teams.models import TeamArea

M = TypeVar("M", bound=Model)
NEAR_M = 50
MOST_HOT = 50
HOT = "hot"  # code of the class for hot spots, as shipped


def area_of(route: Route) -> list[Community]:
    """The active communities in which the team works; all of its sub-district where nothing is said."""
    rows = Community.objects.filter(subdistrict=route.team.subdistrict_id, is_active=True).order_by("code")
    chosen = set(TeamArea.objects.filter(team=route.team_id).values_list("community", flat=True))
    return [one for one in rows if not chosen or one.pk in chosen]


def key_places_for(route: Route, area: Iterable[Community]) -> list[KeyPlace]:
    """The active key places of an area that have a position and are on the route not yet, by community."""
    rows = KeyPlace.objects.filter(is_active=True).order_by("community__code", "kind", "name_zh", "pk")
    return list(_not_on(route, "key_place", rows, area))


def sites_for(route: Route, area: Iterable[Community]) -> list[Site]:
    """The unfinished construction sites of an area that have a position and are on the route not yet, by community."""
    rows = Site.objects.exclude(state=Site.State.FINISHED).order_by("community__code", "name", "pk")
    return list(_not_on(route, "site", rows, area))


def residential_areas_for(route: Route, area: Iterable[Community]) -> list[ResidentialArea]:
    """The residential areas in the register that have a position and are on the route not yet, by community."""
    rows = registered(ResidentialArea.objects.order_by("community__code", "name", "pk"))
    return list(_not_on(route, "area", rows, area))


def _not_on(route: Route, whence: str, rows: QuerySet[M], area: Iterable[Community]) -> QuerySet[M]:
    """Of these places those that can be points of the route; `whence` is the column of the point that names them."""
    there = RoutePoint.objects.filter(**{"route": route, f"{whence}__isnull": False}).values(whence)
    placed = rows.filter(community__in=[one.pk for one in area], longitude__isnull=False, latitude__isnull=False)
    return placed.exclude(pk__in=there).select_related("community")


def hot_places_for(
    route: Route, area: Iterable[Community], points: Iterable[RoutePoint], at: datetime
) -> list[HotPlace]:
    """The hot spots in an area that lie within fifty metres of no active point, and of no other one that is offered."""
    known = {one.pk for one in area}
    near = [(float(one.longitude), float(one.latitude)) for one in points if one.is_active]
    found: list[HotPlace] = []
    for one in hot_places(route.team.subdistrict_id or 0, at, MOST_HOT):
        place = one.position
        is_there = place is not None and one.case.community_id in known
        if place is not None and is_there and all(distance_m(place, other) > NEAR_M for other in near):
            near.append(place)
            found.append(one)
    return found


def class_for_hot_spots() -> PlaceClass | None:
    """The class of hot spots while it is in use, else the one that is seen most often; None where there is none."""
    active = list(PlaceClass.objects.filter(is_active=True).order_by("code"))
    return min(active, key=lambda one: (one.code != HOT, one.wish.step, one.pk), default=None)
