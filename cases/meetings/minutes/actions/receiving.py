"""Units confirm that they received issued minutes."""

from datetime import datetime

from cases.meetings.actions.receiving import confirm, confirm_as_unit
from cases.meetings.minutes.models import Receipt
from cases.meetings.models import MemberUnit
from citymgmt.people.models import User


def confirm_receipt(*, by: User, at: datetime, pk: int) -> Receipt:
    """Confirm a receipt for one's unit; the office may note it for the unit. Confirming again changes nothing.

    Raises: NotFound, NotPermitted.
    """
    return confirm(Receipt.objects.all(), "minutes.receive", by=by, at=at, pk=pk)


def receive_as_unit(*, unit: MemberUnit, at: datetime, pk: int) -> Receipt:
    """The same by somebody without a log-in, for the unit of a link. Raises: NotFound."""
    return confirm_as_unit(Receipt.objects.all(), unit=unit, at=at, pk=pk)
