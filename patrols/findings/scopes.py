"""Whose findings a person sees: the office all of its own, a team its own, an officer those of the communities."""

from collections.abc import Callable, Mapping
from datetime import date

from django.db.models import Q

from citymgmt.people.models import User
from citymgmt.people.permissions import Scope
from citymgmt.people.permissions import register as register_scope
from communities.querysets import communities_of
from patrols.findings.models import Finding, FindingPhoto


def register() -> None:
    """Say it once, when the app is ready."""
    register_scope(Finding, view="finding.view", queries=_queries(""))
    register_scope(FindingPhoto, view="finding.view", queries=_queries("finding__"))


def _queries(path: str) -> Mapping[Scope, Callable[[User, date], Q]]:
    return {
        Scope.SUBDISTRICT: lambda user, on: Q(**{f"{path}team__subdistrict_id": user.subdistrict_id}),
        Scope.TEAM: lambda user, on: Q(**{f"{path}team_id": user.organisation_id}),
        Scope.COMMUNITY: lambda user, on: Q(**{f"{path}community__in": communities_of(user, on)}),
    }
