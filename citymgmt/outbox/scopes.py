"""How the scopes of the permission table become queries on messages."""

from datetime import date

from django.db.models import Q

from citymgmt.outbox.models import Message
from citymgmt.people.models import User
from citymgmt.people.permissions import Scope
from citymgmt.people.permissions import register as register_scope


def _of_own_people(user: User, on: date) -> Q:
    """To people of the own sub-district or of the bodies of its district, and to addressees in the office's name."""
    liaisons = Q(recipient__subdistrict=None, recipient__organisation__district_code=user.district_code)
    own = Q(recipient__subdistrict_id=user.subdistrict_id) | Q(subdistrict_id=user.subdistrict_id)
    return own | liaisons & Q(recipient__isnull=False)


def register() -> None:
    """Say it once, when the app is ready."""
    register_scope(
        Message,
        view="outbox.view",
        queries={Scope.SUBDISTRICT: _of_own_people, Scope.OWN: lambda user, on: Q(recipient=user)},
    )
