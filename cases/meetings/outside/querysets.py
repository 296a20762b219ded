"""What a unit sees by its link: its own resolutions, seats and receipts, and nothing else."""

from django.db.models import F, Q, QuerySet

from cases.meetings import lifecycle
from cases.meetings.minutes.models import Minutes, Receipt
from cases.meetings.models import Meeting, MemberUnit, Resolution, Seat
from citymgmt.refusals import NotFound

MOST_DONE = 20


def resolutions_of(unit: MemberUnit) -> QuerySet[Resolution]:
    """Those in force that the unit leads or supports, what is due first first."""
    theirs = Q(lead=unit) | Q(supporting__contains=unit.pk)
    found = Resolution.objects.filter(theirs, subdistrict=unit.subdistrict_id).exclude(state=lifecycle.DRAFT)
    return found.select_related("lead", "meeting").order_by("ended_at", "due_at", "id")


def resolution_of(unit: MemberUnit, number: str) -> Resolution:
    """One of these. Raises: NotFound."""
    found = resolutions_of(unit).filter(number=number).first()
    if found is None:
        raise NotFound
    return found


def seats_of_unit(unit: MemberUnit) -> QuerySet[Seat]:
    """Its seats in meetings to which it is invited, the next first."""
    rows = Seat.objects.filter(unit=unit, meeting__state=Meeting.State.INVITED)
    return rows.select_related("meeting").order_by("meeting__starts_at", "id")


def receipts_of(unit: MemberUnit) -> QuerySet[Receipt]:
    """Minutes that it was sent, those not confirmed first."""
    rows = Receipt.objects.filter(unit=unit, minutes__state=Minutes.State.ISSUED).select_related("minutes")
    return rows.order_by(F("received_at").asc(nulls_first=True), "-id")
