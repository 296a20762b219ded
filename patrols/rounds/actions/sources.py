"""Points that a route takes over from elsewhere: key places, construction sites, hot spots of recurrence."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Case
from citymgmt.found import one_of
from citymgmt.people.models import User
from citymgmt.refusals import Invalid, WrongState
from communities.models import KeyPlace, ResidentialArea
from patrols.rounds.actions.routes import LONGEST_ADDRESS, SEVENTH, check_room, class_in_use, team_of
from patrols.rounds.models import LONGEST_NAME, PlaceClass, Route, RoutePoint
from patrols.rounds.offers import (
    area_of,
    class_for_hot_spots,
    hot_places_for,
    key_places_for,
    residential_areas_for,
    sites_for,
)
from patrols.sites.models import Site
from patrols.teams.actions.frame import working_on
from patrols.teams.models import Team

Place = KeyPlace | Site | ResidentialArea


def add_key_places(*, by: User, at: datetime, route: int, place_class: int, places: Sequence[int]) -> list[RoutePoint]:
    """Put key places of the team's area on a route, all with one class; those that are on it already stay as they are.

    Returns what was added. Raises: NotFound, NotPermitted, Invalid.
    """
    with working_on(team_of(route), "add_key_places", permission="round.plan", by=by, at=at) as team:
        found = _route_of(team, route)
        return _add(found, "key_place", key_places_for(found, area_of(found)), place_class, places)


def add_sites(*, by: User, at: datetime, route: int, place_class: int, places: Sequence[int]) -> list[RoutePoint]:
    """Put unfinished construction sites of the team's area on a route, as `add_key_places` does with key places."""
    with working_on(team_of(route), "add_sites", permission="round.plan", by=by, at=at) as team:
        found = _route_of(team, route)
        return _add(found, "site", sites_for(found, area_of(found)), place_class, places)


def add_residential_areas(
    *, by: User, at: datetime, route: int, place_class: int, places: Sequence[int]
) -> list[RoutePoint]:
    """Put residential areas of the register on a route, as `add_key_places` does with key places."""
    with working_on(team_of(route), "add_residential_areas", permission="round.plan", by=by, at=at) as team:
        found = _route_of(team, route)
        return _add(found, "area", residential_areas_for(found, area_of(found)), place_class, places)


def _route_of(team: Team, pk: int) -> Route:
    return one_of(Route.objects.select_related("team").filter(team=team), pk)


def _add(
    route: Route, whence: str, offered: Sequence[Place], place_class: int, places: Sequence[int]
) -> list[RoutePoint]:
    """Points of those of the offered places that were chosen; `whence` is the column that names the place."""
    kind = class_in_use(place_class)
    by_id = {place.pk: place for place in offered}
    points = RoutePoint.objects.filter(**{"route": route, f"{whence}__isnull": False})
    there = set(points.values_list(f"{whence}_id", flat=True))
    if not places or not set(places) <= set(by_id) | there:
        raise Invalid(fields={"places": _("Choose places of the team's area.")})
    chosen = [by_id[pk] for pk in dict.fromkeys(places) if pk in by_id]
    check_room(route, len(chosen))
    return [_of_place(route, place, kind, {whence: place}) for place in chosen]


def _of_place(route: Route, place: Place, kind: PlaceClass, whence: dict[str, Any]) -> RoutePoint:
    assert place.longitude is not None  # only those are offered
    assert place.latitude is not None
    return RoutePoint.objects.create(
        route=route,
        place_class=kind,
        community=place.community,
        name=_free_name(route, place.name_zh if isinstance(place, KeyPlace) else place.name),
        address=place.address,
        longitude=place.longitude,
        latitude=place.latitude,
        **whence,
    )


def _free_name(route: Route, name: str) -> str:
    """The name, with a number behind it where a point of the route has it already."""
    taken = set(RoutePoint.objects.filter(route=route).values_list("name", flat=True))
    names = (name[: LONGEST_NAME - 5] + (f" {number}" if number > 1 else "") for number in range(1, len(taken) + 2))
    return next(one for one in names if one not in taken)


def add_hot_spot(*, by: User, at: datetime, route: int, case: int) -> RoutePoint:
    """Put a hot spot near no point of a route on it, in the class of hot spots; `case` is the latest one there, by id.

    Raises: NotFound, NotPermitted, Invalid, WrongState (it is offered no more: somebody has added it, or it cooled).
    """
    with working_on(team_of(route), "add_hot_spot", permission="round.plan", by=by, at=at) as team:
        found = _route_of(team, route)
        one_of(Case.objects.filter(subdistrict=team.subdistrict_id), case)
        points = RoutePoint.objects.filter(route=found).order_by("pk")
        offered = hot_places_for(found, area_of(found), points, at)
        spot = next((one for one in offered if one.case.pk == case), None)
        if spot is None or spot.position is None or spot.case.community is None:
            raise WrongState(_("This hot spot is offered no more: a point of the route is near it, or it has cooled."))
        kind = class_for_hot_spots()
        if kind is None:
            raise WrongState(_("There is no class of places in use."))
        check_room(found, 1)
        longitude, latitude = (Decimal(str(value)).quantize(SEVENTH) for value in spot.position)
        return RoutePoint.objects.create(
            route=found,
            place_class=kind,
            community=spot.case.community,
            name=_free_name(found, spot.name),
            address=spot.case.address[:LONGEST_ADDRESS],
            longitude=longitude,
            latitude=latitude,
        )
