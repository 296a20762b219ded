"""Routes and their points: entered, changed, taken out of use; a new code where a sign is void."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from citymgmt.faults import refuse
from citymgmt.found import MOST_ID, one_of
from citymgmt.people.models import User
from citymgmt.refusals import Invalid
from citymgmt.written import faults_of
from communities.models import Community
from communities.places import community_at
from patrols.rounds.models import LONGEST_NAME, PlaceClass, Route, RoutePoint, new_code
from patrols.teams.actions.frame import working_on
from patrols.teams.models import Team

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
        refuse(faults)
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
            check_room(found, 1)
        _saved(row, values)
        return row


def _values(team: Team, told: PointTold, row: RoutePoint) -> dict[str, Any]:
    """The columns of a point. Raises: Invalid."""
    name, address = told.name.strip(), told.address.strip()
    faults = {"name": faults_of(name, LONGEST_NAME, is_needed=True), "address": faults_of(address, LONGEST_ADDRESS)}
    longitude, latitude = _degrees(told.longitude, 180), _degrees(told.latitude, 90)
    if longitude is None or latitude is None:
        faults["latitude"] = [_("This is no position on the earth.")]
    refuse(faults)
    assert longitude is not None
    assert latitude is not None
    return {
        "name": name,
        "address": address,
        "longitude": longitude,
        "latitude": latitude,
        "place_class": class_in_use(told.place_class, row),
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


def class_in_use(pk: int, row: RoutePoint | None = None) -> PlaceClass:
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


def check_room(route: Route, more: int) -> None:
    """Raises: Invalid."""
    if RoutePoint.objects.filter(route=route, is_active=True).count() + more > MOST_POINTS:
        raise Invalid(_("A route has at most %(most)s points. Make another route.") % {"most": MOST_POINTS})


def renew_code(*, by: User, at: datetime, route: int, pk: int) -> RoutePoint:
    """Give a point a new code; the sign with the old one is void. Raises: NotFound, NotPermitted."""
    with working_on(team_of(route), "renew_code", permission="round.plan", by=by, at=at) as team:
        row = one_of(RoutePoint.objects.filter(route=route, route__team=team), pk)
        row.code = new_code()
        row.save(update_fields=["code"])
        return row
