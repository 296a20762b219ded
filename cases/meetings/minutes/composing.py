"""What minutes are composed of: read from the meeting while they are a draft, kept from then on."""

from collections import defaultdict
from dataclasses import asdict
from typing import Any

from django.utils import timezone, translation

from cases.meetings import lifecycle
from cases.meetings.minutes.models import Minutes
from cases.meetings.minutes.wording import ATTENDANCE, Content, Frame, Item, Resolved, paper_of, say
from cases.meetings.models import Meeting, MemberUnit, Resolution, Seat
from cases.meetings.phrases import office_named
from citymgmt.papers.paper import Paper


def content_of(minutes: Minutes) -> Content:
    """What the paper says: kept, or read from the meeting."""
    return read_content(minutes.content) if minutes.content is not None else gathered(minutes)


def gathered(minutes: Minutes) -> Content:
    """Agenda, resolutions and attendance as they stand in the meeting now, in the paper's language."""
    meeting = minutes.meeting
    with translation.override(minutes.language):
        units = {unit.pk: unit for unit in MemberUnit.objects.filter(subdistrict=meeting.subdistrict_id)}
        found: dict[int | None, list[Resolved]] = defaultdict(list)
        rows = meeting.resolutions.exclude(state=lifecycle.WITHDRAWN).order_by("id")
        for place, one in enumerate(rows, 1):
            found[one.item_id].append(_resolved(one, place, units))
        items = [Item(one.title, one.discussion, found.pop(one.pk, ())) for one in meeting.items.order_by("position")]
        rest = [resolved for others in found.values() for resolved in others]
        loose = [Item(meeting.title, "", rest)] if rest else []
        return Content([*items, *loose], _attendance(meeting), str(meeting.recorder or ""))


def _resolved(one: Resolution, place: int, units: dict[int, MemberUnit]) -> Resolved:
    return Resolved(
        number=str(place),
        text=one.text,
        lead=units[one.lead_id].name,
        supporting=[units[pk].name for pk in one.supporting if pk in units],
        days=one.limit_days,
        day=one.due_on.isoformat() if one.due_on else "",
    )


def _attendance(meeting: Meeting) -> dict[str, list[tuple[str, str]]]:
    seats: dict[str, list[tuple[str, str]]] = {presence: [] for presence in ATTENDANCE}
    came = Seat.objects.filter(meeting=meeting).exclude(presence="").select_related("unit")
    for seat in came.order_by("unit__kind", "unit_id"):
        seats[seat.presence].append((seat.unit.name, seat.names))
    return seats


def kept_content(content: Content) -> dict[str, Any]:
    """As the row keeps it."""
    return asdict(content)


def read_content(kept: dict[str, Any]) -> Content:
    """As it was kept."""
    items = [Item(**{**one, "resolved": [Resolved(**told) for told in one["resolved"]]}) for one in kept["items"]]
    attendance = {name: [(unit, names) for unit, names in units] for name, units in kept["attendance"].items()}
    return Content(items, attendance, kept["recorder"])


def frame_of(minutes: Minutes) -> Frame:
    """The lines around the content; number and day once they are issued."""
    replaced = minutes.replaces
    corrects = (replaced.year or 0, replaced.number or 0) if replaced is not None else None
    lines = ("language", "title", "issuer", "opening", "reports_to", "sends_to", "copies_to", "reason", "number")
    return Frame(
        **{name: getattr(minutes, name) for name in lines},
        year=minutes.year or minutes.meeting.year,
        issued_on=timezone.localdate(minutes.issued_at) if minutes.issued_at else None,
        corrects=corrects,
    )


def minutes_paper(minutes: Minutes) -> Paper:
    """The paper as it stands now."""
    return paper_of(frame_of(minutes), content_of(minutes))


def first_lines(meeting: Meeting, language: str) -> dict[str, str]:
    """Title, issuer and opening as they are drawn up for a meeting."""
    with translation.override(language):
        issuer = office_named(meeting.subdistrict.name, language)
        begins = timezone.localtime(meeting.starts_at)
        told = {
            "year": meeting.year, "month": begins.month, "day": begins.day, "time": f"{begins:%H:%M}",
            "place": meeting.place, "ordinal": meeting.ordinal, "title": meeting.title, "chair": meeting.chair or "",
        }  # fmt: skip
        ends = say(language, "opening_ends")
        opening = say(language, "opening" if meeting.chair else "opening_nobody", ends=ends, **told)
        title = say(language, "title", office=issuer, year=meeting.year, ordinal=meeting.ordinal)
    return {"title": title, "issuer": issuer, "opening": opening}


def file_name(minutes: Minutes, kind: str) -> str:
    """The name under which people save a file."""
    mark = say(minutes.language, "mark")
    if minutes.number is None:
        return f"{say(minutes.language, 'file_of_draft', mark=mark, title=minutes.title)}.{kind}"
    return f"{say(minutes.language, 'file', mark=mark, year=minutes.year, number=minutes.number)}.{kind}"
