"""What a GET of Open311 asks for: its parameters read, or all that is wrong with them. Pure.

Source: GeoReport v2; what it leaves open is decided in docs/open311.md.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import TypeVar

from cases.intake.open311.faults import Fault, Faulty
from citymgmt.wording import gettext_noop

WINDOW = timedelta(days=90)
MOST_ROWS = 1000  # the standard's own bound of an answer, and ours of a page
MOST_PAGES = 1000
MOST_LISTED = 500  # values of one comma list
FIRST_YEAR, LAST_YEAR = 2000, 2100
STATUSES = ("open", "closed")
MOMENT = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?P<hour>T\d\d:\d\d(:\d\d(\.\d{1,6})?)?)?(?P<zone>Z|[+-]\d\d:?\d\d)?", re.ASCII
)
LOST_PLUS = re.compile(r"(?<=\d) (?=\d\d:?\d\d\Z)", re.ASCII)  # "+08:00" that nobody escaped arrives with a blank
NUMBER = re.compile(r"-?\d{1,3}(\.\d{1,15})?", re.ASCII)
T = TypeVar("T")


@dataclass(frozen=True)
class Span:
    """A time from a moment to another, both included; None: without end."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True)
class Box:
    """A rectangle in WGS-84 degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True)
class Asked:
    """Which requests are asked for: by their ids, which override all else, or by what else is told of them."""

    ids: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    requested: Span | None = None
    updated: Span | None = None
    box: Box | None = None
    page: int = 1
    page_size: int = MOST_ROWS
    is_extended: bool = False

    @property
    def first(self) -> int:
        """How many rows lie before the page."""
        return (self.page - 1) * self.page_size


class _Reader:
    """Reads parameters one by one and gathers what is wrong; one that is sent empty was not sent."""

    def __init__(self, given: Mapping[str, str], zone: tzinfo) -> None:
        self.given, self.zone = given, zone
        self.faults: list[Fault] = []

    def read(self, name: str, parse: Callable[[str], T], otherwise: T, sentence: str) -> T:
        """What `parse` makes of a parameter; a fault, and `otherwise`, where it raises ValueError."""
        text = self.given.get(name, "").strip()
        if not text:
            return otherwise
        try:
            return parse(text)
        except ValueError:
            self.fault(name, sentence)
            return otherwise

    def fault(self, name: str, sentence: str) -> None:
        """Note that a parameter is wrong."""
        self.faults.append(Fault(f"invalid_{name}", sentence, told={"name": name, "most": MOST_ROWS}))

    def moment(self, name: str, *, is_end: bool = False) -> tuple[datetime, datetime] | None:
        """A moment as it is meant, and as it is written: a day alone is meant whole."""
        sentence = gettext_noop("%(name)s is no moment as in 2026-11-29T18:00:00+08:00.")
        return self.read(name, lambda text: moment_of(text, self.zone, is_end=is_end), None, sentence)

    def span(self, after: str, before: str) -> Span | None:
        """The time between two parameters; with one alone 90 days from it, with none no time."""
        start, end = self.moment(after), self.moment(before, is_end=True)
        if start is None and end is None:
            return None
        if start is None or end is None:
            return Span(start[0], start[0] + WINDOW) if start else Span(end[1] - WINDOW, end[0]) if end else None
        if end[0] < start[0]:
            self.fault(before, gettext_noop("%(name)s lies before the beginning."))
        elif end[1] - start[1] > WINDOW:
            self.fault(before, gettext_noop("At most 90 days can be asked for at once."))
        return Span(start[0], end[0])


def moment_of(text: str, zone: tzinfo, *, is_end: bool = False) -> tuple[datetime, datetime]:
    """The moment of a text, as it is meant and as it is written; without zone it is local time, a day alone its
    beginning, or its end. Raises: ValueError.
    """
    found = MOMENT.fullmatch(LOST_PLUS.sub("+", text))
    if found is None or (found["zone"] and not found["hour"]):
        raise ValueError(text)
    written = datetime.fromisoformat(found[0])
    if not FIRST_YEAR <= written.year <= LAST_YEAR:
        raise ValueError(text)
    written = written if written.tzinfo else written.replace(tzinfo=zone)
    is_whole_day = is_end and not found["hour"]
    return written + timedelta(days=1, microseconds=-1) if is_whole_day else written, written


def read_requests(given: Mapping[str, str], now: datetime, zone: tzinfo) -> Asked:
    """What a list of requests is asked to hold. Raises: Faulty with all that is wrong."""
    reader = _Reader(given, zone)
    asked = Asked(
        ids=_listed(reader, "service_request_id"),
        page=_page(reader),
        page_size=_page_size(reader),
        is_extended=reader.read("extensions", _truth, False, gettext_noop("%(name)s is true or false.")),
    )
    return _whole(asked if asked.ids else _narrowed(asked, reader, now), reader)


def _narrowed(asked: Asked, reader: _Reader, now: datetime) -> Asked:
    requested, updated = reader.span("start_date", "end_date"), reader.span("updated_after", "updated_before")
    statuses = _listed(reader, "status")
    if set(statuses) - set(STATUSES):
        reader.fault("status", gettext_noop("%(name)s is open or closed."))
    return replace(
        asked,
        codes=_listed(reader, "service_code"),
        statuses=statuses,
        requested=requested if requested or updated else Span(now - WINDOW),
        updated=updated,
        box=reader.read("bbox", _box, None, gettext_noop("%(name)s is west,south,east,north in degrees.")),
    )


def read_updates(given: Mapping[str, str], now: datetime, zone: tzinfo) -> Asked:
    """What a list of updates is asked to hold: those of the last 90 days where nothing is said. Raises: Faulty."""
    reader = _Reader(given, zone)
    updated = reader.span("start_date", "end_date") or Span(now - WINDOW)
    ids = _listed(reader, "service_request_id")
    return _whole(Asked(ids=ids, updated=updated, page=_page(reader), page_size=_page_size(reader)), reader)


def _whole(asked: Asked, reader: _Reader) -> Asked:
    if reader.faults:
        raise Faulty(reader.faults)
    return asked


def _listed(reader: _Reader, name: str) -> tuple[str, ...]:
    return reader.read(name, _words, (), gettext_noop("%(name)s holds too many values."))


def _words(text: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))
    if len(found) > MOST_LISTED:
        raise ValueError(text)
    return found


def _page(reader: _Reader) -> int:
    return reader.read("page", lambda text: _whole_number(text, MOST_PAGES), 1, _TOO_FAR)


def _page_size(reader: _Reader) -> int:
    return reader.read("page_size", lambda text: _whole_number(text, MOST_ROWS), MOST_ROWS, _TOO_FAR)


_TOO_FAR = gettext_noop("%(name)s is a whole number from 1 to %(most)s.")


def _whole_number(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= most):
        raise ValueError(text)
    return int(text)


def _truth(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise ValueError(text)
    return text.lower() == "true"


def _box(text: str) -> Box:
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 4 or not all(NUMBER.fullmatch(part) for part in parts):
        raise ValueError(text)
    west, south, east, north = map(float, parts)
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError(text)
    return Box(west, south, east, north)
