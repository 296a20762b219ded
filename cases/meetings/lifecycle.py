"""What may happen to a resolution next: ONE table. Pure.

Wordings are English source strings, translated at the edges; buttons, forms and tests derive from the table.
Source: domain.md 7.3 (items with content, person, limit; done only when a leader agrees).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from citymgmt.wording import gettext_noop


@dataclass(frozen=True)
class State:
    """What a resolution can be: `tone` colours it; only what `runs` climbs the ladder."""

    label: str
    tone: str
    runs: bool = False


DRAFT, OPEN, REPORTED, DONE, WITHDRAWN = "draft", "open", "reported", "done", "withdrawn"
STATES: Mapping[str, State] = {
    DRAFT: State(gettext_noop("not in force yet"), "new"),
    OPEN: State(gettext_noop("being carried out"), "work", runs=True),
    REPORTED: State(gettext_noop("reported as done"), "wait"),
    DONE: State(gettext_noop("carried out"), "done"),
    WITHDRAWN: State(gettext_noop("withdrawn"), "void"),
}
UNFINISHED = frozenset({OPEN, REPORTED})  # what the office waits for
ENDED = frozenset({DONE, WITHDRAWN})
STATE_CHOICES = [(key, state.label) for key, state in STATES.items()]


@dataclass(frozen=True)
class Transition:
    """An action on a resolution: a row of the permission table, from where, to where, carrying what.

    `target` None leaves the state. `carries` must be given, `may_carry` can be. `tone` tells a page how loud its button
    is.
    """

    action: str
    label: str
    permission: str
    sources: frozenset[str]
    target: str | None = None
    carries: tuple[str, ...] = ()
    may_carry: tuple[str, ...] = ()
    tone: str = "plain"


_ALL = (
    Transition("enact", gettext_noop("Put into force"), "resolution.enact", frozenset({DRAFT}), OPEN, tone="main"),
    Transition(
        "progress",
        gettext_noop("Report progress"),
        "resolution.report",
        frozenset({OPEN}),
        carries=("note",),
        may_carry=("photos",),
    ),
    Transition(
        "report_done",
        gettext_noop("Report it done"),
        "resolution.report",
        frozenset({OPEN}),
        REPORTED,
        carries=("note",),
        may_carry=("photos",),
        tone="main",
    ),
    Transition(
        "agree",
        gettext_noop("Agree: it is carried out"),
        "resolution.accept",
        frozenset({REPORTED}),
        DONE,
        may_carry=("note",),
        tone="main",
    ),
    Transition(
        "go_on",
        gettext_noop("Not done yet: go on"),
        "resolution.accept",
        frozenset({REPORTED}),
        OPEN,
        carries=("note",),
    ),
    Transition("urge", gettext_noop("Urge"), "resolution.urge", frozenset({OPEN}), may_carry=("note",)),
    Transition(
        "prolong",
        gettext_noop("Give more time"),
        "resolution.accept",
        frozenset({OPEN}),
        carries=("limit_days", "note"),
    ),
    Transition(
        "withdraw",
        gettext_noop("Withdraw"),
        "resolution.accept",
        frozenset({DRAFT, OPEN, REPORTED}),
        WITHDRAWN,
        carries=("note",),
        tone="danger",
    ),
)
TRANSITIONS: Mapping[str, Transition] = {one.action: one for one in _ALL}


def event_kind(action: str) -> str:
    """How an action is called in histories and in messages: kinds are of one app alone."""
    return f"resolution_{action}"


EVENTS: Mapping[str, str] = {  # what each event of a history is called
    **{event_kind(one.action): one.label for one in _ALL},
    event_kind("make"): gettext_noop("Resolved"),
    event_kind("revise"): gettext_noop("Wording changed"),
    event_kind("link"): gettext_noop("Cases changed"),
    event_kind("warn"): gettext_noop("Due soon"),
    event_kind("overdue"): gettext_noop("Overdue: urged"),
    event_kind("supervise"): gettext_noop("Supervised"),
    event_kind("to_agenda"): gettext_noop("Back to the next meeting"),
    event_kind("on_agenda"): gettext_noop("On the agenda"),
    event_kind("off_agenda"): gettext_noop("Off the agenda again"),
    event_kind("to_district"): gettext_noop("Reported to the district government"),
    event_kind("recalculate"): gettext_noop("Deadline recalculated"),
}
# what the steps of the ladder "resolution" write, by the effect that their rows name
EVENT_OF_EFFECT: Mapping[str, str] = {
    "warn": event_kind("warn"),
    "urge": event_kind("overdue"),
    "supervise": event_kind("supervise"),
    "to_agenda": event_kind("to_agenda"),
    "to_district": event_kind("to_district"),
}
