"""Whether units come to a meeting, and who came."""

from datetime import datetime

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.meetings.models import Meeting, Seat
from cases.meetings.querysets import MOST_ID, locked_meeting
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import Invalid, NotFound, WrongState
from citymgmt.written import faults_of

LONGEST_NAMES = 200  # characters


def answer_invitation(*, by: User, at: datetime, pk: int, seat: int, answer: str, names: str = "") -> Seat:
    """Say for a unit whether it comes, and who; the office may say it for the unit. Saying it again changes nothing.

    Raises: NotFound, NotPermitted, WrongState (nobody is invited, or the meeting is over), Invalid.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="answer_invitation"):
        meeting, found = _locked(pk, seat)
        require(by, "meeting.answer", found, on=timezone.localdate(at))
        if meeting.state != Meeting.State.INVITED:
            raise WrongState(_("This meeting takes no answers."))
        if answer not in Seat.Answer.values:
            raise Invalid(fields={"answer": _("Choose one of the answers.")})
        found.names = _checked_names(names)
        if found.answer != answer:
            found.answer, found.answered_at = answer, at
        found.save(update_fields=["answer", "answered_at", "names"])
        return found


def note_presence(*, by: User, at: datetime, pk: int, seat: int, presence: str, names: str = "") -> Seat:
    """Note who came for a unit. Noting it again changes nothing.

    Raises: NotFound, NotPermitted, WrongState (the meeting was called off or has not begun), Invalid.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="note_presence"):
        meeting, found = _locked(pk, seat)
        require(by, "meeting.plan", meeting, on=timezone.localdate(at))
        if meeting.state == Meeting.State.CANCELLED or at < meeting.starts_at:
            raise WrongState(_("Attendance is noted once the meeting has begun."))
        if presence not in Seat.Presence.values:
            raise Invalid(fields={"presence": _("Choose one of these.")})
        found.presence, found.names = presence, _checked_names(names)
        found.save(update_fields=["presence", "names"])
        return found


def _locked(pk: int, seat: int) -> tuple[Meeting, Seat]:
    """Raises: NotFound."""
    meeting = locked_meeting(pk)
    rows = meeting.seats.filter(pk=seat) if 0 < seat < MOST_ID else meeting.seats.none()
    found = rows.select_for_update(of=("self",), no_key=True).first()
    if found is None:
        raise NotFound
    return meeting, found


def _checked_names(names: str) -> str:
    """Raises: Invalid."""
    faults = faults_of(names.strip(), LONGEST_NAMES)
    if faults:
        raise Invalid(fields={"names": faults})
    return names.strip()
