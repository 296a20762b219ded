"""Whose construction sites a person sees: office and enforcement team all, an officer those of the communities."""

from citymgmt.people.permissions import register as register_scope
from communities.placed import scopes_in
from patrols.sites.models import CheckedItem, Site, SiteInspection, SitePermit


def register() -> None:
    """Say it once, when the app is ready."""
    register_scope(Site, view="site.view", queries=scopes_in("community", "site"))
    for model, path in (
        (SitePermit, "site__community"),
        (SiteInspection, "site__community"),
        (CheckedItem, "inspection__site__community"),
    ):
        register_scope(model, view="site.view", queries=scopes_in(path, "site"))
