"""Units confirm that they received issued minutes."""

from datetime import datetime

import pghistory
from django.db import transaction
from django.utils import timezone

from cases.meetings.minutes.models import Receipt
from cases.meetings.models import MemberUnit
from cases.meetings.querysets import MOST_ID
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import NotFound


def confirm_receipt(*, by: User, at: datetime, pk: int) -> Receipt:
    """Confirm a receipt for one's unit; the office may note it for the unit. Confirming again changes nothing.

    Raises: NotFound, NotPermitted.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="confirm_receipt"):
        rows = Receipt.objects.filter(pk=pk) if 0 < pk < MOST_ID else Receipt.objects.none()
        found = rows.select_for_update(of=("self",), no_key=True).first()
        if found is None:
            raise NotFound
        require(by, "minutes.receive", found, on=timezone.localdate(at))
        return _received(found, by, at)


def receive_as_unit(*, unit: MemberUnit, at: datetime, pk: int) -> Receipt:
    """The same by somebody without a log-in, for the unit of a link. Raises: NotFound."""
    with transaction.atomic(), pghistory.context(unit=unit.pk, action="confirm_receipt"):
        rows = Receipt.objects.filter(pk=pk, unit=unit) if 0 < pk < MOST_ID else Receipt.objects.none()
        found = rows.select_for_update(of=("self",), no_key=True).first()
        if found is None:
            raise NotFound
        return _received(found, None, at)


def _received(receipt: Receipt, by: User | None, at: datetime) -> Receipt:
    if receipt.received_at is None:
        receipt.received_at, receipt.received_by, receipt.is_by_link = at, by, by is None
        receipt.save(update_fields=["received_at", "received_by", "is_by_link"])
    return receipt
