"""Who lost sight of a case by an action is told apart from whoever did not, without asking the database."""

import pytest

from cases import workflow
from cases.actions import perform
from cases.models import Case
from cases.querysets import seen_by
from cases.scopes import may_leave_sight
from citymgmt.people.models import User
from tests.cases.stories import do, ready_for
from tests.office import District


def seeing(case: Case) -> set[int]:
    """Who sees the case, of all people."""
    return {user.pk for user in User.objects.all() if seen_by(user, case.created_at.date()).filter(pk=case.pk).exists()}


@pytest.mark.parametrize("action", sorted(workflow.TRANSITIONS))
def test_who_loses_sight_of_a_case_loses_it_by_what_the_scopes_ask_about(district: District, action: str) -> None:
    case, at = ready_for(district, action)
    before = seeing(case)
    event = do(district, case, action, at)
    lost = before - seeing(case)
    assert before
    assert may_leave_sight(event) or not lost


def test_an_action_that_tells_nothing_of_it_leaves_the_case_in_sight(district: District) -> None:
    case, at = ready_for(district, "receive")
    assert not may_leave_sight(do(district, case, "receive", at))


def test_a_case_handed_to_another_community_is_out_of_its_officers_sight(district: District) -> None:
    street = district.street
    case, at = ready_for(district, "return")
    do(district, case, "return", at)
    event = perform("correct", number=case.number, by=street.clerk, at=at, community=street.communities[1])
    assert may_leave_sight(event)
    assert street.officer.pk not in seeing(case)
