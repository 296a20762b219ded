"""THE table of resolutions, read once more: every row by hand. No database.

A row is changed here and in `cases.meetings.lifecycle` on purpose, or by mistake in one of the two: then this fails.
"""

from cases.meetings import lifecycle

STATES = [  # code, label, tone, whether its clock runs
    ("draft", "not in force yet", "new", False),
    ("open", "being carried out", "work", True),
    ("reported", "reported as done", "wait", False),
    ("done", "carried out", "done", False),
    ("withdrawn", "withdrawn", "void", False),
]
# action, label, permission, from, to, must carry, may carry, tone
TRANSITIONS = [
    ("enact", "Put into force", "resolution.enact", "draft", "open", "", "", "main"),
    ("progress", "Report progress", "resolution.report", "open", None, "note", "photos", "plain"),
    ("report_done", "Report it done", "resolution.report", "open", "reported", "note", "photos", "main"),
    ("agree", "Agree: it is carried out", "resolution.accept", "reported", "done", "", "note", "main"),
    ("go_on", "Not done yet: go on", "resolution.accept", "reported", "open", "note", "", "plain"),
    ("urge", "Urge", "resolution.urge", "open", None, "", "note", "plain"),
    ("prolong", "Give more time", "resolution.accept", "open", None, "limit_days note", "", "plain"),
    ("withdraw", "Withdraw", "resolution.accept", "draft open reported", "withdrawn", "note", "", "danger"),
]
EVENTS = {  # of those that no action writes
    "make": "Resolved", "revise": "Wording changed", "link": "Cases changed", "warn": "Due soon",
    "overdue": "Overdue: urged", "supervise": "Supervised", "to_agenda": "Back to the next meeting",
    "on_agenda": "On the agenda", "off_agenda": "Off the agenda again",
    "to_district": "Reported to the district government", "recalculate": "Deadline recalculated",
}  # fmt: skip


def test_states() -> None:
    shown = [(code, state.label, state.tone, state.runs) for code, state in lifecycle.STATES.items()]
    assert shown == STATES
    assert [(code, label) for code, label, _tone, _runs in STATES] == lifecycle.STATE_CHOICES
    assert (sorted(lifecycle.UNFINISHED), sorted(lifecycle.ENDED)) == (["open", "reported"], ["done", "withdrawn"])


def test_transitions() -> None:
    shown = [
        (code, one.label, one.permission, " ".join(sorted(one.sources)), one.target, " ".join(one.carries),
         " ".join(one.may_carry), one.tone)
        for code, one in lifecycle.TRANSITIONS.items()
    ]  # fmt: skip
    assert shown == TRANSITIONS
    assert [one.action for one in lifecycle.TRANSITIONS.values()] == [row[0] for row in TRANSITIONS]


def test_events() -> None:
    of_actions = {f"resolution_{row[0]}": row[1] for row in TRANSITIONS}
    assert of_actions | {f"resolution_{kind}": label for kind, label in EVENTS.items()} == lifecycle.EVENTS


def test_what_a_step_of_the_ladder_writes() -> None:
    assert lifecycle.EVENT_OF_EFFECT == {
        "warn": "resolution_warn",
        "urge": "resolution_overdue",
        "supervise": "resolution_supervise",
        "to_agenda": "resolution_to_agenda",
        "to_district": "resolution_to_district",
    }
