"""What stands somewhere in a community, and who of the field may do what with it.

The office acts in its whole sub-district, the teams whose work it is too, an officer in the own communities.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.utils.translation import gettext as _

from citymgmt.faults import wrong_point
from citymgmt.people.models import Organisation, User
from citymgmt.people.permissions import TABLE, Scope, ScopeQuery
from citymgmt.written import faults_of
from communities import maps
from communities.models import Community, Placed
from communities.models.places import LONGEST_ADDRESS
from communities.querysets import communities_of


def map_of(thing: Placed) -> maps.Drawn | None:
    """Where something stands in its community; None where its point is not known."""
    if thing.longitude is None or thing.latitude is None:
        return None
    return maps.drawing(areas=maps.areas([thing.community]), pin=maps.on_map(thing.longitude, thing.latitude))


@dataclass(frozen=True)
class PlaceTold:
    """Where something stands as a person writes it; `community` is its id."""

    community: int
    address: str = ""
    longitude: Decimal | None = None
    latitude: Decimal | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of what is placed."""
        return {
            "community_id": self.community,
            "address": self.address.strip(),
            "longitude": self.longitude,
            "latitude": self.latitude,
        }


def faults_of_place(told: PlaceTold, by: User, permission: str, on: date) -> dict[str, Any]:
    """What is wrong with a place, by field: also a community in which the person may not do this."""
    open_to = communities_for(by, permission, on)
    faults: dict[str, Any] = {"address": faults_of(told.address.strip(), LONGEST_ADDRESS)}
    faults.update(wrong_point(told.longitude, told.latitude))
    if not (0 < told.community < 2**31 and open_to.filter(pk=told.community).exists()):
        faults["community"] = _("Choose one of these.")
    return {name: found for name, found in faults.items() if found}


Kind = Organisation.Kind
TEAMS_OF: Mapping[str, frozenset[str]] = {  # whose work it is, by what stands before the point of a row of rights
    "site": frozenset({Kind.ENFORCEMENT_TEAM}),
    "building": frozenset({Kind.ENFORCEMENT_TEAM}),
    "cleanliness": frozenset({Kind.ENFORCEMENT_TEAM, Kind.CLEANING_TEAM}),
    "guard": frozenset({Kind.ENFORCEMENT_TEAM, Kind.CLEANING_TEAM, Kind.PEST_TEAM}),
    "place": frozenset({Kind.ENFORCEMENT_TEAM, Kind.CLEANING_TEAM, Kind.PEST_TEAM}),
}


def scopes_in(community: str, work: str) -> Mapping[Scope, ScopeQuery]:
    """How far each scope reaches on a model of this work (a key of TEAMS_OF) whose community lies on this path; where
    the path is empty, on communities themselves.
    """
    key = f"{community}_id" if community else "pk"
    office = f"{community}__subdistrict_id" if community else "subdistrict_id"
    return {
        Scope.SUBDISTRICT: lambda user, on: Q(**{office: user.subdistrict_id}),
        Scope.COMMUNITY: lambda user, on: Q(**{f"{key}__in": communities_of(user, on)}),
        Scope.TEAM: lambda user, on: Q(_is_in_team(user, work), **{office: user.subdistrict_id}),
    }


def _is_in_team(user: User, work: str) -> Exists:
    teams = Organisation.objects.filter(kind__in=TEAMS_OF[work], is_active=True)
    return Exists(teams.filter(pk=user.organisation_id or 0))


def communities_for(user: User, permission: str, on: date) -> QuerySet[Community]:
    """The active communities in which a person may do this, by code."""
    scope = TABLE[permission].get(user.role)
    queries = scopes_in("", permission.partition(".")[0])
    if scope is None or scope not in queries:
        return Community.objects.none()
    return Community.objects.filter(queries[scope](user, on), is_active=True).order_by("code")


def enforcement_teams(subdistricts: set[int]) -> Mapping[int, list[int]]:
    """The ids of the enforcement teams that work, by sub-district."""
    found: dict[int, list[int]] = {pk: [] for pk in subdistricts}
    rows = Organisation.objects.filter(
        kind=Kind.ENFORCEMENT_TEAM, is_active=True, subdistrict__in=subdistricts
    ).order_by("pk")
    for pk, subdistrict in rows.values_list("pk", "subdistrict_id"):
        if subdistrict is not None:
            found[subdistrict].append(pk)
    return found
