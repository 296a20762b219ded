"""Whose residential areas a person sees: the office all of its own, an officer those of the own communities."""

from citymgmt.people.permissions import register as register_scope
from communities.models import AreaPhoto, ResidentialArea
from communities.placed import scopes_in


def register() -> None:
    """Say it once, when the app is ready."""
    for model, path in ((ResidentialArea, "community"), (AreaPhoto, "event__area__community")):
        register_scope(model, view="area.view", queries=scopes_in(path, "area"))
