"""Whether units come to a meeting, and who came."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.meetings.minutes.querysets import check_not_at_rest
from cases.meetings.models import Meeting, MemberUnit, Seat
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
        return _answered(meeting, found, answer, names, at)


def answer_of_unit(*, unit: MemberUnit, at: datetime, seat: int, answer: str, names: str = "") -> Seat:
    """The same by somebody without a log-in, for the unit of a link. Raises: NotFound, WrongState, Invalid."""
    rows = Seat.objects.filter(pk=seat, unit=unit) if 0 < seat < MOST_ID else Seat.objects.none()
    pk = rows.exclude(meeting__state=Meeting.State.PLANNED).values_list("meeting", flat=True).first()
    if pk is None:
        raise NotFound
    with transaction.atomic(), pghistory.context(unit=unit.pk, action="answer_invitation"):
        meeting, found = _locked(pk, seat)
        return _answered(meeting, found, answer, names, at)


def _answered(meeting: Meeting, found: Seat, answer: str, names: str, at: datetime) -> Seat:
    if meeting.state != Meeting.State.INVITED:
        raise WrongState(_("This meeting takes no answers."))
    if answer not in Seat.Answer.values:
        raise Invalid(fields={"answer": _("Choose one of the answers.")})
    names = _checked_names(names)
    if (found.answer, found.names) != (answer, names):
        found.answer, found.answered_at, found.names = answer, at, names
        found.save(update_fields=["answer", "answered_at", "names"])
    return found


@dataclass(frozen=True)
class Noted:
    """Who came for the unit of a seat: one of `Seat.Presence`, and names."""

    seat: int
    presence: str
    names: str = ""


def note_presence(*, by: User, at: datetime, pk: int, seat: int, presence: str, names: str = "") -> Seat:
    """Note who came for a unit. Noting it again changes nothing.

    Raises: NotFound, NotPermitted, WrongState (the meeting was called off or has not begun), Invalid.
    """
    try:
        return note_attendance(by=by, at=at, pk=pk, noted=[Noted(seat, presence, names)])[0]
    except Invalid as refused:
        raise Invalid(fields={name.partition("-")[2]: told for name, told in refused.fields.items()}) from refused


def note_attendance(*, by: User, at: datetime, pk: int, noted: Sequence[Noted]) -> list[Seat]:
    """Note who came for several units, all or none. Noting it again changes nothing.

    Raises: NotFound, NotPermitted, WrongState (the meeting was called off or has not begun), Invalid (fields are named
    by seat, as `12-presence`).
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="note_presence"):
        meeting = locked_meeting(pk)
        require(by, "meeting.plan", meeting, on=timezone.localdate(at))
        check_not_at_rest(meeting)
        seats = _locked_seats(meeting, [one.seat for one in noted])
        if meeting.state == Meeting.State.CANCELLED or at < meeting.starts_at:
            raise WrongState(_("Attendance is noted once the meeting has begun."))
        wrong = {name: faults for one in noted for name, faults in _faults(one) if faults}
        if wrong:
            raise Invalid(fields=wrong)
        return [_noted(seats[one.seat], one) for one in noted]


def _faults(noted: Noted) -> Iterator[tuple[str, list[str]]]:
    """The fields with what is wrong with them."""
    is_known = noted.presence in Seat.Presence.values
    yield f"{noted.seat}-presence", [] if is_known else [_("Choose one of these.")]
    yield f"{noted.seat}-names", faults_of(noted.names.strip(), LONGEST_NAMES)


def _noted(seat: Seat, noted: Noted) -> Seat:
    told = (noted.presence, noted.names.strip())
    if (seat.presence, seat.names) != told:
        seat.presence, seat.names = told
        seat.save(update_fields=["presence", "names"])
    return seat


def _locked(pk: int, seat: int) -> tuple[Meeting, Seat]:
    """Raises: NotFound."""
    meeting = locked_meeting(pk)
    return meeting, _locked_seats(meeting, [seat])[seat]


def _locked_seats(meeting: Meeting, pks: Sequence[int]) -> dict[int, Seat]:
    """The seats of a locked meeting by id, locked too. Raises: NotFound."""
    rows = meeting.seats.filter(pk__in=[pk for pk in pks if 0 < pk < MOST_ID]).order_by("pk")
    found = {seat.pk: seat for seat in rows.select_for_update(of=("self",), no_key=True)}
    if set(pks) - set(found):
        raise NotFound
    return found


def _checked_names(names: str) -> str:
    """Raises: Invalid."""
    faults = faults_of(names.strip(), LONGEST_NAMES)
    if faults:
        raise Invalid(fields={"names": faults})
    return names.strip()
