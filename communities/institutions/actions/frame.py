"""What the actions on institutions share: lock, name the action for the audit trail, permit; photos and papers."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

import pghistory
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import KeyReused, WrongState
from citymgmt.worktime.rules import hold_rules
from communities.institutions.querysets import locked_institution
from communities.models import Institution

M = TypeVar("M", bound=Model)
MOST_PHOTOS = 6


@contextmanager
def keeping(pk: int, action: str, *, permission: str, by: User, at: datetime) -> Iterator[Institution]:
    """The locked row of an institution with which `by` may do this, in a transaction that the audit trail names by the
    action. Raises: NotFound, NotPermitted.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action=action):
        hold_rules()
        found = locked_institution(pk)
        require(by, permission, found, on=timezone.localdate(at))
        yield found


def earlier(model: type[M], key: str | None, **same: Any) -> M | None:
    """The row that this very request wrote before, if it did. Raises: KeyReused when it was about something else."""
    row = model._default_manager.filter(request_key=key).first() if key else None
    if row is not None and any(getattr(row, name) != value for name, value in same.items()):
        raise KeyReused
    return row


def check_active(institution: Institution) -> None:
    """Raises: WrongState."""
    if not institution.is_active:
        raise WrongState(_("This institution is no longer active."))
