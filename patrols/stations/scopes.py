"""Whose stations a person sees: the office all of its own, a team those that it checks, an officer those of the own
communities; a check belongs to the team that answered for it on its day.
"""

from django.db.models import Q

from citymgmt.people.permissions import Scope
from citymgmt.people.permissions import register as register_scope
from communities.querysets import communities_of
from patrols.stations.models import ChecklistItem, DailyCheck, Station


def register() -> None:
    """Say it once, when the app is ready."""
    register_scope(
        Station,
        view="station.view",
        queries={
            Scope.SUBDISTRICT: lambda user, on: Q(subdistrict_id=user.subdistrict_id),
            Scope.TEAM: lambda user, on: Q(team_id=user.organisation_id),
            Scope.COMMUNITY: lambda user, on: Q(community_id__in=communities_of(user, on)),
        },
    )
    register_scope(
        DailyCheck,
        view="station.view",
        queries={
            Scope.SUBDISTRICT: lambda user, on: Q(station__subdistrict_id=user.subdistrict_id),
            Scope.TEAM: lambda user, on: Q(team_id=user.organisation_id),
            Scope.COMMUNITY: lambda user, on: Q(station__community_id__in=communities_of(user, on)),
        },
    )
    register_scope(
        ChecklistItem,
        view="station.keep",
        queries={Scope.SUBDISTRICT: lambda user, on: Q(subdistrict_id=user.subdistrict_id)},
    )
