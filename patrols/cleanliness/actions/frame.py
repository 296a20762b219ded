"""What the actions of cleanliness for a whole office share: lock, permit, name the action for the audit trail."""

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory
from django.db import transaction

from citymgmt.people.models import SubDistrict, User
from citymgmt.people.permissions import require_role
from communities.querysets import locked_office
from patrols.clashes import entered_by_another


@contextmanager
def in_office(action: str, *, permission: str, by: User) -> Iterator[SubDistrict]:
    """The locked row of one's own sub-district, in a transaction that the audit trail names by the action.

    Raises: NotPermitted, WrongState (the same was entered meanwhile).
    """
    require_role(by, permission)
    once = entered_by_another("street_segment_code_once", "sample_draw_seed_once")
    with once, transaction.atomic(), pghistory.context(user=by.pk, action=action):
        yield locked_office(by.subdistrict_id)
