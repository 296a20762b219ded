"""THE table of the workflow, read once more: every row as domain.md 3.2 and 3.3 have it. No database, no Django.

A row is changed here and in `cases.workflow` on purpose, or by mistake in one of the two: then this fails.
"""

from collections.abc import Iterable

import pytest

from cases import workflow
from cases.workflow import STATES, TRANSITIONS, Clock, State, Transition, event_label, events, from_state, transitions

STATE_ROWS = [  # code, label, what its clock does, whether it is an end
    ("reported", "reported", "none", False),
    ("accepted", "accepted", "none", False),
    ("verifying", "being verified", "none", False),
    ("filed", "filed, to be dispatched", "runs", False),
    ("dispatched", "dispatched", "runs", False),
    ("handling", "being handled", "runs", False),
    ("escalated", "with the district", "runs", False),
    ("suspended", "suspended", "paused", False),
    ("reported_back", "to be inspected", "rests", False),
    ("closed", "closed", "none", True),
    ("declined", "declined", "none", True),
    ("not_filed", "not filed", "none", True),
    ("merged", "merged", "none", True),
    ("void", "void", "none", True),
]
AT_WORK = "dispatched handling"
DISPATCHABLE = f"filed {AT_WORK}"
RUNS = f"{DISPATCHABLE} escalated"
OPEN = f"reported accepted verifying {RUNS} suspended reported_back"
ALL = f"{OPEN} closed declined not_filed merged void"

# action, label, permission, from, to, must carry, may carry, tone, part
ROWS = [
    ("accept", "Accept", "case.accept", "reported", "accepted", "", "note", "main", ""),
    ("decline", "Decline", "case.accept", "reported", "declined", "note", "", "danger", ""),
    ("verify", "Have it verified", "case.verify", "accepted", "verifying", "", "officer note", "plain", ""),
    ("confirm", "Report the verification", "case.confirm", "verifying", "accepted", "note", "photos", "main", ""),
    ("file", "File", "case.file", "accepted", "filed", "", "standard limit_value limit_unit note", "main", ""),
    ("decline_to_file", "Decline to file", "case.file", "accepted", "not_filed", "note", "", "danger", ""),
    ("dispatch", "Dispatch", "case.dispatch", DISPATCHABLE, "dispatched", "", "officer team note", "main", ""),
    ("receive", "Receive", "case.receive", "dispatched", "handling", "", "note", "main", ""),
    ("return", "Return: not mine", "case.return", AT_WORK, "filed", "note", "", "plain", ""),
    ("assign", "Assign to a member", "case.assign", AT_WORK, "", "handler", "note", "plain", ""),
    ("withdraw", "Withdraw the assignment", "case.assign", AT_WORK, "", "", "note", "plain", ""),
    ("report_back", "Report back: done", "case.report_back", AT_WORK, "reported_back", "note", "photos", "main", ""),
    ("pass", "Inspection passed: close", "case.inspect", "reported_back", "closed",
     "", "closing_note note with_error photos", "main", ""),
    ("rework", "Inspection failed: rework", "case.inspect", "reported_back", "handling", "note", "photos", "plain", ""),
    ("close_special", "Close specially", "case.close_special", f"{RUNS} reported_back", "closed",
     "note", "", "danger", ""),
    ("request_extension", "Ask for an extension", "request.create", AT_WORK, "", "extra_value note", "", "plain", ""),
    ("request_suspension", "Ask for a suspension", "request.create", AT_WORK, "", "until note", "", "plain", ""),
    ("review", "Support the request", "request.review", AT_WORK, "", "", "note", "main", "request"),
    ("approve", "Approve the request", "request.approve", AT_WORK, "", "", "note", "main", "request"),
    ("refuse_review", "Refuse the request", "request.review", AT_WORK, "", "note", "", "danger", "request"),
    ("refuse", "Refuse the request", "request.approve", AT_WORK, "", "note", "", "danger", "request"),
    ("resume", "Resume", "case.resume", "suspended", "handling", "", "note", "main", ""),
    ("escalate", "Escalate to the district", "case.escalate", DISPATCHABLE, "escalated",
     "note", "department", "plain", ""),
    ("acknowledge", "Acknowledge", "escalation.reply", "escalated", "", "", "note", "main", "escalation"),
    ("reply", "Reply", "escalation.reply", "escalated", "handling", "note", "photos", "main", "escalation"),
    ("return_escalation", "Return: not our duty", "escalation.reply", "escalated", "handling",
     "note", "", "plain", "escalation"),
    ("take_back", "Take back from the district", "case.escalate", "escalated", "handling",
     "note", "", "plain", "escalation"),
    ("measure", "Note an interim measure", "case.measure", f"{RUNS} suspended", "", "note", "photos", "plain", ""),
    ("urge", "Urge", "case.urge", RUNS, "", "", "note", "plain", ""),
    ("supervise", "Order supervision", "case.supervise", f"{RUNS} reported_back", "", "note", "", "plain", ""),
    ("answer_supervision", "Answer the supervision", "case.answer_supervision", OPEN, "",
     "note", "photos", "plain", ""),
    ("merge", "Merge into another case", "case.merge", f"reported accepted verifying {DISPATCHABLE}", "merged",
     "target", "note", "plain", ""),
    ("self_handle", "Handled on the spot", "case.self_handle", "reported accepted", "closed",
     "note", "photos", "plain", ""),
    ("void", "Void", "case.void", OPEN, "void", "note", "", "danger", ""),
    ("reopen", "Reopen", "case.reopen", "closed", "filed", "note", "", "plain", ""),
    ("appeal", "Appeal against overdue", "case.appeal", "closed", "", "note", "", "plain", ""),
    ("uphold_appeal", "Uphold the appeal", "appeal.decide", "closed", "", "note", "", "main", ""),
    ("reject_appeal", "Reject the appeal", "appeal.decide", "closed", "", "note", "", "danger", ""),
    ("correct", "Correct facts", "case.correct", OPEN, "",
     "", "description address community key_place note", "plain", ""),
    ("note", "Add a note", "case.note", ALL, "", "note", "photos", "plain", ""),
]  # fmt: skip
EVENTS = {  # which no button makes, with their wording
    "report": "Reported",
    "import": "Imported from a ledger",
    "warn": "Warning: the deadline is near",
    "urge_overdue": "Urged: the deadline has passed",
    "escalate_overdue": "Escalated to the district: overdue",
    "supervise_department": "The department is silent: supervised",
    "report_to_government": "Reported to the district government",
    "resume_by_itself": "Suspension has ended",
    "hand_over": "Handed over to a new officer",
    "recalculate": "Deadline recalculated: the holidays have been published",
    "confirm_deadline": "Deadline confirmed: the holidays have been published",
    "redact_photo": "Photo redacted",
    "erase_reporter": "Who reported it was erased",
    "let_follow": "The reporter can follow it",
    "add_information": "The resident added something",
    "answer_resident": "Answer to the resident",
    "judge_solved": "The resident: solved",
    "judge_unsolved": "The resident: not solved",
    "uphold_closing": "Reviewed: the closing stands",
    "note_hotline_order": "The hotline's order was noted",
    "reply_to_hotline": "Reply to the hotline",
}


