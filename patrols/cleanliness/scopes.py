"""Whose records of cleanliness a person sees: office, cleaning and enforcement team all, an officer those of the
communities.
"""

from django.db.models import Q

from citymgmt.people.permissions import Scope
from citymgmt.people.permissions import register as register_scope
from communities.placed import scopes_in
from patrols.cleanliness.models import BlindSpot, SampleDraw, SamplePoint, StreetSegment

WORK = "cleanliness"


def register() -> None:
    """Say it once, when the app is ready."""
    for model, path in ((StreetSegment, "community"), (SamplePoint, "segment__community"), (BlindSpot, "community")):
        register_scope(model, view="cleanliness.view", queries=scopes_in(path, WORK))
    whole_office = {**scopes_in("", WORK), Scope.COMMUNITY: lambda user, on: Q(subdistrict_id=user.subdistrict_id)}
    register_scope(SampleDraw, view="cleanliness.view", queries=whole_office)
