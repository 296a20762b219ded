"""Whose records of pest control a person sees: the office all of its own, a team its own, an officer by community."""

from django.db.models import Q

from citymgmt.people.permissions import Scope
from citymgmt.people.permissions import register as register_scope
from communities.querysets import communities_of
from patrols.pests.models import BreedingSite, DensityLimit, DensitySurvey, PestOperation


def register() -> None:
    """Say it once, when the app is ready."""
    for model in (PestOperation, DensitySurvey, BreedingSite):
        register_scope(
            model,
            view="pest.view",
            queries={
                Scope.SUBDISTRICT: lambda user, on: Q(team__subdistrict_id=user.subdistrict_id),
                Scope.TEAM: lambda user, on: Q(team_id=user.organisation_id),
                Scope.COMMUNITY: lambda user, on: Q(
                    team__subdistrict_id=user.subdistrict_id, community__in=communities_of(user, on)
                ),
            },
        )
    register_scope(
        DensityLimit,
        view="pest.view",
        queries={Scope.SUBDISTRICT: lambda user, on: Q(subdistrict_id=user.subdistrict_id)},
    )
