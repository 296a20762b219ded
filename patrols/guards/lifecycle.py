"""What may happen to a guard watch: its states and what its events are called. Pure.

A watch is planned for somebody, or is open to the team. Until its end somebody arrives; whoever is on guard is
relieved by the next one, or leaves. What nobody took is missed when it is over. Source: product.md E4.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from citymgmt.wording import gettext_noop


@dataclass(frozen=True)
class State:
    """How a state is called, and its tone and icon as a badge; what `waits` climbs the ladder."""

    label: str
    tone: str
    icon: str
    waits: bool = False


PLANNED, PRESENT, DONE, MISSED, ABSENT, WITHDRAWN = "planned", "present", "done", "missed", "absent", "withdrawn"
STATES: Mapping[str, State] = {
    PLANNED: State(gettext_noop("guard planned"), "waiting", "hourglass-split", waits=True),
    PRESENT: State(gettext_noop("on guard"), "active", "shield-check"),
    DONE: State(gettext_noop("guarded"), "done", "check-circle"),
    MISSED: State(gettext_noop("nobody came"), "alert", "x-circle", waits=True),
    ABSENT: State(gettext_noop("absent with a reason"), "stopped", "slash-circle"),
    WITHDRAWN: State(gettext_noop("taken off the roster"), "stopped", "dash-circle"),
}
WAITING = tuple(key for key, state in STATES.items() if state.waits)
STOOD = (PRESENT, DONE)
STATE_CHOICES = [(key, state.label) for key, state in STATES.items()]
LATE_AFTER = timedelta(minutes=15)  # after its start the ladder begins
CLOSE_AFTER = timedelta(hours=2)  # after its end, when nobody said that they leave

PLAN, REPLAN, ASSIGN, WITHDRAW = "guard_plan", "guard_replan", "guard_assign", "guard_withdraw"
ARRIVE, RELIEVED, LEAVE, CLOSE, ABSENCE = (
    "guard_arrive",
    "guard_relieved",
    "guard_leave",
    "guard_close",
    "guard_absence",
)
MISS, URGE, SUPERVISE = "guard_miss", "guard_urge", "guard_supervise"


@dataclass(frozen=True)
class Happening:
    """How an event is called in a history, with its tone and icon."""

    label: str
    tone: str
    icon: str


EVENTS: Mapping[str, Happening] = {
    PLAN: Happening(gettext_noop("Guard planned"), "", "calendar3"),
    REPLAN: Happening(gettext_noop("Given to somebody else by the plan"), "", "arrow-repeat"),
    ASSIGN: Happening(gettext_noop("Given to somebody else by hand"), "", "person-check"),
    WITHDRAW: Happening(gettext_noop("Taken off the roster"), "", "dash-circle"),
    ARRIVE: Happening(gettext_noop("Arrived at the post"), "done", "geo-alt"),
    RELIEVED: Happening(gettext_noop("Relieved at the post"), "done", "arrow-left-right"),
    LEAVE: Happening(gettext_noop("Left the post"), "done", "box-arrow-right"),
    CLOSE: Happening(gettext_noop("Ended by the portal: nobody said that they leave"), "", "clock-history"),
    ABSENCE: Happening(gettext_noop("Absent with a reason"), "", "slash-circle"),
    MISS: Happening(gettext_noop("Nobody came"), "alert", "x-circle"),
    URGE: Happening(gettext_noop("Nobody at the post: urged"), "soon", "bell"),
    SUPERVISE: Happening(gettext_noop("Nobody at the post: supervised"), "alert", "exclamation-triangle"),
}
