"""Handover: the open cases of a community go to its new officer."""

import pytest

from cases.actions import hand_over_cases
from tests.cases.stories import LATE, MORNING, QUICK, case_in
from tests.office import china

AT = china(MORNING)
STATES = ("dispatched", "handling", "escalated", "suspended", "reported_back")


def test_open_cases_with_an_officer_go_along_and_no_others(district, kinds):
    street = district.street
    moved = [case_in(district, state) for state in STATES]
    stay = [case_in(district, state) for state in ("reported", "filed", "closed", "void")]
    before = {case.pk: (case.state, case.due_at, case.officer) for case in [*moved, *stay]}
    numbers = hand_over_cases(community=street.communities[0], to_user=street.officer2, by=street.leader, at=AT)
    assert numbers == [case.number for case in moved]
    for case in [*moved, *stay]:
        case.refresh_from_db()
    assert [case.officer for case in moved] == [street.officer2] * len(moved)
    assert [(case.state, case.due_at) for case in moved] == [before[case.pk][:2] for case in moved]
    assert [(case.state, case.due_at, case.officer) for case in stay] == [before[case.pk] for case in stay]
    assert [kinds(case)[-1] for case in moved] == ["hand_over"] * len(moved)


def test_a_second_time_changes_nothing(district):
    case_in(district, "handling")
    street = district.street
    given = {"community": street.communities[0], "to_user": street.officer2, "by": street.leader, "at": AT}
    assert len(hand_over_cases(**given)) == 1
    assert hand_over_cases(**given) == []


@pytest.mark.parametrize("state", ["handling"])
def test_what_fell_due_before_is_recorded_before(district, kinds, state):
    case, street = case_in(district, state, line=QUICK), district.street
    hand_over_cases(community=street.communities[0], to_user=street.officer2, by=None, at=china(LATE))
    assert kinds(case)[-3:] == ["warn", "urge_overdue", "hand_over"]


def test_another_community_is_left_alone(district):
    case, street = case_in(district, "handling"), district.street
    assert hand_over_cases(community=street.communities[1], to_user=street.officer, by=None, at=AT) == []
    case.refresh_from_db()
    assert case.officer == street.officer
