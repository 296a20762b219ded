"""A meeting as an iCalendar file (RFC 5545): text escaped, lines folded at 75 octets, times in UTC."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from cases.meetings.models import Meeting
from citymgmt.outbox.addressees import Enclosure

LASTS = timedelta(hours=2)  # nobody says how long; two hours are shown as taken
MOST_OCTETS = 75
STATUSES: Mapping[str, str] = {Meeting.State.PLANNED: "TENTATIVE", Meeting.State.CANCELLED: "CANCELLED"}
MEETING = "meeting"  # the parameter of a message that holds the meeting's id


def written(meeting: Meeting) -> str:
    """The file; the same meeting changed is the same event with a higher SEQUENCE, called off it is cancelled."""
    is_off = meeting.state == Meeting.State.CANCELLED
    host = urlsplit(settings.PUBLIC_BASE_URL).hostname or "localhost"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//citymgmt//joint meetings//ZH",
        f"METHOD:{'CANCEL' if is_off else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:meeting-{meeting.pk}@{host}",
        f"SEQUENCE:{meeting.version}",
        f"DTSTAMP:{_moment(meeting.planned_at)}",
        f"DTSTART:{_moment(meeting.starts_at)}",
        f"DTEND:{_moment(meeting.starts_at + LASTS)}",
        f"SUMMARY:{escaped(meeting.title)}",
        f"LOCATION:{escaped(meeting.place)}",
        f"STATUS:{STATUSES.get(meeting.state, 'CONFIRMED')}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


CONTENT_TYPE = "text/calendar"


def name_of(meeting: Meeting) -> str:
    """The name of the file."""
    return f"meeting-{meeting.year}-{meeting.ordinal}.ics"


def enclosed(params: Mapping[str, Any]) -> Enclosure | None:
    """The file for a mail about a meeting, as the meeting is when the mail leaves."""
    meeting = Meeting.objects.filter(pk=params.get(MEETING, 0)).first()
    return Enclosure(name_of(meeting), written(meeting), CONTENT_TYPE) if meeting else None


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """The text as a value: what would end it is escaped."""
    for mark, told in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(mark, told)
    return text


def folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets; a character is never cut, a further part begins with a blank."""
    part, room = "", MOST_OCTETS
    for character in line:
        size = len(character.encode())
        if len(part.encode()) + size > room:
            yield part
            part = " "
        part += character
    yield part
