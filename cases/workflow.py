"""What may happen to a case next: ONE table. Pure.

Buttons, forms, API links, the diagram in the README and the tests derive from it. Wordings are English source
strings, translated at the edges. Source: domain.md 3.2 and 3.3; guards that need more than the state stand
in `cases.actions`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


def gettext_noop(message: str) -> str:
    """Mark a wording for translation at the edge."""
    return message


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


@dataclass(frozen=True)
class Transition:
    """An action on a case: who may (a row of the permission table), from where, to where, carrying what.

    `target` None leaves the state as it is. `carries` must be given, `may_carry` can be. `tone` tells a page
    how loud the button is. `part` names the open part ("escalation", "request") the action needs.
    """

    action: str
    label: str
    permission: str
    sources: frozenset[str]
    target: str | None = None
    carries: tuple[str, ...] = ()
    may_carry: tuple[str, ...] = ()
    tone: str = "plain"
    part: str = ""


def _t(
    action: str,
    label: str,
    permission: str,
    sources: frozenset[str] | set[str],
    target: str | None = None,
    **rest: object,
) -> Transition:
    return Transition(action, label, permission, frozenset(sources), target, **rest)  # type: ignore[arg-type]


_TRANSITIONS = (
    # the desk
    _t(
        "accept",
        gettext_noop("Accept"),
        "case.accept",
        {"reported"},
        "accepted",
        may_carry=("note",),
        tone="main",
    ),
    _t(
        "decline",
        gettext_noop("Decline"),
        "case.accept",
        {"reported"},
        "declined",
        carries=("note",),
        tone="danger",
    ),
    _t(
        "verify",
        gettext_noop("Have it verified"),
        "case.verify",
        {"accepted"},
        "verifying",
        may_carry=("officer", "note"),
    ),
    _t(
        "confirm",
        gettext_noop("Report the verification"),
        "case.confirm",
        {"verifying"},
        "accepted",
        carries=("note",),
        tone="main",
    ),
    _t(
        "file",
        gettext_noop("File"),
        "case.file",
        {"accepted"},
        "filed",
        may_carry=("standard", "limit_value", "limit_unit", "note"),
        tone="main",
    ),
    _t(
        "decline_to_file",
        gettext_noop("Decline to file"),
        "case.file",
        {"accepted"},
        "not_filed",
        carries=("note",),
        tone="danger",
    ),
    _t(
        "dispatch",
        gettext_noop("Dispatch"),
        "case.dispatch",
        DISPATCHABLE,
        "dispatched",
        may_carry=("officer", "team", "note"),
        tone="main",
    ),
    # in the field
    _t(
        "receive",
        gettext_noop("Receive"),
        "case.receive",
        {"dispatched"},
        "handling",
        may_carry=("note",),
        tone="main",
    ),
    _t("return", gettext_noop("Return: not mine"), "case.return", AT_WORK, "filed", carries=("note",)),
    _t(
        "assign",
        gettext_noop("Assign to a member"),
        "case.assign",
        AT_WORK,
        carries=("handler",),
        may_carry=("note",),
    ),
    _t("withdraw", gettext_noop("Withdraw the assignment"), "case.assign", AT_WORK, may_carry=("note",)),
    _t(
        "report_back",
        gettext_noop("Report back: done"),
        "case.report_back",
        AT_WORK,
        "reported_back",
        carries=("note",),
        tone="main",
    ),
    # inspection
    _t(
        "pass",
        gettext_noop("Inspection passed: close"),
        "case.inspect",
        {"reported_back"},
        "closed",
        may_carry=("closing_note", "note", "with_error"),
        tone="main",
    ),
    _t(
        "rework",
        gettext_noop("Inspection failed: rework"),
        "case.inspect",
        {"reported_back"},
        "handling",
        carries=("note",),
    ),
    _t(
        "close_special",
        gettext_noop("Close specially"),
        "case.close_special",
        RUNNING | {"reported_back"},
        "closed",
        carries=("note",),
        tone="danger",
    ),
    # more time
    _t(
        "request_extension",
        gettext_noop("Ask for an extension"),
        "request.create",
        AT_WORK,
        carries=("extra_value", "note"),
    ),
    _t(
        "request_suspension",
        gettext_noop("Ask for a suspension"),
        "request.create",
        AT_WORK,
        carries=("until", "note"),
    ),
    _t(
        "review",
        gettext_noop("Support the request"),
        "request.review",
        AT_WORK,
        may_carry=("note",),
        tone="main",
        part="request",
    ),
    _t(
        "approve",
        gettext_noop("Approve the request"),
        "request.approve",
        AT_WORK,
        may_carry=("note",),
        tone="main",
        part="request",
    ),
    _t(
        "refuse_review",
        gettext_noop("Refuse the request"),
        "request.review",
        AT_WORK,
        carries=("note",),
        tone="danger",
        part="request",
    ),
    _t(
        "refuse",
        gettext_noop("Refuse the request"),
        "request.approve",
        AT_WORK,
        carries=("note",),
        tone="danger",
        part="request",
    ),
    _t(
        "resume",
        gettext_noop("Resume"),
        "case.resume",
        {"suspended"},
        "handling",
        may_carry=("note",),
        tone="main",
    ),
    # up to the district
    _t(
        "escalate",
        gettext_noop("Escalate to the district"),
        "case.escalate",
        DISPATCHABLE,
        "escalated",
        carries=("note",),
        may_carry=("department",),
    ),
    _t(
        "acknowledge",
        gettext_noop("Acknowledge"),
        "escalation.reply",
        {"escalated"},
        may_carry=("note",),
        tone="main",
        part="escalation",
    ),
    _t(
        "reply",
        gettext_noop("Reply"),
        "escalation.reply",
        {"escalated"},
        "handling",
        carries=("note",),
        tone="main",
        part="escalation",
    ),
    _t(
        "return_escalation",
        gettext_noop("Return: not our duty"),
        "escalation.reply",
        {"escalated"},
        "handling",
        carries=("note",),
        part="escalation",
    ),
    _t(
        "take_back",
        gettext_noop("Take back from the district"),
        "case.escalate",
        {"escalated"},
        "handling",
        carries=("note",),
        part="escalation",
    ),
    _t(
        "measure",
        gettext_noop("Note an interim measure"),
        "case.measure",
        RUNNING | {"suspended"},
        carries=("note",),
    ),
    # pressing
    _t("urge", gettext_noop("Urge"), "case.urge", RUNNING, may_carry=("note",)),
    _t(
        "supervise",
        gettext_noop("Order supervision"),
        "case.supervise",
        RUNNING | {"reported_back"},
        carries=("note",),
    ),
    _t(
        "answer_supervision",
        gettext_noop("Answer the supervision"),
        "case.answer_supervision",
        OPEN,
        carries=("note",),
    ),
    # endings and ways back
    _t(
        "merge",
        gettext_noop("Merge into another case"),
        "case.merge",
        {"reported", "accepted", "verifying", "filed", "dispatched", "handling"},
        "merged",
        carries=("target",),
        may_carry=("note",),
    ),
    _t(
        "self_handle",
        gettext_noop("Handled on the spot"),
        "case.self_handle",
        {"reported", "accepted"},
        "closed",
        carries=("note",),
    ),
    _t("void", gettext_noop("Void"), "case.void", OPEN, "void", carries=("note",), tone="danger"),
    _t("reopen", gettext_noop("Reopen"), "case.reopen", {"closed"}, "filed", carries=("note",)),
    _t("appeal", gettext_noop("Appeal against overdue"), "case.appeal", {"closed"}, carries=("note",)),
    _t(
        "uphold_appeal",
        gettext_noop("Uphold the appeal"),
        "appeal.decide",
        {"closed"},
        carries=("note",),
        tone="main",
    ),
    _t(
        "reject_appeal",
        gettext_noop("Reject the appeal"),
        "appeal.decide",
        {"closed"},
        carries=("note",),
        tone="danger",
    ),
    # facts
    _t(
        "correct",
        gettext_noop("Correct facts"),
        "case.correct",
        OPEN,
        may_carry=("description", "address", "community", "key_place", "note"),
    ),
    _t("note", gettext_noop("Add a note"), "case.note", frozenset(STATES), carries=("note",)),
)
TRANSITIONS: Mapping[str, Transition] = {transition.action: transition for transition in _TRANSITIONS}

# events that no button makes: how a case begins, and what the clock does
BEGINNINGS: Mapping[str, str] = {
    "report": gettext_noop("Reported"),
    "import": gettext_noop("Imported from a ledger"),
}
STEPS: Mapping[str, str] = {
    "warn": gettext_noop("Warning: the deadline is near"),
    "urge_overdue": gettext_noop("Urged: the deadline has passed"),
    "escalate_overdue": gettext_noop("Escalated to the district: overdue"),
    "supervise_department": gettext_noop("The department is silent: supervised"),
    "report_to_government": gettext_noop("Reported to the district government"),
    "resume_by_itself": gettext_noop("Suspension has ended"),
    "hand_over": gettext_noop("Handed over to a new officer"),
}


def from_state(state: str) -> Iterator[Transition]:
    """The transitions that may start in a state, in the table's order."""
    return (transition for transition in _TRANSITIONS if state in transition.sources)


def event_label(kind: str) -> str:
    """The wording of an event kind, as a source string."""
    if kind in TRANSITIONS:
        return TRANSITIONS[kind].label
    return BEGINNINGS.get(kind) or STEPS[kind]
