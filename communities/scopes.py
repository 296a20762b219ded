"""How the scopes of the permission table become queries on communities."""

from django.db.models import Q

from citymgmt.people.permissions import Scope
from citymgmt.people.permissions import register as register_scope
from communities.models import Community, DutyGrid, Handover, KeyPlace, OfficerAssignment
from communities.querysets import communities_of


def register() -> None:
    """Say it once, when the app is ready."""
    register_scope(
        Community,
        view="community.view",
        queries={
            Scope.SUBDISTRICT: lambda user, on: Q(subdistrict_id=user.subdistrict_id),
            Scope.COMMUNITY: lambda user, on: Q(pk__in=communities_of(user, on)),
        },
    )
    for model in (OfficerAssignment, DutyGrid, KeyPlace, Handover):
        register_scope(
            model,
            view="community.view",
            queries={Scope.SUBDISTRICT: lambda user, on: Q(community__subdistrict_id=user.subdistrict_id)},
        )
