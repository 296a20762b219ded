"""Whose sheets of duties a person sees: the office all of its own, an officer those of the own communities."""

from django.db.models import Q

from citymgmt.people.permissions import Scope
from citymgmt.people.permissions import register as register_scope
from communities.models import Duty, DutySheet
from communities.querysets import communities_of


def register() -> None:
    """Say it once, when the app is ready."""
    register_scope(
        DutySheet,
        view="duties.view",
        queries={
            Scope.SUBDISTRICT: lambda user, on: Q(community__subdistrict_id=user.subdistrict_id),
            Scope.COMMUNITY: lambda user, on: Q(community_id__in=communities_of(user, on)),
        },
    )
    register_scope(
        Duty,
        view="duties.keep",
        queries={Scope.SUBDISTRICT: lambda user, on: Q(subdistrict_id=user.subdistrict_id)},
    )
