"""Named questions about minutes, and the rows that actions lock: the meeting first, then its minutes."""

from datetime import date

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from cases.meetings.minutes.models import Minutes, MinutesFile, Receipt
from cases.meetings.models import Meeting
from cases.meetings.querysets import MOST_ID, locked_meeting
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from citymgmt.refusals import NotFound, Stale, WrongState

RELATED = (
    "subdistrict", "meeting__subdistrict", "meeting__chair", "meeting__recorder", "drafted_by", "checked_by",
    "signed_by", "issued_by", "replaces", "replaced_by",
)  # fmt: skip


def visible_minutes(user: User, pk: int, on: date) -> Minutes:
    """The minutes of this id with all that their paper needs, if the person may see them. Raises: NotFound."""
    rows = Minutes.objects.filter(pk=pk) if 0 < pk < MOST_ID else Minutes.objects.none()
    found = visible_to(user, rows, on=on).select_related(*RELATED).first()
    if found is None:
        raise NotFound
    return found


def visible_receipt(user: User, pk: int, on: date) -> Receipt:
    """The receipt of this id, if the person may see it. Raises: NotFound."""
    rows = Receipt.objects.filter(pk=pk) if 0 < pk < MOST_ID else Receipt.objects.none()
    found = visible_to(user, rows, on=on).first()
    if found is None:
        raise NotFound
    return found


def locked_minutes(pk: int, version: int | None = None) -> Minutes:
    """The minutes, locked after their meeting; `version` is what the person saw. Raises: NotFound, Stale."""
    of = Minutes.objects.filter(pk=pk).values_list("meeting_id", flat=True).first() if 0 < pk < MOST_ID else None
    if of is None:
        raise NotFound
    meeting = locked_meeting(of)
    found = Minutes.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if found is None:
        raise NotFound
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
    """The number of the minutes that are issued next in a year; none is given back, because issued ones stay."""
    rows = Minutes.objects.filter(subdistrict=subdistrict_id, year=year)
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


def files_of(minutes: Minutes) -> dict[str, MinutesFile]:
    """The newest file of each kind, without its content."""
    return {file.kind: file for file in minutes.files.defer("content").order_by("version")}


def file_of(minutes: Minutes, kind: str) -> MinutesFile:
    """The newest file of a kind; of issued ones that of their last text. Raises: NotFound."""
    files = minutes.files.filter(kind=kind)
    found = (files.filter(version=minutes.version) if minutes.is_issued else files).order_by("-version").first()
    if found is None:
        raise NotFound
    return found


def check_not_at_rest(meeting: Meeting) -> None:
    """Refuse to change a text of a locked meeting once its minutes are checked. Raises: WrongState."""
    latest = minutes_of(meeting).values_list("state", flat=True).first()
    if latest in Minutes.AT_REST:
        raise WrongState(_("The minutes are checked and wait to be issued. Take them back first."))
    if latest == Minutes.State.ISSUED:
        raise WrongState(_("The minutes are issued. Draft a correction first."))
