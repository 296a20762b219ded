"""Whose illegal buildings a person sees: office and enforcement team all, an officer those of the communities."""

from citymgmt.people.permissions import register as register_scope
from communities.placed import scopes_in
from patrols.illegal_buildings.models import AreaEntry, BuildingPaper, BuildingPhoto, IllegalBuilding


def register() -> None:
    """Say it once, when the app is ready."""
    for model, path in (
        (IllegalBuilding, "community"),
        (AreaEntry, "building__community"),
        (BuildingPhoto, "event__building__community"),
        (BuildingPaper, "event__building__community"),
    ):
        register_scope(model, view="building.view", queries=scopes_in(path, "building"))
