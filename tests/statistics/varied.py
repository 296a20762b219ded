"""A district in whose cases everything happens that a figure counts, in both sub-districts."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from cases.intake.actions.answering import answer_resident, let_follow, record_call
from cases.models import Case
from citymgmt.worktime import sweep
from tests.cases.stories import LATE, PATHS, QUICK, SLOW, case_in, do, ready_for, reported
from tests.office import District, china

NOW = china("2026-03-18 10:00")  # a Wednesday
FEBRUARY, MARCH = china("2026-02-11 09:00"), china("2026-03-16 09:00")


def through(district: District, actions: list[str], at: datetime, *, line: int = SLOW, **matter: Any) -> Case:
    """A case of the first street with which this was done by its community's people, all of it at one moment."""
    street = district.street
    if matter.get("community") == street.communities[1]:
        district = replace(district, street=replace(street, officer=street.officer2))
    case = reported(district, at, **matter)
    for action in actions:
        do(district, case, action, at, line=line)
    return case


def vary(district: District) -> None:
    """Cases in all states and of many fates in the first street, others in the second; late ones stand on a rung."""
    for state in PATHS:
        case_in(district, state)
    _fates(district)
    turned = replace(district, street=district.other, other=district.street)
    for state in ("reported", "handling", "escalated", "suspended", "closed"):
        case_in(turned, state, at="2026-03-17 09:00")
    through(turned, PATHS["handling"], MARCH, line=QUICK, source="video")
    sweep.run(NOW)


def _fates(district: District) -> None:
    second = district.street.communities[1]
    for action in ("uphold_appeal", "reject_appeal", "approve"):
        case, at = ready_for(district, action)
        do(district, case, action, at)
    through(district, PATHS["handling"], MARCH, line=QUICK, source="hotline", community=second)
    through(district, PATHS["escalated"], MARCH, line=QUICK, source="hotline", community=second)
    through(district, PATHS["closed"], FEBRUARY, source="media", community=second)
    _reworked(district, second)
    _with_team_and_other_department(district)
    _due_today(district)
    through(district, [*PATHS["handling"], "return"], MARCH, source="visit", community=second)
    through(district, [*PATHS["filed"], "void"], MARCH, source="visit")
    through(district, [*PATHS["verifying"], "confirm"], MARCH, source="inspection")
    through(district, PATHS["filed"], MARCH, source="paper", community=None)
    through(district, ["self_handle"], MARCH, source="patrol")
    _recurring(district)
    _judged(district)


def _judged(district: District) -> None:
    for is_solved, score in ((True, 5), (False, 1)):
        case = through(district, PATHS["closed"], MARCH, source="hotline")
        if is_solved:
            told = {"number": case.number, "by": district.street.clerk, "at": MARCH}
            let_follow(**told, form_key="varied")
            answer_resident(**told, text="已处理")
        record_call(number=case.number, by=district.street.clerk, at=MARCH, is_solved=is_solved, score=score)


def _recurring(district: District) -> None:
    point = {"longitude": Decimal("113.33"), "latitude": Decimal("23.13")}
    through(district, PATHS["closed"], FEBRUARY, source="patrol", is_campaign=True, **point)
    through(district, PATHS["handling"], FEBRUARY + timedelta(days=3), source="patrol", **point)


def _reworked(district: District, second: Any) -> None:
    case, late = through(district, PATHS["reported_back"], china("2026-03-04 09:00"), line=QUICK), china(LATE)
    for action in ("rework", "report_back", "rework", "report_back", "pass"):
        do(district, case, action, late)
    through(district, [*PATHS["reported_back"], "rework"], MARCH, community=second)


def _with_team_and_other_department(district: District) -> None:
    case = through(district, PATHS["filed"], MARCH, source="video")
    do(district, case, "dispatch", MARCH, team=district.street.team)
    case = through(district, PATHS["handling"], MARCH, source="video")
    do(district, case, "escalate", MARCH, note="越权", department=district.jjdd)


def _due_today(district: District) -> None:
    through(district, PATHS["handling"], NOW - timedelta(minutes=30), line=QUICK, source="call")
