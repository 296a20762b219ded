"""What may happen to a patrol round next: ONE table. Pure.

Wordings are English source strings, translated at the edges; buttons, forms and tests derive from the table.
A round is appointed for a shift. Walked after its shift it is late; who does not walk it hears of it from the ladder
"round", whose last step ends it as missed. Source: product.md E2.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from citymgmt.wording import gettext_noop


@dataclass(frozen=True)
class State:
    """What a round can be: `tone` colours it; only what `runs` climbs the ladder."""

    label: str
    tone: str
    runs: bool = False


APPOINTED, WALKING, WALKED, MISSED, EXCUSED = "appointed", "walking", "walked", "missed", "excused"
STATES: Mapping[str, State] = {
    APPOINTED: State(gettext_noop("to be walked"), "new", runs=True),
    WALKING: State(gettext_noop("being walked"), "work", runs=True),
    WALKED: State(gettext_noop("walked"), "done"),
    MISSED: State(gettext_noop("missed"), "late"),
    EXCUSED: State(gettext_noop("excused from walking"), "void"),
}
UNFINISHED = frozenset({APPOINTED, WALKING})
ENDED = frozenset({WALKED, MISSED, EXCUSED})
STATE_CHOICES = [(key, state.label) for key, state in STATES.items()]


@dataclass(frozen=True)
class Transition:
    """An action on a round: a row of the permission table, from where, to where, carrying what.

    `target` None leaves the state. `carries` must be given, `may_carry` can be.
    """

    action: str
    label: str
    permission: str
    sources: frozenset[str]
    target: str | None = None
    carries: tuple[str, ...] = ()
    may_carry: tuple[str, ...] = ()


_ALL = (
    Transition("start", gettext_noop("Start the round"), "round.walk", frozenset({APPOINTED}), WALKING),
    Transition(
        "see",
        gettext_noop("Check in at the point"),
        "round.walk",
        frozenset({WALKING}),
        may_carry=("position", "code", "note", "photos"),
    ),
    Transition("skip", gettext_noop("Skip the point"), "round.walk", frozenset({WALKING}), carries=("note",)),
    Transition(
        "finish", gettext_noop("Finish the round"), "round.walk", frozenset({WALKING}), WALKED, may_carry=("note",)
    ),
    Transition("excuse", gettext_noop("Excuse the round"), "round.excuse", UNFINISHED, EXCUSED, carries=("note",)),
)
TRANSITIONS: Mapping[str, Transition] = {one.action: one for one in _ALL}


def event_kind(action: str) -> str:
    """How an action is called in histories and in messages: kinds are of one app alone."""
    return f"round_{action}"


EVENTS: Mapping[str, str] = {  # what each event of a history is called
    **{event_kind(one.action): one.label for one in _ALL},
    event_kind("appoint"): gettext_noop("Appointed"),
    event_kind("urge"): gettext_noop("Not walked in its shift: urged"),
    event_kind("supervise"): gettext_noop("Supervised"),
    event_kind("miss"): gettext_noop("Missed"),
    event_kind("withdraw"): gettext_noop("Withdrawn with its plan"),
}
# what the steps of the ladder "round" write, by the effect that their rows name
EVENT_OF_EFFECT: Mapping[str, str] = {one: event_kind(one) for one in ("urge", "supervise", "miss")}
