"""Whose publicity a person sees: the office all of its own, an officer that of the own communities."""

from collections.abc import Mapping

from django.db.models import Q

from cases.publicity.lifecycle import FORUM_VIEW, SUGGESTION_VIEW, VIEW
from cases.publicity.models import Forum, PublicityItem, PublicityPhoto, SuggesterLook, Suggestion
from citymgmt.people.permissions import Scope, ScopeQuery
from citymgmt.people.permissions import register as register_scope
from communities.querysets import communities_of


def _within(*paths: str) -> Mapping[Scope, ScopeQuery]:
    """On a model from which one of these paths leads to a thing of the room."""

    def either(name: str, value: object) -> Q:
        found = Q()
        for path in paths:
            found |= Q(**{f"{path}{name}": value})
        return found

    return {
        Scope.SUBDISTRICT: lambda user, on: either("subdistrict_id", user.subdistrict_id or 0),
        Scope.COMMUNITY: lambda user, on: either("community_id__in", communities_of(user, on)),
    }


def register() -> None:
    """Say it once, when the app is ready."""
    register_scope(PublicityItem, view=VIEW, queries=_within(""))
    register_scope(Forum, view=FORUM_VIEW, queries=_within(""))
    register_scope(Suggestion, view=SUGGESTION_VIEW, queries=_within(""))
    ways = ("item_event__item__", "forum_event__forum__", "suggestion_event__suggestion__")
    register_scope(PublicityPhoto, view=VIEW, queries=_within(*ways))
    register_scope(SuggesterLook, view="reporter.looks", queries=_within("suggestion__"))
