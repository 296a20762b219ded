"""Named questions about minutes, and the rows that actions lock: the meeting first, then its minutes."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.meetings.minutes.models import Minutes, MinutesFile, Receipt
from cases.meetings.models import Meeting
from cases.meetings.querysets import MOST_ID, locked_meeting, locked_row, next_of_year, visible_row
from citymgmt.paperwork.querysets import file_to_save
from citymgmt.people.models import User
from citymgmt.refusals import NotFound, Stale, WrongState

RELATED = (
    "subdistrict", "meeting__subdistrict", "meeting__chair", "meeting__recorder", "drafted_by", "checked_by",
    "signed_by", "issued_by", "replaces", "replaced_by",
)  # fmt: skip


def visible_minutes(user: User, pk: int, on: date) -> Minutes:
    """The minutes of this id with all that their paper needs, if the person may see them. Raises: NotFound."""
    return visible_row(user, Minutes.objects.select_related(*RELATED), pk, on)


def visible_receipt(user: User, pk: int, on: date) -> Receipt:
    """The receipt of this id, if the person may see it. Raises: NotFound."""
    return visible_row(user, Receipt.objects.all(), pk, on)


def locked_minutes(pk: int, version: int | None = None) -> Minutes:
    """The minutes, locked after their meeting; `version` is what the person saw. Raises: NotFound, Stale."""
    of = Minutes.objects.filter(pk=pk).values_list("meeting_id", flat=True).first() if 0 < pk < MOST_ID else None
    if of is None:
        raise NotFound
    meeting = locked_meeting(of)
    found = locked_row(Minutes.objects.all(), pk)
    if version is not None and found.version != version:
        raise Stale(version=found.version)
    found.meeting = meeting
    return found


def minutes_of(meeting: Meeting) -> QuerySet[Minutes]:
    """All of a meeting, the latest first."""
    return Minutes.objects.filter(meeting=meeting).order_by("-pk")


def in_the_making(meeting: Meeting) -> Minutes | None:
    """Those of a meeting that are not issued yet."""
    return minutes_of(meeting).exclude(state=Minutes.State.ISSUED).first()


def in_force(meeting: Meeting) -> Minutes | None:
    """The issued ones that no others replace."""
    return minutes_of(meeting).filter(state=Minutes.State.ISSUED, replaced_by=None).first()


def next_number(subdistrict_id: int, year: int) -> int:
    """The number of the minutes that the office issues next in a year."""
    return next_of_year(Minutes.objects.filter(subdistrict=subdistrict_id), year)


def file_of(minutes: Minutes, kind: str) -> MinutesFile:
    """The newest file of a kind; of issued ones that of their last text. Raises: NotFound."""
    found: MinutesFile = file_to_save(minutes, kind)
    return found


def check_not_at_rest(meeting: Meeting) -> None:
    """Refuse to change a text of a locked meeting once its minutes are checked. Raises: WrongState."""
    latest = minutes_of(meeting).values_list("state", flat=True).first()
    if latest in Minutes.AT_REST:
        raise WrongState(_("The minutes are checked and wait to be issued. Take them back first."))
    if latest == Minutes.State.ISSUED:
        raise WrongState(_("The minutes are issued. Draft a correction first."))
