"""Every action of the workflow x every person, inside and outside: the API answers as the tables say.

Outside the scope 404, inside without the permission 403, with it 200; in a state from which the action cannot
start 409. What each action needs beforehand is staged through the actions themselves.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from cases import workflow
from cases.actions import Matter, log_case, perform, report_case
from cases.models import Case, Category
from citymgmt.people.permissions import TABLE
from tests import office
from tests.api.conftest import Program, problem

PEOPLE = ("clerk", "clerk2", "officer", "officer2", "teamleader", "member", "leader", "admin", "secadmin", "auditor")
STAGES: dict[str, str] = {
    **dict.fromkeys(("accept", "decline", "self_handle"), "reported"),
    **dict.fromkeys(("verify", "file", "decline_to_file"), "reported accept"),
    "confirm": "reported accept verify",
    "withdraw": "dispatched assign",
    **dict.fromkeys(("pass", "rework"), "dispatched report_back"),
    **dict.fromkeys(("review", "refuse_review"), "dispatched request_extension"),
    **dict.fromkeys(("approve", "refuse"), "dispatched request_extension review"),
    "resume": "dispatched request_suspension review approve",
    **dict.fromkeys(("acknowledge", "reply", "return_escalation", "take_back"), "dispatched escalate"),
    "answer_supervision": "dispatched supervise",
    "reopen": "dispatched report_back pass",
    "appeal": "late report_back pass",
    **dict.fromkeys(("uphold_appeal", "reject_appeal"), "late report_back pass appeal"),
}
ACTORS = {
    "assign": "teamleader",
    "report_back": "officer",
    "request_extension": "officer",
    "approve": "leader",
    "request_suspension": "officer",
    "supervise": "leader",
    "appeal": "officer",
}


class Stage:
    """A case brought to where an action can start, seen by as many roles as possible."""

    def __init__(self, district: office.District) -> None:
        self.district, self.street = district, district.street

    def at(self, hours: int = 0) -> Any:
        return timezone.now() - timedelta(hours=hours)

    def given(self, action: str) -> dict[str, Any]:
        """What an action carries, as Python values."""
        standard = office.standard(20)
        values = {
            "note": "说明",
            "handler": self.street.member,
            "extra_value": 1,
            "until": self.at(-48),
            "officer": self.street.officer,
            "department": self.district.cgj,
            "standard": standard,
        }
        transition = workflow.TRANSITIONS[action]
        names = {*transition.carries, *(transition.may_carry if action in ("escalate", "file", "verify") else ())}
        return {name: values[name] for name in names if name in values}

    def body(self, action: str) -> dict[str, Any]:
        """The same as JSON."""
        plain = {name: self._plain(value) for name, value in self.given(action).items()}
        if action == "merge":
            plain["target"] = self.begin("dispatched").number
        if action == "correct":
            plain["address"] = "新地址"
        if action == "pass":
            plain["closing_note"] = "取缔"
        return plain

    def _plain(self, value: Any) -> Any:
        for name in ("username", "key"):
            if hasattr(value, name):
                return getattr(value, name)
        return value.isoformat() if hasattr(value, "isoformat") else getattr(value, "pk", value)

    def begin(self, how: str) -> Case:
        street = self.street
        matter = Matter(
            description="测试",
            source="call",
            community=street.communities[0],
            category=Category.objects.get(code_2026="09006"),
        )
        if how == "reported":
            event = report_case(subdistrict=street.subdistrict, matter=matter, by=None, at=self.at())
            return Case.objects.get(pk=event.case_id)
        hours = 5 if how == "late" else 0
        event = log_case(
            subdistrict=street.subdistrict,
            matter=matter,
            standard=office.standard(20),
            by=street.clerk,
            at=self.at(hours),
        )
        case = Case.objects.get(pk=event.case_id)
        perform(
            "dispatch", number=case.number, by=street.clerk, at=self.at(hours), officer=street.officer, team=street.team
        )
        return case

    def ready(self, action: str) -> Case:
        """A case on which the action can start."""
        how, *steps = STAGES.get(action, "dispatched").split()
        case = self.begin(how)
        for step in steps:
            by = getattr(self.street, ACTORS.get(step, "clerk2"))
            perform(step, number=case.number, by=by, at=self.at(), **self.given(step))
        case.refresh_from_db()
        return case

    def sees(self, who: str, case: Case) -> bool:
        """Told independently of the permission table: who sees this case of the first community."""
        return {
            "clerk": True,
            "clerk2": True,
            "leader": True,
            "auditor": True,
            "officer": True,
            "officer2": False,
            "teamleader": case.team_id is not None,
            "member": case.team_id is not None,
            "admin": False,
            "secadmin": False,
            "liaison": case.was_escalated,
            "liaison2": False,
        }[who]


@pytest.fixture
def stage(district):
    return Stage(district)


def test_every_action_has_a_stage_in_which_it_can_start(stage):
    for action, transition in workflow.TRANSITIONS.items():
        assert stage.ready(action).state in transition.sources, action


@pytest.mark.parametrize("action", sorted(workflow.TRANSITIONS))
def test_each_person_is_answered_as_the_tables_say(stage, action):
    """And an action that is offered succeeds, and one that is not offered does not."""
    case, body = stage.ready(action), stage.body(action)
    grants = TABLE[workflow.TRANSITIONS[action].permission]
    people = {name: getattr(stage.street, name) for name in PEOPLE}
    people |= {name: getattr(stage.district, name) for name in ("liaison", "liaison2")}
    expected = {
        name: 404 if not stage.sees(name, case) else 200 if person.role in grants else 403
        for name, person in people.items()
    }
    turn = sorted(workflow.TRANSITIONS).index(action)
    names = [PEOPLE[(turn + step) % len(PEOPLE)] for step in (0, 4)]  # each of another office with several actions
    outside = {f"other {name}": getattr(stage.district.other, name) for name in names}
    expected |= dict.fromkeys(outside, 404)
    programs = {name: Program(person) for name, person in {**people, **outside}.items()}
    found = {name: tried(case, action, body, program) for name, program in programs.items()}
    assert found == expected
    assert 200 in found.values()
    seeing = [name for name in PEOPLE if stage.sees(name, case)]
    offered = {name: action in offers(case, programs[name]) for name in seeing}
    assert offered == {name: found[name] == 200 for name in seeing}


def tried(case: Case, action: str, body: dict[str, Any], program: Program) -> int:
    """The status for this program; what it wrote is rolled back."""
    with transaction.atomic():
        status = program.act(case, action, **body).status_code
        transaction.set_rollback(True)
    return status


def offers(case: Case, program: Program) -> set[str]:
    """The actions that the case's answer offers."""
    return {one["name"] for one in program.get(f"cases/{case.number}/").json()["actions"]}


