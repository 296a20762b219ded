"""Whose teams a person sees: the office all of its own, a team itself; of certificates a member one's own."""

from django.db.models import Q

from citymgmt.people.permissions import Scope
from citymgmt.people.permissions import register as register_scope
from patrols.teams.models import Certificate, Duty, MemberLeave, Shift, Team


def register() -> None:
    """Say it once, when the app is ready."""
    register_scope(
        Team,
        view="team.view",
        queries={
            Scope.SUBDISTRICT: lambda user, on: Q(subdistrict_id=user.subdistrict_id),
            Scope.TEAM: lambda user, on: Q(pk=user.organisation_id),
        },
    )
    queries = {
        Scope.SUBDISTRICT: lambda user, on: Q(team__subdistrict_id=user.subdistrict_id),
        Scope.TEAM: lambda user, on: Q(team_id=user.organisation_id),
        Scope.OWN: lambda user, on: Q(user_id=user.pk),
    }
    for model in (Duty, MemberLeave, Shift):
        own = {scope: query for scope, query in queries.items() if scope is not Scope.OWN or model is Duty}
        register_scope(model, view="team.view", queries=own)
    register_scope(Certificate, view="certificate.view", queries=queries)
