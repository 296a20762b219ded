"""Routes and their points: entered, changed, taken out of use; a new code where a sign is void."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from citymgmt.people.models import User
from citymgmt.refusals import Invalid, WrongState
from citymgmt.written import faults_of
from communities.models import Community, KeyPlace
from communities.places import community_at
from patrols.rounds.models import LONGEST_NAME, PlaceClass, Route, RoutePoint, new_code
from patrols.rounds.offers import area_of, class_for_hot_spots, hot_places_for, key_places_for
from patrols.teams.actions.frame import working_on
from patrols.teams.models import Team
from patrols.teams.querysets import MOST_ID, one_of

MOST_POINTS = 200  # active ones of a route
LONGEST_ADDRESS = 200
SEVENTH = Decimal("0.0000001")  # degrees: a centimetre


@dataclass(frozen=True)
class RouteTold:
    """A route as a person writes it."""

    name_zh: str
    name_en: str = ""
    is_active: bool = True


@dataclass(frozen=True)
class PointTold:
    """A point as a person writes it: degrees in WGS-84; `community` None: the one in which it lies."""

    name: str
    place_class: int
    longitude: Decimal
    latitude: Decimal
    address: str = ""
    community: int | None = None
    is_active: bool = True


def team_of(route: int) -> int:
    """The id of the team whose route this is. Raises: NotFound."""
    return one_of(Route.objects.all(), route).team_id


def save_route(*, by: User, at: datetime, team: int, told: RouteTold, pk: int | None = None) -> Route:
    """Enter a route of a team, or change one. Saving the same again changes nothing.

    Raises: NotFound, NotPermitted, Invalid.
    """
    with working_on(team, "save_route", permission="round.plan", by=by, at=at) as found:
        row = Route(team=found) if pk is None else one_of(Route.objects.filter(team=found), pk)
        values = {**vars(told), "name_zh": told.name_zh.strip(), "name_en": told.name_en.strip()}
        faults = {
            "name_zh": faults_of(values["name_zh"], LONGEST_NAME, is_needed=True),
            "name_en": faults_of(values["name_en"], LONGEST_NAME),
        }
        _refuse(faults)
        same = Route.objects.filter(team=found, name_zh=values["name_zh"]).exclude(pk=row.pk).first()
        if same is not None:
            if pk is None and all(getattr(same, name) == value for name, value in values.items()):
                return same
            raise Invalid(fields={"name_zh": _("Another route of the team has this name.")})
        return _saved(row, values)


def _saved(row: Any, values: dict[str, Any]) -> Any:
    if row.pk is None or any(getattr(row, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    return row


def _refuse(faults: dict[str, list[str]]) -> None:
    wrong = {name: sentences for name, sentences in faults.items() if sentences}
    if wrong:
        raise Invalid(fields=wrong)


def save_point(*, by: User, at: datetime, route: int, told: PointTold, pk: int | None = None) -> RoutePoint:
    """Enter a point of a route, or change one; rounds that are appointed already keep theirs.

    Saving the same again changes nothing. Raises: NotFound, NotPermitted, Invalid.
    """
    with working_on(team_of(route), "save_point", permission="round.plan", by=by, at=at) as team:
        found = one_of(Route.objects.filter(team=team), route)
        row = RoutePoint(route=found) if pk is None else one_of(RoutePoint.objects.filter(route=found), pk)
        values = _values(team, told, row)
        same = RoutePoint.objects.filter(route=found, name=values["name"]).exclude(pk=row.pk).first()
        if same is not None:
            if pk is None and all(getattr(same, name) == value for name, value in values.items()):
                return same
            raise Invalid(fields={"name": _("Another point of the route has this name.")})
        if told.is_active and (pk is None or not row.is_active):
            _check_room(found, 1)
        _saved(row, values)
        return row


def _values(team: Team, told: PointTold, row: RoutePoint) -> dict[str, Any]:
    """The columns of a point. Raises: Invalid."""
    name, address = told.name.strip(), told.address.strip()
    faults = {"name": faults_of(name, LONGEST_NAME, is_needed=True), "address": faults_of(address, LONGEST_ADDRESS)}
    longitude, latitude = _degrees(told.longitude, 180), _degrees(told.latitude, 90)
    if longitude is None or latitude is None:
        faults["latitude"] = [_("This is no position on the earth.")]
    _refuse(faults)
    assert longitude is not None
    assert latitude is not None
    return {
        "name": name,
        "address": address,
        "longitude": longitude,
        "latitude": latitude,
        "place_class": _class(told.place_class, row),
        "community": _community(team, told.community, longitude, latitude),
        "is_active": told.is_active,
    }


def _degrees(value: Decimal, most: int) -> Decimal | None:
    """Degrees as they are kept, to seven places; None where there is no such place."""
    try:
        found = Decimal(value).quantize(SEVENTH)
        return found if abs(found) <= most else None
    except InvalidOperation:
        return None


def _class(pk: int, row: RoutePoint | None = None) -> PlaceClass:
    """An active class, or the one that the point has. Raises: Invalid."""
    found = PlaceClass.objects.filter(pk=pk).first() if 0 < pk < MOST_ID else None
    if found is None or not (found.is_active or (row is not None and row.place_class_id == found.pk)):
        raise Invalid(fields={"place_class": _("Choose one of these.")})
    return found


def _community(team: Team, pk: int | None, longitude: Decimal, latitude: Decimal) -> Community:
    """The community that was chosen, else the one in which the point lies. Raises: Invalid."""
    if pk is None:
        pk = community_at(team.subdistrict_id or 0, float(longitude), float(latitude))
    rows = Community.objects.filter(subdistrict=team.subdistrict_id, is_active=True)
    found = rows.filter(pk=pk).first() if pk is not None and 0 < pk < MOST_ID else None
    if found is None:
        raise Invalid(fields={"community": _("The point lies in none of your communities: choose one.")})
    return found


def _check_room(route: Route, more: int) -> None:
    """Raises: Invalid."""
    if RoutePoint.objects.filter(route=route, is_active=True).count() + more > MOST_POINTS:
        raise Invalid(_("A route has at most %(most)s points. Make another route.") % {"most": MOST_POINTS})


def add_key_places(*, by: User, at: datetime, route: int, place_class: int, places: Sequence[int]) -> list[RoutePoint]:
    """Put key places of the team's area on a route, all with one class; those that are on it already stay as they are.

    Returns what was added. Raises: NotFound, NotPermitted, Invalid.
    """
    with working_on(team_of(route), "add_key_places", permission="round.plan", by=by, at=at) as team:
        found = one_of(Route.objects.select_related("team").filter(team=team), route)
        kind = _class(place_class)
        offered = {place.pk: place for place in key_places_for(found, area_of(found))}
        there = set(
            RoutePoint.objects.filter(route=found, key_place__isnull=False).values_list("key_place_id", flat=True)
        )
        if not set(places) <= set(offered) | there:
            raise Invalid(fields={"places": _("Choose key places of the team's area.")})
        chosen = [offered[pk] for pk in dict.fromkeys(places) if pk in offered]
        _check_room(found, len(chosen))
        return [_of_place(found, place, kind) for place in chosen]


def _of_place(route: Route, place: KeyPlace, kind: PlaceClass) -> RoutePoint:
    assert place.longitude is not None  # only those are offered
    assert place.latitude is not None
    return RoutePoint.objects.create(
        route=route,
        place_class=kind,
        community=place.community,
        key_place=place,
        name=_free_name(route, place.name_zh),
        address=place.address,
        longitude=place.longitude,
        latitude=place.latitude,
    )


def _free_name(route: Route, name: str) -> str:
    """The name, with a number behind it where a point of the route has it already."""
    taken = set(RoutePoint.objects.filter(route=route).values_list("name", flat=True))
    names = (name[: LONGEST_NAME - 5] + (f" {number}" if number > 1 else "") for number in range(1, len(taken) + 2))
    return next(one for one in names if one not in taken)


def add_hot_spot(*, by: User, at: datetime, route: int, case: int) -> RoutePoint:
    """Put a hot spot near no point of a route on it, in the class of hot spots; `case` is the latest one there, by id.

    Raises: NotFound, NotPermitted, WrongState (it is offered no more: somebody has added it, or it has cooled).
    """
    with working_on(team_of(route), "add_hot_spot", permission="round.plan", by=by, at=at) as team:
        found = one_of(Route.objects.select_related("team").filter(team=team), route)
        points = RoutePoint.objects.filter(route=found).order_by("pk")
        offered = hot_places_for(found, area_of(found), points, at)
        spot = next((one for one in offered if one.case.pk == case), None)
        if spot is None or spot.position is None or spot.case.community is None:
            raise WrongState(_("This hot spot is offered no more: a point of the route is near it, or it has cooled."))
        kind = class_for_hot_spots()
        if kind is None:
            raise WrongState(_("There is no class of places in use."))
        _check_room(found, 1)
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


def renew_code(*, by: User, at: datetime, route: int, pk: int) -> RoutePoint:
    """Give a point a new code; the sign with the old one is void. Raises: NotFound, NotPermitted."""
    with working_on(team_of(route), "renew_code", permission="round.plan", by=by, at=at) as team:
        row = one_of(RoutePoint.objects.filter(route=route, route__team=team), pk)
        row.code = new_code()
        row.save(update_fields=["code"])
        return row
