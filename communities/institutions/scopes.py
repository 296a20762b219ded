"""Whose institutions a person sees: the office all of its own, an officer those of the own communities."""

from collections.abc import Mapping

from django.db.models import Q

from citymgmt.people.permissions import Scope, ScopeQuery
from citymgmt.people.permissions import register as register_scope
from communities.models import Agreement, Institution, InstitutionPhoto, InstitutionVisit, Pledge
from communities.querysets import communities_of

PATHS = {  # of each model to its institution
    Institution: "",
    Agreement: "institution__",
    InstitutionVisit: "institution__",
    InstitutionPhoto: "institution__",
    Pledge: "institution__",
}


def register() -> None:
    """Say it once, when the app is ready."""
    for model, path in PATHS.items():
        register_scope(model, view="institution.view", queries=_queries(path))


def _queries(path: str) -> Mapping[Scope, ScopeQuery]:
    office, community = f"{path}community__subdistrict_id", f"{path}community_id__in"
    return {
        Scope.SUBDISTRICT: lambda user, on: Q(**{office: user.subdistrict_id}),
        Scope.COMMUNITY: lambda user, on: Q(**{community: communities_of(user, on)}),
    }
