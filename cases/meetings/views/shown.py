"""What pages of meetings share: states in words and colours, the agenda as it is shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse

from cases.meetings.evidence.models import Evidence
from cases.meetings.evidence.querysets import photos_by_event
from cases.meetings.forms import TextForm
from cases.meetings.ics import CONTENT_TYPE, name_of, written
from cases.meetings.models import AgendaItem, Meeting, MemberUnit, Resolution, ResolutionEvent
from cases.meetings.querysets import items_of, resolutions_seen
from cases.models import Case
from citymgmt.people.models import User
from citymgmt.people.permissions import TABLE, Scope, visible_to

MEETING_TONES = {
    Meeting.State.PLANNED: "waiting",
    Meeting.State.INVITED: "active",
    Meeting.State.HELD: "done",
    Meeting.State.CANCELLED: "stopped",
}


def sees_all(user: User) -> bool:
    """Whether the person sees the meetings of the whole office, not only those of the own unit."""
    return TABLE["meeting.view"].get(user.role) is Scope.SUBDISTRICT


def meeting_badge(meeting: Meeting) -> tuple[str, str]:
    """The state in words, and its tone."""
    return meeting.get_state_display(), MEETING_TONES[Meeting.State(meeting.state)]


def calendar_file(meeting: Meeting) -> HttpResponse:
    """The meeting as an iCalendar file."""
    response = HttpResponse(written(meeting), content_type=f"{CONTENT_TYPE}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name_of(meeting)}"'
    return response


@dataclass(frozen=True)
class ItemShown:
    """An item of the agenda as a page shows it: what it is about where the reader may see it, the positions above and
    below it (0: none), its resolutions, the form for its text.
    """

    item: AgendaItem
    case_url: str
    resolution_url: str
    above: int
    below: int
    resolutions: Sequence[Resolution]
    form: TextForm

    @property
    def can_go(self) -> bool:
        """Whether it can be taken off the agenda."""
        return not self.item.discussion and not self.resolutions


@dataclass(frozen=True)
class PhotoShown:
    """A photo of a report as `components/timeline_item.html` shows it."""

    url: str
    thumbnail_url: str
    label: str
    is_ready: bool
    told: str


@dataclass(frozen=True)
class Told:
    """An event as a page shows it: `by` is the person or the unit; None for the portal."""

    event: ResolutionEvent
    by: Any
    photos: list[PhotoShown]


def events_shown(
    resolution: Resolution, events: QuerySet[ResolutionEvent], page: str, *, names_people: bool = True
) -> list[Told]:
    """Each event with who did it and its photos. `page` names the address of a photo, that of its files is named alike.
    Where people are not named, their body or their office stands for them.
    """
    rows = list(events.select_related("by__organisation", "by__subdistrict"))
    photos = photos_by_event(resolution)
    units = MemberUnit.objects.in_bulk({row.unit_id for row in rows if row.unit_id})
    return [
        Told(
            row,
            units[row.unit_id].name if row.unit_id else _who(row.by, names_people),
            [_photo_shown(photo, page) for photo in photos.get(row.pk, ())],
        )
        for row in rows
    ]


def _who(by: User | None, names_people: bool) -> Any:
    return by if by is None or names_people else by.organisation or by.subdistrict


def _photo_shown(photo: Evidence, page: str) -> PhotoShown:
    url, thumbnail = reverse(page, args=[photo.pk]), reverse(f"{page}-file", args=[photo.pk, "thumbnail"])
    return PhotoShown(url, thumbnail, photo.label, photo.is_ready, photo.told)


def agenda_shown(user: User, meeting: Meeting, on: date) -> dict[str, Any]:
    """The agenda and all resolutions of the meeting, for `meetings/_agenda.html`."""
    items = list(items_of(meeting))
    told = list(resolutions_seen(user, meeting, on))
    cases, resolutions = _cases_seen(user, items, on), _resolutions_seen(user, items, on)
    last = len(items)
    shown = [
        ItemShown(
            item=item,
            case_url=item.case.get_absolute_url() if item.case and item.case_id in cases else "",
            resolution_url=item.resolution.get_absolute_url()
            if item.resolution and item.resolution_id in resolutions
            else "",
            above=place - 1,
            below=place + 1 if place < last else 0,
            resolutions=[one for one in told if one.item_id == item.pk],
            form=text_form(item),
        )
        for place, item in enumerate(items, 1)
    ]
    return {"items": shown, "resolutions": told}


def text_form(item: AgendaItem) -> TextForm:
    """The form for what was said of an item."""
    return TextForm(initial={"version": item.version, "text": item.discussion}, auto_id=f"id_{item.pk}_%s")


def _cases_seen(user: User, items: Iterable[AgendaItem], on: date) -> set[int]:
    ids = [item.case_id for item in items if item.case_id is not None]
    return set(visible_to(user, Case.objects.filter(pk__in=ids), on=on).values_list("pk", flat=True)) if ids else set()


def _resolutions_seen(user: User, items: Iterable[AgendaItem], on: date) -> set[int]:
    ids = [item.resolution_id for item in items if item.resolution_id is not None]
    rows = Resolution.objects.filter(pk__in=ids)
    return set(visible_to(user, rows, on=on).values_list("pk", flat=True)) if ids else set()
