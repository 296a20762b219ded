"""What pages of guard posts show alike: a state in words, an event, how somebody arrived."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from patrols.guards.lifecycle import EVENTS, STATES
from patrols.guards.models import GuardEvent, GuardPost, GuardWatch


@dataclass(frozen=True)
class Shown:
    """A watch with its state in words, tone and icon."""

    watch: GuardWatch
    label: str
    tone: str
    icon: str


def shown(watch: GuardWatch) -> Shown:
    """A watch as it stands; one that nobody has is open."""
    state = STATES[watch.state]
    is_open = watch.user_id is None and watch.waits
    return Shown(watch, _("open to the team") if is_open else _(state.label), state.tone, state.icon)


@dataclass(frozen=True)
class PostRow:
    """A post with its watches of today."""

    post: GuardPost
    today: Sequence[Shown]


@dataclass(frozen=True)
class Told:
    """An event in words."""

    event: GuardEvent
    label: str
    tone: str
    icon: str
    detail: str


def history(watch: GuardWatch) -> list[Told]:
    """The events of a watch, the newest first, each step of the ladder with its code."""
    rows = watch.events.select_related("by").order_by("-seq")
    return [
        Told(row, _(kind.label), kind.tone, kind.icon, row.changes["guard_watch"].get("ladder_code", ""))
        for row in rows
        for kind in [EVENTS[row.kind]]
    ]


def how(watch: GuardWatch) -> str:
    """How somebody arrived; empty while nobody has."""
    if watch.arrived_at is None:
        return ""
    way = _("by word alone") if watch.is_by_word else _("by position")
    if watch.metres is None:
        return way
    told = {"way": way, "metres": watch.metres, "accuracy": watch.accuracy_m}
    return _("%(way)s, %(metres)s m away (±%(accuracy)s m)") % told
