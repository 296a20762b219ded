"""From draft to issue: submitted, issued by a leader who did not write it, or sent back to be written anew.

Each step is done with the version that the person saw. A step that was done already by the same person changes nothing,
so no request key is needed.
"""

from datetime import date, datetime

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.meetings.circulars.composing import gathered, kept_content
from cases.meetings.circulars.models import LONGEST_REASON, Circular, CircularReceipt
from cases.meetings.circulars.notices import tell_issued, tell_sent_back, tell_submitted
from cases.meetings.circulars.querysets import locked_circular, next_number
from cases.meetings.models import MemberUnit
from cases.meetings.querysets import hold_office_of, units_of
from citymgmt.paperwork.actions import wanted_files, write_step
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import Invalid, NotPermitted, Stale, WrongState
from citymgmt.written import faults_of

State = Circular.State


def submit_circular(*, by: User, at: datetime, pk: int, version: int) -> Circular:
    """Put a draft before the leaders, who are told; its text rests from then on.

    Raises: NotFound, NotPermitted, WrongState, Stale.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="submit_circular"):
        circular = locked_circular(pk)
        on = timezone.localdate(at)
        require(by, "circular.write", circular, on=on)
        if circular.state == State.SUBMITTED and circular.submitted_by_id == by.pk:
            return circular
        _expect(circular, State.DRAFT, version)
        _units_to_be_told(circular, on)
        write_step(circular, at, state=State.SUBMITTED, submitted_at=at, submitted_by=by, reason="")
        tell_submitted(circular, at)
        return circular


def send_back_circular(*, by: User, at: datetime, pk: int, version: int, reason: str) -> Circular:
    """Make a submitted circular a draft again, with the reason; those who wrote and submitted it are told.

    Raises: NotFound, NotPermitted, WrongState, Stale, Invalid.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="send_back_circular"):
        circular = locked_circular(pk)
        require(by, "circular.issue", circular, on=timezone.localdate(at))
        reason = " ".join(reason.split())
        if circular.is_draft and circular.reason and circular.reason == reason:
            return circular
        _expect(circular, State.SUBMITTED, version)
        faults = faults_of(reason, LONGEST_REASON, is_needed=True)
        if faults:
            raise Invalid(fields={"reason": faults})
        writers = {pk for pk in (circular.drafted_by_id, circular.submitted_by_id) if pk is not None}
        write_step(circular, at, state=State.DRAFT, submitted_at=None, submitted_by=None, reason=reason)
        tell_sent_back(circular, writers, by.pk, at)
        return circular


def issue_circular(*, by: User, at: datetime, pk: int, version: int) -> Circular:
    """Issue a submitted circular (印发): a leader who neither drafted nor submitted it. It gets the next number of the
    year, what it tells is kept as it is now, the units are told and asked to confirm the receipt. From now on nothing
    of it changes.

    Raises: NotFound, NotPermitted, WrongState, Stale.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="issue_circular"):
        hold_office_of(Circular.objects.all(), pk)
        circular = locked_circular(pk)
        on = timezone.localdate(at)
        require(by, "circular.issue", circular, on=on)
        if circular.is_issued and circular.issued_by_id == by.pk:
            return circular
        _expect(circular, State.SUBMITTED, version)
        if by.pk in (circular.drafted_by_id, circular.submitted_by_id):
            raise NotPermitted(_("Another leader must issue what you wrote."))
        units = _units_to_be_told(circular, on)
        _number(circular, by, at, on.year)
        wanted_files(circular, at)
        CircularReceipt.objects.bulk_create([CircularReceipt(circular=circular, unit=unit) for unit in units])
        tell_issued(circular, units, at)
        return circular


def _number(circular: Circular, by: User, at: datetime, year: int) -> None:
    """Give it the next number of the year of its office, and keep what it tells."""
    number, content = next_number(circular.subdistrict_id, year), kept_content(gathered(circular))
    write_step(circular, at, state=State.ISSUED, issued_at=at, issued_by=by, year=year, number=number, content=content)


def _units_to_be_told(circular: Circular, on: date) -> list[MemberUnit]:
    """The units that it goes to. Raises: WrongState when one is not active any more, or the day to confirm is over."""
    units = units_of(circular.subdistrict_id, circular.recipients)
    if len(units) != len(circular.recipients):
        raise WrongState(_("One of the recipients is no active member unit any more. Choose the recipients anew."))
    if circular.confirm_by is not None and circular.confirm_by < on:
        raise WrongState(_("The day by which receipts are to be confirmed is over. Choose another one."))
    return units


def _expect(circular: Circular, state: str, version: int) -> None:
    """Raises: WrongState, Stale."""
    if circular.state != state:
        raise WrongState(
            _("The circular is now in the state “%(state)s”.") % {"state": circular.get_state_display()},
            state=circular.state,
        )
    if circular.version != version:
        raise Stale(version=circular.version)