EFFECTS = {  # of a step of a ladder, and the event that it becomes
    "warn": "warn",
    "urge": "urge_overdue",
    "escalate": "escalate_overdue",
    "supervise": "supervise_department",
    "report_up": "report_to_government",
}


def words(given: Iterable[str]) -> str:
    """The words in one text; states in the order of the table."""
    order = list(STATES)
    return " ".join(sorted(given, key=order.index) if isinstance(given, frozenset) else given)


def row(t: Transition) -> tuple[str, ...]:
    carried = words(t.carries), words(t.may_carry)
    return t.action, t.label, t.permission, words(t.sources), t.target or "", *carried, t.tone, t.part


def test_the_states() -> None:
    assert [(state.code, state.label, state.clock.value, state.is_end) for state in STATES.values()] == STATE_ROWS
    assert list(STATES) == [code for code, *_rest in STATE_ROWS] == ALL.split()
    assert [(code, label) for code, label, *_rest in STATE_ROWS] == workflow.STATE_CHOICES


def test_the_actions() -> None:
    assert [row(transition) for transition in TRANSITIONS.values()] == ROWS
    assert list(TRANSITIONS) == [action for action, *_rest in ROWS]


@pytest.mark.parametrize(
    ("group", "states"),
    [
        (workflow.ENDED, "closed declined not_filed merged void"),
        (workflow.OPEN, OPEN),
        (workflow.CLOCKED, f"{RUNS} suspended reported_back"),
        (workflow.RUNNING, RUNS),
        (workflow.DISPATCHABLE, DISPATCHABLE),
        (workflow.AT_WORK, AT_WORK),
        (workflow.WITH_DISTRICT, "escalated"),
    ],
)
def test_the_groups_of_states(group: frozenset[str], states: str) -> None:
    assert words(group) == states


def test_every_event_is_worded() -> None:
    own = {action: label for action, label, *_rest in ROWS}
    assert {kind: event_label(kind) for kind in (*own, *EVENTS)} == {**own, **EVENTS}
    assert {*events.BEGINNINGS, *events.STEPS, *events.BESIDES} == set(EVENTS)


def test_every_effect_of_a_ladder_becomes_an_event() -> None:
    assert events.EVENT_OF_EFFECT == EFFECTS


@pytest.mark.parametrize("state", ALL.split())
def test_what_may_start_in_a_state_in_the_order_of_the_table(state: str) -> None:
    expected = [action for action, _label, _permission, sources, *_rest in ROWS if state in sources.split()]
    assert [transition.action for transition in from_state(state)] == expected


def test_a_state_or_an_action_that_says_no_more_than_it_must() -> None:
    assert State("x", "y") == State("x", "y", Clock.NONE, False)
    plain = Transition("x", "y", "z", frozenset({"a"}))
    assert plain == Transition("x", "y", "z", frozenset({"a"}), None, (), (), "plain", "")
    assert transitions._t("x", "y", "z", {"a"}) == plain


@pytest.mark.parametrize("thing", [STATES["closed"], TRANSITIONS["accept"]])
def test_nothing_changes_a_row(thing: State | Transition) -> None:
    assert thing in {thing}
    with pytest.raises(AttributeError):
        thing.label = "x"  # type: ignore[misc]
