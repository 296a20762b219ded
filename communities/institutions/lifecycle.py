"""What may happen to a promise of an institution next: ONE table; and what visits and promises are called.

A promise is made at a visit, to be kept by a day. It is kept with evidence, or it was not; the office can give it more
time, with a reason, or take it back where it was entered by mistake. In the code a promise is a pledge.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Look:
    """How a state or an event is called, with its tone and icon."""

    label: Any
    tone: str
    icon: str


PLANNED, MADE, DROPPED = "planned", "made", "dropped"
VISITS: Mapping[str, Look] = {
    PLANNED: Look(_("planned"), "waiting", "calendar-event"),
    MADE: Look(_("visit made"), "done", "check-circle"),
    DROPPED: Look(_("called off"), "stopped", "dash-circle"),
}
VISIT_CHOICES = [(key, look.label) for key, look in VISITS.items()]

OPEN, KEPT, BROKEN, WITHDRAWN = "open", "kept", "broken", "withdrawn"
STATES: Mapping[str, Look] = {
    OPEN: Look(_("to be kept"), "active", "hourglass-split"),
    KEPT: Look(_("promise kept"), "done", "check-circle"),
    BROKEN: Look(_("not kept"), "alert", "x-circle"),
    WITHDRAWN: Look(_("entered by mistake"), "stopped", "slash-circle"),
}
STATE_CHOICES = [(key, look.label) for key, look in STATES.items()]
COUNTED = (OPEN, KEPT, BROKEN)  # a promise that was a mistake is in no figure


@dataclass(frozen=True)
class Transition:
    """An action on a promise: the row of the permission table, from where, to where (None: it stays), carrying what.

    `asks` are the fields that it takes: the day on which it happened, a new last day, a note, photos.
    """

    action: str
    label: Any
    permission: str
    sources: tuple[str, ...]
    target: str | None
    asks: tuple[str, ...]
    icon: str

    @property
    def kind(self) -> str:
        """What its event is called."""
        return f"pledge_{self.action}"


VISIT, DECIDE = "institution.visit", "institution.decide"
TRANSITIONS: Mapping[str, Transition] = {
    one.action: one
    for one in (
        Transition("keep", _("It is kept"), VISIT, (OPEN,), KEPT, ("on", "note", "photos"), "check-lg"),
        Transition("break", _("It was not kept"), DECIDE, (OPEN,), BROKEN, ("note",), "x-lg"),
        Transition("extend", _("Give more time"), DECIDE, (OPEN,), None, ("by_day", "note"), "calendar-plus"),
        Transition("withdraw", _("It was a mistake"), DECIDE, (OPEN,), WITHDRAWN, ("note",), "slash-circle"),
    )
}
MAKE, WARN, URGE, SUPERVISE = "pledge_make", "pledge_warn", "pledge_urge", "pledge_supervise"
EVENTS: Mapping[str, Look] = {
    MAKE: Look(_("Promised"), "", "chat-quote"),
    "pledge_keep": Look(_("Kept"), "done", "check-circle"),
    "pledge_break": Look(_("Not kept"), "alert", "x-circle"),
    "pledge_extend": Look(_("More time given"), "soon", "calendar-plus"),
    "pledge_withdraw": Look(_("Taken back: entered by mistake"), "", "slash-circle"),
    WARN: Look(_("Soon due: reminded"), "soon", "bell"),
    URGE: Look(_("Not kept in time: urged"), "alert", "bell"),
    SUPERVISE: Look(_("Still not kept: supervised"), "alert", "exclamation-triangle"),
}
EVENT_OF_EFFECT: Mapping[str, str] = {"warn": WARN, "urge": URGE, "supervise": SUPERVISE}
