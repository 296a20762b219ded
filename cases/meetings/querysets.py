"""Named questions about meetings, and the rows that actions lock: the office, the meeting, its items; a resolution."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar

from django.db.models import F, Max, Model, Q, QuerySet

from cases.meetings import lifecycle
from cases.meetings.models import AgendaItem, Meeting, MeetingRule, MemberUnit, Resolution, Seat
from citymgmt.people.models import SubDistrict, User
from citymgmt.people.permissions import visible_to
from citymgmt.refusals import NotFound, Stale

MOST_ID = 2**63
M = TypeVar("M", bound=Model)


def hold_office(pk: int) -> SubDistrict:
    """The sub-district, so that of two who plan at once the second sees what the first did."""
    return SubDistrict.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def hold_office_of(rows: QuerySet[M], pk: int) -> SubDistrict:
    """The same of the row with this id, before that row is locked. Raises: NotFound."""
    found = rows.filter(pk=pk).values_list("subdistrict_id", flat=True).first() if 0 < pk < MOST_ID else None
    if found is None:
        raise NotFound
    return hold_office(found)


def locked_row(rows: QuerySet[M], pk: int) -> M:
    """The row of this id, locked until the transaction ends. Raises: NotFound."""
    found = rows.filter(pk=pk).select_for_update(of=("self",), no_key=True).first() if 0 < pk < MOST_ID else None
    if found is None:
        raise NotFound
    return found


def next_of_year(rows: QuerySet[M], year: int) -> int:
    """The number of the paper that is issued next in a year; none is given back, because issued ones stay."""
    last: int | None = rows.filter(year=year).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def locked_meeting(pk: int, version: int | None = None) -> Meeting:
    """The meeting, locked until the transaction ends; `version` is what the person saw. Raises: NotFound, Stale."""
    found = locked_row(Meeting.objects.all(), pk)
    if version is not None and found.version != version:
        raise Stale
    return found


def locked_item(meeting: Meeting, pk: int) -> AgendaItem:
    """An item of a locked meeting, locked too. Raises: NotFound."""
    return locked_row(meeting.items.all(), pk)


def locked_resolution(number: str) -> Resolution:
    """The resolution of this number, locked until the transaction ends. Raises: NotFound."""
    found = Resolution.objects.filter(number=number).select_for_update(of=("self",), no_key=True).first()
    if found is None:
        raise NotFound
    return found


def locked_resolutions(pks: Iterable[int]) -> list[Resolution]:
    """The resolutions with these ids, locked by ascending id until the transaction ends."""
    rows = Resolution.objects.filter(pk__in=list(pks)).order_by("id")
    return list(rows.select_for_update(of=("self",), no_key=True))


def units_of(subdistrict_id: int, pks: Iterable[int], seated: Iterable[int] = ()) -> list[MemberUnit]:
    """The member units of an office with these ids that are active or have a seat already; another id is missing."""
    wanted = [pk for pk in pks if 0 < pk < MOST_ID]
    offered = units_offered(subdistrict_id, seated).filter(pk__in=wanted)
    return list(offered.select_related("organisation"))


def units_offered(subdistrict_id: int, seated: Iterable[int] = ()) -> QuerySet[MemberUnit]:
    """The active member units of an office, and those that have a seat already, by kind."""
    rows = MemberUnit.objects.filter(Q(is_active=True) | Q(pk__in=list(seated)), subdistrict=subdistrict_id)
    with_place = rows.select_related("institution__community").defer("institution__community__boundary")
    return with_place.order_by("kind", "id")


def visible_meeting(user: User, pk: int, on: date) -> Meeting:
    """The meeting of this id with the names around it, if the person may see it. Raises: NotFound."""
    related = ("chair", "recorder", "called_for", "called_for_project", "rule", "planned_by")
    return visible_row(user, Meeting.objects.select_related(*related), pk, on)


def meetings_seen_ahead(user: User, on: date) -> QuerySet[Meeting]:
    """Those still to be held that a person may see, the next first."""
    seen = visible_to(user, Meeting.objects.filter(state__in=Meeting.AHEAD), on=on)
    return seen.select_related("chair").order_by("starts_at", "id")


def meetings_seen_over(user: User, on: date) -> QuerySet[Meeting]:
    """Those held or called off that a person may see, the latest first."""
    seen = visible_to(user, Meeting.objects.exclude(state__in=Meeting.AHEAD), on=on)
    return seen.select_related("chair").order_by("-starts_at", "-id")


def seats_of(meeting: Meeting) -> QuerySet[Seat]:
    """The seats of a meeting with their units, by kind."""
    return meeting.seats.select_related("unit__organisation").order_by("unit__kind", "unit_id")


def seat_of(meeting: Meeting, pk: int) -> Seat:
    """A seat of a meeting with its unit. Raises: NotFound."""
    found = seats_of(meeting).filter(pk=pk).first() if 0 < pk < MOST_ID else None
    if found is None:
        raise NotFound
    return found


def latest_meeting(subdistrict_id: int) -> Meeting | None:
    """The meeting of an office that was planned last."""
    return Meeting.objects.filter(subdistrict=subdistrict_id).order_by("-planned_at", "-id").first()


def visible_unit(user: User, pk: int, on: date) -> MemberUnit:
    """The member unit of this id, if the person keeps it. Raises: NotFound."""
    return visible_row(user, MemberUnit.objects.all(), pk, on)


def visible_rule(user: User, pk: int, on: date) -> MeetingRule:
    """The regular meeting of this id, if the person keeps it. Raises: NotFound."""
    return visible_row(user, MeetingRule.objects.all(), pk, on)


def visible_row(user: User, rows: QuerySet[M], pk: int, on: date) -> M:
    """The row of this id, if the person may see it. Raises: NotFound."""
    found = visible_to(user, rows.filter(pk=pk), on=on).first() if 0 < pk < MOST_ID else None
    if found is None:
        raise NotFound
    return found


def seats_answerable(user: User, meetings: Iterable[Meeting], on: date) -> QuerySet[Seat]:
    """The seats of these meetings for which a person may answer: the own unit's, or all for the office."""
    rows = Seat.objects.filter(meeting__in=[one.pk for one in meetings]).order_by("meeting", "unit__kind", "unit_id")
    return visible_to(user, rows, on=on, action="meeting.answer")


