"""What the room tells the others when the app is ready: whose regulations a person sees."""

from django.db.models import Q

from citymgmt.people.permissions import Scope
from citymgmt.people.permissions import register as register_scope
from communities.models import Regulation


def register() -> None:
    """Say it once: everybody sees what all share; what an office has of its own, those who work there."""
    register_scope(
        Regulation,
        view="regulation.view",
        queries={Scope.SUBDISTRICT: lambda user, on: Q(subdistrict=None) | Q(subdistrict_id=user.subdistrict_id or 0)},
    )
