"""Whose guard posts a person sees: the office all of its own, a team its own, an officer those of the own communities;
key places and the looks at them are seen by the whole field of the office.
"""

from collections.abc import Mapping

from django.db.models import Q

from citymgmt.people.permissions import Scope, ScopeQuery
from citymgmt.people.permissions import register as register_scope
from communities.placed import scopes_in
from communities.querysets import communities_of
from patrols.guards.models import ConditionLook, Deduction, GuardedPlace, GuardHours, GuardPost, GuardWatch, WatchPhoto


def register() -> None:
    """Say it once, when the app is ready."""
    for model, path in ((GuardPost, ""), (GuardHours, "post__")):
        register_scope(model, view="guard.view", queries=_queries(path, path))
    own: Mapping[Scope, ScopeQuery] = {Scope.OWN: lambda user, on: Q(user_id=user.pk)}
    register_scope(GuardWatch, view="guard.view", queries={**_queries("post__", ""), **own})
    register_scope(WatchPhoto, view="guard.view", queries=_queries("watch__post__", "watch__"))
    register_scope(GuardedPlace, view="place.view", queries=scopes_in("community", "place"))
    register_scope(ConditionLook, view="place.view", queries=scopes_in("place__community", "place"))
    register_scope(
        Deduction,
        view="place.deductions",
        queries={Scope.SUBDISTRICT: lambda user, on: Q(subdistrict_id=user.subdistrict_id)},
    )


def _queries(post: str, team: str) -> Mapping[Scope, ScopeQuery]:
    """How far each scope reaches where post and team lie on these paths."""
    return {
        Scope.SUBDISTRICT: lambda user, on: Q(**{f"{post}community__subdistrict_id": user.subdistrict_id}),
        Scope.TEAM: lambda user, on: Q(**{f"{team}team_id": user.organisation_id}),
        Scope.COMMUNITY: lambda user, on: Q(**{f"{post}community_id__in": communities_of(user, on)}),
    }
