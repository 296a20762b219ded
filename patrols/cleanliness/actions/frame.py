"""What the actions of cleanliness for a whole office share: lock, permit, name the action for the audit trail."""

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from citymgmt.people.models import SubDistrict, User
from citymgmt.people.permissions import require_role
from citymgmt.refusals import NotPermitted, WrongState


@contextmanager
def in_office(action: str, *, permission: str, by: User) -> Iterator[SubDistrict]:
    """The locked row of one's own sub-district, in a transaction that the audit trail names by the action.

    Raises: NotPermitted, WrongState (what the database refuses: the same was entered meanwhile).
    """
    require_role(by, permission)
    if by.subdistrict_id is None:
        raise NotPermitted
    try:
        with transaction.atomic(), pghistory.context(user=by.pk, action=action):
            yield SubDistrict.objects.select_for_update(no_key=True).get(pk=by.subdistrict_id)
    except IntegrityError as error:
        raise WrongState(_("Somebody has just entered the same. Load the page again.")) from error
