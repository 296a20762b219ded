"""Whose owners' committees a person sees: the office all of its own, an officer those of the own communities."""

from citymgmt.people.permissions import register as register_scope
from communities.models import OwnersCommittee
from communities.placed import scopes_in


def register() -> None:
    """Say it once, when the app is ready."""
    register_scope(OwnersCommittee, view="committee.view", queries=scopes_in("area__community", "committee"))
