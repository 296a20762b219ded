"""What a daily check can be, and what its events are called. Pure.

A check is planned for a day. Until the day has passed it is made; a day longer it can be made up; then only a reason
excuses it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from citymgmt.wording import gettext_noop


@dataclass(frozen=True)
class State:
    """How a state is called, and its tone and icon as a badge; only what `waits` can be made, excused or missed."""

    label: str
    tone: str
    icon: str
    waits: bool = False


PLANNED, DONE, FAULTY, MISSED, EXCUSED = "planned", "done", "faulty", "missed", "excused"
STATES: Mapping[str, State] = {
    PLANNED: State(gettext_noop("to be checked"), "waiting", "hourglass-split", waits=True),
    DONE: State(gettext_noop("in order"), "done", "check-circle"),
    FAULTY: State(gettext_noop("items failed"), "alert", "exclamation-triangle"),
    MISSED: State(gettext_noop("not checked"), "alert", "x-circle", waits=True),
    EXCUSED: State(gettext_noop("excused with a reason"), "stopped", "slash-circle"),
}
WAITING = tuple(key for key, state in STATES.items() if state.waits)
MADE = (DONE, FAULTY)
STATE_CHOICES = [(key, state.label) for key, state in STATES.items()]
MAKE_UP = timedelta(hours=24)  # after the end of its day

PLAN, MAKE, MISS, URGE, SUPERVISE, EXCUSE = (
    "check_plan", "check_make", "check_miss", "check_urge", "check_supervise", "check_excuse",
)  # fmt: skip
LOG_CASE, LINK_CASE = "check_log_case", "check_link_case"


@dataclass(frozen=True)
class Happening:
    """How an event is called in a history, with its tone and icon."""

    label: str
    tone: str
    icon: str


EVENTS: Mapping[str, Happening] = {
    PLAN: Happening(gettext_noop("Planned"), "", "calendar3"),
    MAKE: Happening(gettext_noop("Checked"), "done", "clipboard-check"),
    MISS: Happening(gettext_noop("Not checked"), "alert", "x-circle"),
    URGE: Happening(gettext_noop("Not checked: urged"), "soon", "bell"),
    SUPERVISE: Happening(gettext_noop("Not checked: supervised"), "alert", "exclamation-triangle"),
    EXCUSE: Happening(gettext_noop("Excused"), "", "slash-circle"),
    LOG_CASE: Happening(gettext_noop("Case made of a failed item"), "", "folder-plus"),
    LINK_CASE: Happening(gettext_noop("Failed item added to an open case"), "", "link-45deg"),
}
