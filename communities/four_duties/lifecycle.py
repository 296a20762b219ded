"""What a month's sheet of duties can be, and what its events are called.

A sheet is open during its month and some working days longer; the officer hands it in, the office confirms it with a
score or gives it back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from citymgmt.worktime.clock import Limit, Unit

HAND_IN_LIMIT = Limit(3, Unit.WORKING_DAY)  # after the month has passed (proposal)
AREAS: Mapping[str, Any] = {  # the four ways; source: domain.md 1, rows 18 to 21
    "network": _("The network comes into the community"),
    "content": _("The contents come into the community"),
    "means": _("The means come into the community"),
    "law": _("The law comes into the community"),
}
AREA_CHOICES = [*AREAS.items()]
SHORT: Mapping[str, Any] = {"network": _("Network"), "content": _("Contents"), "means": _("Means"), "law": _("Law")}


@dataclass(frozen=True)
class Look:
    """How a state or an event is called, with its tone and icon."""

    label: Any
    tone: str
    icon: str


OPEN, HANDED_IN, CONFIRMED = "open", "handed_in", "confirmed"
STATES: Mapping[str, Look] = {
    OPEN: Look(_("to be filled in"), "waiting", "pencil"),
    HANDED_IN: Look(_("handed in, to be confirmed"), "active", "inbox"),
    CONFIRMED: Look(_("confirmed by the office"), "done", "check-circle"),
}
STATE_CHOICES = [(key, look.label) for key, look in STATES.items()]
BEGIN, FILL, HAND_IN, GIVE_BACK, CONFIRM = "duty_begin", "duty_fill", "duty_hand_in", "duty_give_back", "duty_confirm"
URGE, SUPERVISE = "duty_urge", "duty_supervise"
EVENTS: Mapping[str, Look] = {
    BEGIN: Look(_("Sheet of the month opened"), "", "calendar3"),
    FILL: Look(_("Filled in"), "", "pencil"),
    HAND_IN: Look(_("Handed in"), "", "inbox"),
    GIVE_BACK: Look(_("Given back"), "soon", "arrow-return-left"),
    CONFIRM: Look(_("Confirmed"), "done", "check-circle"),
    URGE: Look(_("Not handed in: urged"), "soon", "bell"),
    SUPERVISE: Look(_("Not handed in: supervised"), "alert", "exclamation-triangle"),
}
