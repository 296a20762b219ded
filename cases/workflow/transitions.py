"""THE table of what may happen to a case next: action, wording, permission, from, to, what it carries. Pure.

Source: domain.md 3.3; what an action needs beside the state stands in `cases.conditions`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cases.workflow.states import AT_WORK, DISPATCHABLE, OPEN, RUNNING, STATES
from citymgmt.wording import gettext_noop


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
        may_carry=("photos",),
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
        may_carry=("photos",),
        tone="main",
    ),
    # inspection
    _t(
        "pass",
        gettext_noop("Inspection passed: close"),
        "case.inspect",
        {"reported_back"},
        "closed",
        may_carry=("closing_note", "note", "with_error", "photos"),
        tone="main",
    ),
    _t(
        "rework",
        gettext_noop("Inspection failed: rework"),
        "case.inspect",
        {"reported_back"},
        "handling",
        carries=("note",),
        may_carry=("photos",),
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
        may_carry=("photos",),
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
        may_carry=("photos",),
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
        may_carry=("photos",),
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
        may_carry=("photos",),
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
    _t("note", gettext_noop("Add a note"), "case.note", frozenset(STATES), carries=("note",), may_carry=("photos",)),
)
TRANSITIONS: Mapping[str, Transition] = {transition.action: transition for transition in _TRANSITIONS}


def from_state(state: str) -> Iterator[Transition]:
    """The transitions that may start in a state, in the table's order."""
    return (transition for transition in _TRANSITIONS if state in transition.sources)
