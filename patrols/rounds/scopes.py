"""Whose rounds a person sees: the office all of its own, a team its own."""

from collections.abc import Callable, Mapping
from datetime import date

from django.db.models import Q

from citymgmt.people.models import User
from citymgmt.people.permissions import Scope
from citymgmt.people.permissions import register as register_scope
from patrols.rounds.models import PatrolRound, Route, RoutePlan, RoutePoint, VisitPhoto

PATHS = {
    Route: "team",
    RoutePoint: "route__team",
    RoutePlan: "route__team",
    PatrolRound: "team",
    VisitPhoto: "visit__round__team",
}


def register() -> None:
    """Say it once, when the app is ready."""
    for model, path in PATHS.items():
        register_scope(model, view="round.view", queries=_queries(path))


def _queries(path: str) -> Mapping[Scope, Callable[[User, date], Q]]:
    return {
        Scope.SUBDISTRICT: lambda user, on: Q(**{f"{path}__subdistrict_id": user.subdistrict_id}),
        Scope.TEAM: lambda user, on: Q(**{f"{path}_id": user.organisation_id}),
    }
