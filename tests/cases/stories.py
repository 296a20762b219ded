"""Cases brought to a state by the portal's own actions, for tests that begin there."""

from datetime import datetime, timedelta
from typing import Any

from cases.actions import Matter, perform, report_case
from cases.models import Case, CaseStandard
from tests.office import District, china

MORNING = "2026-03-04 09:00"  # a Wednesday
SLOW = 330  # 私搭乱建: 15 working days, department cgj: nothing falls due while a test acts
_ACCEPTED = ["accept"]
_FILED = [*_ACCEPTED, "file"]
_DISPATCHED = [*_FILED, "dispatch"]
_HANDLING = [*_DISPATCHED, "receive"]
_REPORTED_BACK = [*_HANDLING, "report_back"]
PATHS = {
    "reported": [],
    "accepted": _ACCEPTED,
    "verifying": [*_ACCEPTED, "verify"],
    "filed": _FILED,
    "dispatched": _DISPATCHED,
    "handling": _HANDLING,
    "escalated": [*_HANDLING, "escalate"],
    "suspended": [*_HANDLING, "request_suspension", "review", "approve"],
    "reported_back": _REPORTED_BACK,
    "closed": [*_REPORTED_BACK, "pass"],
    "declined": ["decline"],
    "not_filed": [*_ACCEPTED, "decline_to_file"],
    "merged": [*_ACCEPTED, "merge"],
    "void": ["void"],
}
ACTORS = {
    "receive": "officer",
    "report_back": "officer",
    "return": "officer",
    "assign": "teamleader",
    "withdraw": "teamleader",
    "request_extension": "officer",
    "request_suspension": "officer",
    "approve": "leader",
    "refuse": "leader",
    "void": "leader",
    "close_special": "leader",
    "supervise": "leader",
    "appeal": "officer",
    "uphold_appeal": "leader",
    "reject_appeal": "leader",
}
OF_LIAISON = frozenset({"acknowledge", "reply", "return_escalation"})


def actor(district: District, action: str) -> Any:
    """Somebody who may do this on a case of the first street."""
    return district.liaison if action in OF_LIAISON else getattr(district.street, ACTORS.get(action, "clerk"))


def carried(district: District, action: str, at: datetime, *, line: int = SLOW) -> dict[str, Any]:
    """Something that the action accepts."""
    more: dict[str, dict[str, Any]] = {
        "accept": {}, "verify": {}, "receive": {}, "withdraw": {}, "review": {}, "approve": {}, "pass": {},
        "resume": {}, "acknowledge": {}, "urge": {},
        "file": {"standard": CaseStandard.objects.get(line=line)},
        "dispatch": {"team": district.street.team},
        "assign": {"handler": district.street.member},
        "request_extension": {"extra_value": 1, "note": "延期"},
        "request_suspension": {"until": at + timedelta(days=30), "note": "挂账"},
        "correct": {"description": "更正"},
    }  # fmt: skip
    if action == "merge":
        return {"target": reported(district, at)}
    return more.get(action, {"note": "说明"})


def reported(district: District, at: datetime, **matter: Any) -> Case:
    """A report that waits to be accepted, in the first community of the first street."""
    street = district.street
    told = {"description": "测试", "source": "call", "community": street.communities[0], **matter}
    event = report_case(subdistrict=street.subdistrict, matter=Matter(**told), by=street.clerk, at=at)
    return Case.objects.get(pk=event.case_id)


def do(district: District, case: Case, action: str, at: datetime, *, line: int = SLOW, **given: Any) -> Any:
    """Do the action as somebody who may, with something that it accepts; the case is read again."""
    given = given or carried(district, action, at, line=line)
    event = perform(action, number=case.number, by=actor(district, action), at=at, **given)
    case.refresh_from_db()
    return event


def case_in(district: District, state: str, *, at: str = MORNING, line: int = SLOW) -> Case:
    """A case in this state, all of it at one moment."""
    case = reported(district, china(at))
    for action in PATHS[state]:
        do(district, case, action, china(at), line=line)
    assert case.state == state
    return case


PREPARED = {
    "review": ["request_extension"],
    "refuse_review": ["request_extension"],
    "approve": ["request_extension", "review"],
    "refuse": ["request_extension", "review"],
    "withdraw": ["assign"],
    "answer_supervision": ["supervise"],
    "uphold_appeal": ["appeal"],
    "reject_appeal": ["appeal"],
}
FROM = {  # a state in which the action is possible and most people see the case
    "accept": "reported", "decline": "reported", "self_handle": "reported", "verify": "accepted", "file": "accepted",
    "decline_to_file": "accepted", "confirm": "verifying", "merge": "handling", "dispatch": "dispatched",
    "receive": "dispatched", "pass": "reported_back", "rework": "reported_back", "resume": "suspended",
    "acknowledge": "escalated", "reply": "escalated", "return_escalation": "escalated", "take_back": "escalated",
    "urge": "escalated", "reopen": "closed", "appeal": "closed", "uphold_appeal": "closed", "reject_appeal": "closed",
    "note": "escalated", "void": "escalated",
}  # fmt: skip
QUICK = 20  # 占道经营: 2 urgent hours
LATE = "2026-03-04 12:00"


def ready_for(district: District, action: str) -> tuple[Case, datetime]:
    """A case on which the action is possible, and the moment to do it."""
    if FROM.get(action) == "closed" and action != "reopen":
        case, at = case_in(district, "handling", line=QUICK), china(LATE)
        do(district, case, "report_back", at)
        do(district, case, "pass", at)
    else:
        case, at = case_in(district, FROM.get(action, "handling")), china(MORNING)
    for step in PREPARED.get(action, []):
        do(district, case, step, at)
    return case, at
