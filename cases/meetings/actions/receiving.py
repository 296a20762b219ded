"""Units confirm that they received a paper: the same for every kind, whose row of the permission table is asked."""

from datetime import datetime
from typing import TypeVar

import pghistory
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cases.meetings.models import MemberUnit
from cases.meetings.models.receipts import UnitReceipt
from cases.meetings.querysets import locked_row
from citymgmt.people.models import User
from citymgmt.people.permissions import require

R = TypeVar("R", bound=UnitReceipt)


def confirm(receipts: QuerySet[R], row: str, *, by: User, at: datetime, pk: int) -> R:
    """Confirm one of these receipts for one's unit; the office may note it for the unit. Confirming again changes
    nothing, so no request key is needed.

    Raises: NotFound, NotPermitted.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="confirm_receipt"):
        found = locked_row(receipts, pk)
        require(by, row, found, on=timezone.localdate(at))
        return _received(found, by, at)


def confirm_as_unit(receipts: QuerySet[R], *, unit: MemberUnit, at: datetime, pk: int) -> R:
    """The same by somebody without a log-in, for the unit of a link. Raises: NotFound."""
    with transaction.atomic(), pghistory.context(unit=unit.pk, action="confirm_receipt"):
        return _received(locked_row(receipts.filter(unit=unit), pk), None, at)


def _received(receipt: R, by: User | None, at: datetime) -> R:
    if receipt.received_at is None:
        receipt.received_at, receipt.received_by, receipt.is_by_link = at, by, by is None
        receipt.save(update_fields=["received_at", "received_by", "is_by_link"])
    return receipt
