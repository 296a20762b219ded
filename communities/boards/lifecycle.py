"""What a notice board can be, and what its events are called.

A board is right while it shows what would be printed today. When that changes it is to be renewed, until somebody
confirms the new one with a photo; when it comes to be as before, the board is right again by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

LIMIT_DAYS = 3  # working days in which a board is renewed. Source: domain.md 8 (proposal)


@dataclass(frozen=True)
class Look:
    """How a state or an event is called, with its tone and icon."""

    label: Any
    tone: str
    icon: str


RENEW, RIGHT, DOWN = "renew", "right", "down"
STATES: Mapping[str, Look] = {
    RENEW: Look(_("to be renewed"), "soon", "exclamation-triangle"),
    RIGHT: Look(_("shows what it must"), "done", "check-circle"),
    DOWN: Look(_("taken down"), "stopped", "dash-circle"),
}
STATE_CHOICES = [(key, look.label) for key, look in STATES.items()]

PUT_UP, CHANGE, TAKE_DOWN, CONFIRM = "board_put_up", "board_change", "board_take_down", "board_confirm"
OUTDATE, AS_BEFORE, URGE, SUPERVISE = "board_outdate", "board_as_before", "board_urge", "board_supervise"
EVENTS: Mapping[str, Look] = {
    PUT_UP: Look(_("Entered in the register"), "", "plus-circle"),
    CHANGE: Look(_("Place changed"), "", "pencil"),
    TAKE_DOWN: Look(_("Taken down"), "", "dash-circle"),
    CONFIRM: Look(_("Confirmed with a photo"), "done", "check-circle"),
    OUTDATE: Look(_("Out of date: what it must show has changed"), "soon", "exclamation-triangle"),
    AS_BEFORE: Look(_("Right again: what it must show is as it was"), "done", "arrow-counterclockwise"),
    URGE: Look(_("Not renewed: urged"), "alert", "bell"),
    SUPERVISE: Look(_("Not renewed: supervised"), "alert", "exclamation-triangle"),
}
