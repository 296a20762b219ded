"""The workflow table itself: complete, closed, and the same in the docs."""

import subprocess
import sys
from pathlib import Path

import pytest

from cases import workflow
from cases.actions import ACTIONS, perform
from cases.notices import TABLE as NOTICES
from cases.workflow.events import BESIDES
from citymgmt.refusals import WrongState
from tests.cases.stories import carried, case_in, do, ready_for

ROOT = Path(__file__).resolve().parents[2]


def test_every_transition_has_a_body_and_every_body_a_transition():
    assert sorted(ACTIONS) == sorted(workflow.TRANSITIONS)


def test_sources_and_targets_are_states():
    for transition in workflow.TRANSITIONS.values():
        assert transition.sources <= set(workflow.STATES), transition.action
        assert transition.target is None or transition.target in workflow.STATES, transition.action
        assert set(transition.carries).isdisjoint(transition.may_carry), transition.action


def test_every_state_is_reached_from_reported():
    reached = {"reported"}
    ways = [(t.sources, {"suspended"} if t.action == "approve" else {t.target}) for t in workflow.TRANSITIONS.values()]
    for _step in workflow.STATES:
        reached |= {state for sources, targets in ways if sources & reached for state in targets if state}
    assert reached == set(workflow.STATES)


def test_from_an_end_only_the_ways_back_lead_on():
    ways = {state: [t.action for t in workflow.from_state(state)] for state in sorted(workflow.ENDED)}
    back = ["reopen", "appeal", "uphold_appeal", "reject_appeal", "note"]
    assert ways == {"closed": back, "declined": ["note"], "merged": ["note"], "not_filed": ["note"], "void": ["note"]}


def test_every_state_says_what_its_clock_does():
    assert {state.code: state.clock.value for state in workflow.STATES.values()} == {
        "reported": "none", "accepted": "none", "verifying": "none", "filed": "runs", "dispatched": "runs",
        "handling": "runs", "escalated": "runs", "suspended": "paused", "reported_back": "rests", "closed": "none",
        "declined": "none", "not_filed": "none", "merged": "none", "void": "none",
    }  # fmt: skip


def test_every_event_has_a_wording_and_every_notice_an_event():
    kinds = [*workflow.TRANSITIONS, *workflow.BEGINNINGS, *workflow.STEPS, *BESIDES]
    assert len(kinds) == len(set(kinds))
    assert all(workflow.event_label(kind) for kind in kinds)
    assert set(NOTICES) <= set(kinds)
    with pytest.raises(KeyError):
        workflow.event_label("invented")


@pytest.mark.parametrize("state", sorted(workflow.STATES))
def test_in_each_state_only_the_actions_of_the_table_are_possible(district, state):
    case = case_in(district, state)
    leader = district.street.leader
    for action, transition in workflow.TRANSITIONS.items():
        if state not in transition.sources:
            with pytest.raises(WrongState):
                perform(action, number=case.number, by=None, at=case.created_at, note="x")
    case.refresh_from_db()
    assert case.state == state
    assert perform("note", number=case.number, by=leader, at=case.created_at, note="x").to_state == state


@pytest.mark.parametrize("action", sorted(workflow.TRANSITIONS))
def test_each_action_leads_where_the_table_says(district, action):
    case, at = ready_for(district, action)
    before, version = case.state, case.version
    event = do(district, case, action, at, **carried(district, action, at))
    transition = workflow.TRANSITIONS[action]
    assert (event.kind, event.seq, event.at) == (action, version + 1, at)
    assert (event.from_state, event.to_state) == (before, transition.target or before)
    assert (case.state, case.version) == (event.to_state, event.seq)


def test_the_diagram_in_the_docs_is_that_of_the_table():
    printed = subprocess.run(
        [sys.executable, ROOT / "docs" / "workflow.py"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert (ROOT / "docs" / "workflow.md").read_text("utf-8") == printed
