"""Units confirm that they received a circular; who has not is reminded."""

from datetime import datetime

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.meetings.actions.receiving import confirm, confirm_as_unit
from cases.meetings.circulars.models import CircularReceipt, CircularReminder
from cases.meetings.circulars.notices import tell_reminded
from cases.meetings.circulars.querysets import locked_circular
from cases.meetings.models import MemberUnit
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import WrongState


def confirm_circular_receipt(*, by: User, at: datetime, pk: int) -> CircularReceipt:
    """Confirm a receipt for one's unit; the office may note it for the unit. Confirming again changes nothing.

    Raises: NotFound, NotPermitted.
    """
    return confirm(CircularReceipt.objects.all(), "circular.receive", by=by, at=at, pk=pk)


def receive_circular_as_unit(*, unit: MemberUnit, at: datetime, pk: int) -> CircularReceipt:
    """The same by somebody without a log-in, for the unit of a link. Raises: NotFound."""
    return confirm_as_unit(CircularReceipt.objects.all(), unit=unit, at=at, pk=pk)


def remind_units(*, by: User, at: datetime, pk: int) -> CircularReminder:
    """Remind the units that have not confirmed an issued circular. A second time on the same day reminds nobody, so no
    request key is needed.

    Raises: NotFound, NotPermitted, WrongState (not issued, or all have confirmed).
    """
    on = timezone.localdate(at)
    with transaction.atomic(), pghistory.context(user=by.pk, action="remind_units"):
        circular = locked_circular(pk)
        require(by, "circular.write", circular, on=on)
        if not circular.is_issued:
            raise WrongState(_("This circular is not issued yet."))
        present = CircularReminder.objects.filter(circular=circular, on=on).first()
        if present is not None:
            return present
        units = MemberUnit.objects.filter(
            pk__in=circular.receipts.filter(received_at=None).order_by().values("unit")
        ).select_related("organisation")
        if not units:
            raise WrongState(_("All units have confirmed the receipt."))
        tell_reminded(circular, units, by.pk, at)
        return CircularReminder.objects.create(circular=circular, on=on, reminded_at=at, reminded_by=by)
