"""From draft to issue: checked, signed by somebody else, issued with a number; taken back before that.

Each step is done with the version that the person saw. A step that was done already by the same person changes nothing,
so no request key is needed.
"""

from datetime import datetime

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.meetings import lifecycle
from cases.meetings.actions.enacting import enact_all
from cases.meetings.minutes.composing import gathered, kept_content
from cases.meetings.minutes.models import Minutes, Receipt
from cases.meetings.minutes.notices import tell_checked, tell_issued
from cases.meetings.minutes.querysets import locked_minutes, next_number
from cases.meetings.models import MemberUnit
from cases.meetings.querysets import hold_office_of
from citymgmt.paperwork.actions import wanted_files, write_step
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import NotPermitted, Stale, WrongState

State = Minutes.State


def check_minutes(*, by: User, at: datetime, pk: int, version: int) -> Minutes:
    """Say that the text is right (核稿): it is kept as it is now, and rests. Raises: as `sign_minutes`."""
    with transaction.atomic(), pghistory.context(user=by.pk, action="check_minutes"):
        minutes = locked_minutes(pk)
        require(by, "minutes.write", minutes, on=timezone.localdate(at))
        if minutes.state == State.CHECKED and minutes.checked_by_id == by.pk:
            return minutes
        _expect(minutes, State.DRAFT, version)
        content = kept_content(gathered(minutes))
        write_step(minutes, at, state=State.CHECKED, checked_at=at, checked_by=by, content=content)
        tell_checked(minutes, at)
        return minutes


def sign_minutes(*, by: User, at: datetime, pk: int, version: int) -> Minutes:
    """Sign them for issue (签发): a leader, and not who checked them.

    Raises: NotFound, NotPermitted, WrongState, Stale (another text than the person saw).
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="sign_minutes"):
        minutes = locked_minutes(pk)
        require(by, "minutes.sign", minutes, on=timezone.localdate(at))
        if minutes.state == State.SIGNED and minutes.signed_by_id == by.pk:
            return minutes
        _expect(minutes, State.CHECKED, version)
        if minutes.checked_by_id == by.pk:
            raise NotPermitted(_("Somebody else must sign what you checked."))
        write_step(minutes, at, state=State.SIGNED, signed_at=at, signed_by=by)
        return minutes


def issue_minutes(*, by: User, at: datetime, pk: int, version: int) -> Minutes:
    """Issue signed minutes (印发): they get the next number of the year, their drafts of resolutions come into force,
    the units are told and asked to confirm the receipt. From now on nothing of them changes.

    Raises: NotFound, NotPermitted, WrongState, Stale.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="issue_minutes"):
        hold_office_of(Minutes.objects.all(), pk)
        minutes = locked_minutes(pk)
        require(by, "minutes.write", minutes, on=timezone.localdate(at))
        if minutes.is_issued and minutes.issued_by_id == by.pk:
            return minutes
        _expect(minutes, State.SIGNED, version)
        year = timezone.localdate(at).year
        number = next_number(minutes.subdistrict_id, year)
        write_step(minutes, at, state=State.ISSUED, issued_at=at, issued_by=by, year=year, number=number)
        wanted_files(minutes, at)
        _enact_drafts(minutes, at)
        units = list(MemberUnit.objects.filter(seats__meeting=minutes.meeting_id))
        Receipt.objects.bulk_create([Receipt(minutes=minutes, unit=unit) for unit in units])
        tell_issued(minutes, units, at)
        return minutes


def _enact_drafts(minutes: Minutes, at: datetime) -> None:
    """What the meeting resolved comes into force, in the name of who signed."""
    assert minutes.signed_by is not None
    if minutes.meeting.resolutions.filter(state=lifecycle.DRAFT).exists():
        enact_all(by=minutes.signed_by, at=at, meeting=minutes.meeting_id)


def take_back_minutes(*, by: User, at: datetime, pk: int, version: int) -> Minutes:
    """Make checked or signed minutes a draft again, so that their text can be changed. Raises: as `issue_minutes`."""
    with transaction.atomic(), pghistory.context(user=by.pk, action="take_back_minutes"):
        minutes = locked_minutes(pk)
        require(by, "minutes.write", minutes, on=timezone.localdate(at))
        if minutes.is_draft:
            return minutes
        if minutes.is_issued:
            raise WrongState(_("Issued minutes never change. Draft a correction."))
        if minutes.version != version:
            raise Stale(version=minutes.version)
        undone = dict.fromkeys(("content", "checked_at", "checked_by", "signed_at", "signed_by"))
        write_step(minutes, at, state=State.DRAFT, **undone)
        return minutes


def _expect(minutes: Minutes, state: str, version: int) -> None:
    """Raises: WrongState, Stale."""
    if minutes.state != state:
        raise WrongState(
            _("The minutes are now in the state “%(state)s”.") % {"state": minutes.get_state_display()},
            state=minutes.state,
        )
    if minutes.version != version:
        raise Stale(version=minutes.version)