@pytest.mark.parametrize("action", sorted(workflow.TRANSITIONS))
def test_from_another_state_the_action_is_a_conflict(stage, action):
    transition = workflow.TRANSITIONS[action]
    how = "dispatched" if "dispatched" not in transition.sources else "reported"
    case = stage.begin(how)
    case.refresh_from_db()
    person = (
        next(
            getattr(stage.street, name)
            for name in ("clerk", "leader", "officer", "teamleader")
            if getattr(stage.street, name).role in TABLE[transition.permission]
        )
        if action not in ("acknowledge", "reply", "return_escalation")
        else None
    )
    if person is None or case.state in transition.sources or not stage.sees(_name(stage, person), case):
        return
    assert problem(Program(person).act(case, action, **stage.body(action))) == (409, "wrong_state")
    version = case.version
    case.refresh_from_db()
    assert case.version == version


def _name(stage: Stage, person: Any) -> str:
    return next(name for name in PEOPLE if getattr(stage.street, name) == person)


def test_an_unknown_action_is_not_there(stage):
    case = stage.begin("dispatched")
    for action in ("delete", "RECEIVE", "receive ", "__init__", "接收"):
        assert problem(
            Program(stage.street.officer).post(f"cases/{case.number}/actions/{action}/", {"version": 1})
        ) == (
            404,
            "not_found",
        )