def items_of(meeting: Meeting) -> QuerySet[AgendaItem]:
    """The agenda in its order."""
    return meeting.items.select_related("case", "resolution", "saved_by").order_by("position")


def item_of(meeting: Meeting, pk: int) -> AgendaItem:
    """An item of the agenda. Raises: NotFound."""
    found = items_of(meeting).filter(pk=pk).first() if 0 < pk < MOST_ID else None
    if found is None:
        raise NotFound
    return found


def resolutions_seen(user: User, meeting: Meeting, on: date) -> QuerySet[Resolution]:
    """The resolutions of a meeting that a person may see, in the order in which they were made."""
    return visible_to(user, meeting.resolutions.select_related("lead"), on=on).order_by("id")


def rules_in_force() -> QuerySet[MeetingRule]:
    """The regular meetings that are held."""
    return MeetingRule.objects.filter(is_active=True).prefetch_related("units")


def meetings_ahead(subdistrict_id: int) -> QuerySet[Meeting]:
    """Those still to be held, the next first."""
    return Meeting.objects.filter(subdistrict=subdistrict_id, state__in=Meeting.AHEAD).order_by("starts_at", "id")


def visible_resolution(user: User, number: str, on: date) -> Resolution:
    """The resolution of this number with what stands around it, if the person may see it. Raises: NotFound."""
    seen = visible_to(user, Resolution.objects.filter(number=number), on=on)
    found = seen.select_related("lead", "meeting", "item", "key_place", "subdistrict").first()
    if found is None:
        raise NotFound
    return found


def due_first(resolutions: QuerySet[Resolution]) -> QuerySet[Resolution]:
    """What is due first first; after it what is not in force yet, then what has ended, the latest first."""
    return resolutions.order_by(F("ended_at").desc(nulls_first=True), F("due_at").asc(nulls_last=True), "id")


def of_unit(pk: int) -> Q:
    """What a unit leads or supports."""
    return Q(lead_id=pk) | Q(supporting__contains=pk)


def unfinished(subdistrict_id: int) -> QuerySet[Resolution]:
    """The resolutions of an office that it waits for, what is due first first."""
    rows = Resolution.objects.filter(subdistrict=subdistrict_id, state__in=lifecycle.UNFINISHED)
    return rows.order_by("due_at", "id").select_related("lead", "meeting")


def is_overdue(resolution: Resolution, at: datetime) -> bool:
    """Whether it should have been done by now; what was reported in time waits for the office, not for the unit."""
    if resolution.due_at is None or resolution.state not in lifecycle.UNFINISHED:
        return False
    done = resolution.reported_at if resolution.state == lifecycle.REPORTED else None
    return (done or at) > resolution.due_at
