"""The states of a case, what the clock does in each, and the groups of states that rules speak of. Pure.

Source: domain.md 3.2.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from citymgmt.wording import gettext_noop


class Clock(StrEnum):
    """What the clock of a case does in a state."""

    NONE = "none"  # no deadline yet, or no more
    RUNS = "runs"
    PAUSED = "paused"  # suspended: the time left is kept
    RESTS = "rests"  # handled, waiting for inspection: the deadline stays, the ladder sleeps


@dataclass(frozen=True)
class State:
    """A state of a case: wording, what its clock does, and whether the case has ended."""

    code: str
    label: str
    clock: Clock = Clock.NONE
    is_end: bool = False


_STATES = (
    State("reported", gettext_noop("reported")),
    State("accepted", gettext_noop("accepted")),
    State("verifying", gettext_noop("being verified")),
    State("filed", gettext_noop("filed, to be dispatched"), Clock.RUNS),
    State("dispatched", gettext_noop("dispatched"), Clock.RUNS),
    State("handling", gettext_noop("being handled"), Clock.RUNS),
    State("escalated", gettext_noop("with the district"), Clock.RUNS),
    State("suspended", gettext_noop("suspended"), Clock.PAUSED),
    State("reported_back", gettext_noop("to be inspected"), Clock.RESTS),
    State("closed", gettext_noop("closed"), is_end=True),
    State("declined", gettext_noop("declined"), is_end=True),
    State("not_filed", gettext_noop("not filed"), is_end=True),
    State("merged", gettext_noop("merged"), is_end=True),
    State("void", gettext_noop("void"), is_end=True),
)
STATES: Mapping[str, State] = {state.code: state for state in _STATES}
STATE_CHOICES = [(state.code, state.label) for state in _STATES]
ENDED = frozenset(state.code for state in _STATES if state.is_end)
OPEN = frozenset(STATES) - ENDED
CLOCKED = frozenset(state.code for state in _STATES if state.clock is not Clock.NONE)
RUNNING = frozenset(state.code for state in _STATES if state.clock is Clock.RUNS)
DISPATCHABLE = frozenset({"filed", "dispatched", "handling"})
AT_WORK = frozenset({"dispatched", "handling"})
WITH_DISTRICT = frozenset({"escalated"})
