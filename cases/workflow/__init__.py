"""What may happen to a case next: ONE table. Pure.

Buttons, forms, API links, the diagram in the README and the tests derive from it. Wordings are English source
strings, translated at the edges. `states` says what a case can be, `transitions` what people may do with it,
`events` what else is written into its history. Source: domain.md 3.2 and 3.3.
"""

from cases.workflow.events import BEGINNINGS, EVENT_OF_EFFECT, STEPS, event_label
from cases.workflow.states import (
    AT_WORK,
    CLOCKED,
    DISPATCHABLE,
    ENDED,
    OPEN,
    RUNNING,
    STATE_CHOICES,
    STATES,
    WITH_DISTRICT,
    Clock,
    State,
)
from cases.workflow.transitions import TRANSITIONS, Transition, from_state

__all__ = [
    "AT_WORK",
    "BEGINNINGS",
    "CLOCKED",
    "DISPATCHABLE",
    "ENDED",
    "EVENT_OF_EFFECT",
    "OPEN",
    "RUNNING",
    "STATES",
    "STATE_CHOICES",
    "STEPS",
    "TRANSITIONS",
    "WITH_DISTRICT",
    "Clock",
    "State",
    "Transition",
    "event_label",
    "from_state",
]
