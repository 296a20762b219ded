"""Whose boards a person sees: the office all of its own, an officer those of the own communities."""

from django.db.models import Q

from citymgmt.people.permissions import Scope
from citymgmt.people.permissions import register as register_scope
from communities.models import Board
from communities.querysets import communities_of


def register() -> None:
    """Say it once, when the app is ready."""
    register_scope(
        Board,
        view="board.view",
        queries={
            Scope.SUBDISTRICT: lambda user, on: Q(community__subdistrict_id=user.subdistrict_id),
            Scope.COMMUNITY: lambda user, on: Q(community_id__in=communities_of(user, on)),
        },
    )
