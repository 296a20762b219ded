"""What pages of walking show: the state of a round, its points, its map, its history in words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from communities import maps
from patrols.rounds import lifecycle
from patrols.rounds.models import PatrolRound, RoundEvent, Visit, VisitPhoto

TONES = {"new": "waiting", "work": "active", "done": "done", "late": "alert", "void": "stopped"}  # of lifecycle.STATES
EVENT_LOOKS: Mapping[str, tuple[str, str]] = {  # icon and tone in the history
    "round_start": ("person-walking", ""),
    "round_see": ("check-lg", "done"),
    "round_skip": ("skip-forward", "soon"),
    "round_finish": ("flag", "done"),
    "round_excuse": ("slash-circle", ""),
    "round_urge": ("bell", "soon"),
    "round_supervise": ("exclamation-triangle", "alert"),
    "round_miss": ("x-circle", "alert"),
}
VISIT = re.compile(r"visit\.([0-9]+)\Z", re.ASCII)


@dataclass(frozen=True)
class Shown:
    """A round in words: its state with a tone, and whether it is or was late."""

    round: PatrolRound
    state: str
    tone: str
    is_late: bool


def shown(round_: PatrolRound, at: datetime) -> Shown:
    """A round as it stands at a moment."""
    state = lifecycle.STATES[round_.state]
    return Shown(round_, _(state.label), TONES[state.tone], round_.is_late or round_.is_overdue(at))


@dataclass(frozen=True)
class PhotoShown:
    """A photo of a point as `components/timeline_item.html` shows it."""

    url: str
    thumbnail_url: str
    label: str
    is_ready: bool
    told: str


@dataclass(frozen=True)
class PointShown:
    """A point of a round: its visit in words, its photos; `url` makes it the next one while it is ahead."""

    visit: Visit
    told: str
    tone: str
    photos: Sequence[PhotoShown]
    url: str


VISIT_TONES = {Visit.State.AHEAD: "waiting", Visit.State.SEEN: "done", Visit.State.SKIPPED: "stopped"}


def points_shown(round_: PatrolRound, visits: Sequence[Visit], may_walk: bool) -> list[PointShown]:
    """The points of a round in the order of the walk."""
    return [
        PointShown(
            visit,
            how(visit),
            VISIT_TONES[Visit.State(visit.state)],
            [photo_shown(photo, visit) for photo in visit.photos.all()],
            f"?point={visit.ordinal}" if may_walk and visit.state == Visit.State.AHEAD else "",
        )
        for visit in visits
    ]


def how(visit: Visit) -> str:
    """How somebody checked in at a point; empty before."""
    if visit.state != Visit.State.SEEN:
        return ""
    way = visit.get_way_display()
    if visit.metres is None:
        return way
    told = {"way": way, "metres": visit.metres, "accuracy": visit.accuracy_m}
    return _("%(way)s, %(metres)s m away (±%(accuracy)s m)") % told


def photo_shown(photo: VisitPhoto, visit: Visit) -> PhotoShown:
    """A photo with its addresses."""
    page, thumbnail = (
        reverse("rounds:photo", args=[photo.pk]),
        reverse("rounds:photo-file", args=[photo.pk, "thumbnail"]),
    )
    label = _("Photo of %(point)s") % {"point": visit.point}
    return PhotoShown(page, thumbnail, label, photo.is_ready, photo.told)


@dataclass(frozen=True)
class Told:
    """An event in words; `by` is None for the portal."""

    event: RoundEvent
    title: str
    detail: str
    icon: str
    tone: str


def history(round_: PatrolRound, visits: Sequence[Visit]) -> list[Told]:
    """All that happened to a round, the latest first."""
    by_ordinal = {str(visit.ordinal): visit for visit in visits}
    return [_told(event, by_ordinal) for event in round_.events.select_related("by").order_by("-seq")]


def _told(event: RoundEvent, visits: Mapping[str, Visit]) -> Told:
    icon, tone = EVENT_LOOKS.get(event.kind, ("circle-fill", ""))
    return Told(event, _(lifecycle.EVENTS[event.kind]), _detail(event, visits), icon, tone)


def _detail(event: RoundEvent, visits: Mapping[str, Visit]) -> str:
    """The points that an event is about; nothing for all of them at the beginning."""
    if event.seq == 1:
        return ""
    found = [visits[match[1]] for match in map(VISIT.match, sorted(event.changes)) if match and match[1] in visits]
    return ", ".join(" · ".join(filter(None, [str(visit.point), how(visit)])) for visit in found)


MAP_TONES = {Visit.State.SEEN: "calm", Visit.State.SKIPPED: "soon", Visit.State.AHEAD: "alert"}


def walk_map(visits: Sequence[Visit], following: Visit | None) -> dict[str, Any] | None:
    """The points of the walk, coloured by what became of them, a pin on the next one; None without points."""
    drawn = [
        {
            "at": maps.on_map(visit.point.longitude, visit.point.latitude),
            "name": f"{visit.ordinal} {visit.point}",
            "url": "",
            "tone": MAP_TONES[Visit.State(visit.state)],
        }
        for visit in visits
    ]
    pin = maps.on_map(following.point.longitude, following.point.latitude) if following else None
    return maps.drawing(cases=drawn, pin=pin)
