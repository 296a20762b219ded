"""One row of patrols that is changed: locked, permitted, named for the audit trail."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

import pghistory
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from citymgmt.found import one_of
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from patrols.clashes import entered_by_another

M = TypeVar("M", bound=Model)


@contextmanager
def changing(
    rows: type[M], pk: int, action: str, *, permission: str, by: User, at: datetime, once: str = ""
) -> Iterator[M]:
    """The locked row of this id on which `by` may do this, in a transaction that the audit trail names by the action.

    Raises: NotFound, NotPermitted, WrongState (the same was entered meanwhile: the constraint `once` refuses it).
    """
    with entered_by_another(once), transaction.atomic(), pghistory.context(user=by.pk, action=action):
        locked = rows._default_manager.select_for_update(of=("self",), no_key=True)
        found = one_of(locked.order_by("pk"), pk)
        require(by, permission, found, on=timezone.localdate(at))
        yield found
