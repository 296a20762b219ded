"""What an action needs beside role and state: the button and the action itself ask one table."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import translation

from cases.actions import perform
from cases.available import open_parts, transitions_for
from cases.conditions import TABLE, Look, OpenParts, hindrance
from cases.models import Case
from citymgmt.people.models import User
from citymgmt.refusals import WrongState
from tests.cases.stories import MORNING, actor, carried, case_in, do, ready_for
from tests.office import District, china

AT = china(MORNING)
MISSING = [  # a state in which the action stands in the table, and why it is refused there
    ("handling", "withdraw", "The case is assigned to nobody."),
    ("handling", "answer_supervision", "No supervision was ordered."),
    ("closed", "appeal", "The case was not closed as overdue."),
    ("closed", "uphold_appeal", "No appeal waits for a decision."),
    ("closed", "reject_appeal", "No appeal waits for a decision."),
]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def offered(case: Case, user: User) -> list[str]:
    return [one.action for one in transitions_for(user, case, open_parts(case), at=AT)]


@pytest.mark.parametrize(("state", "action", "sentence"), MISSING)
def test_what_is_not_offered_is_refused_with_the_sentence(
    district: District, state: str, action: str, sentence: str
) -> None:
    case, person = case_in(district, state), actor(district, action)
    assert action not in offered(case, person)
    with pytest.raises(WrongState) as refused:
        perform(action, number=case.number, by=person, at=AT, **carried(district, action, AT))
    assert str(refused.value) == sentence


@pytest.mark.parametrize("action", sorted(TABLE))
def test_what_is_offered_is_done(district: District, action: str) -> None:
    case, at = ready_for(district, action)
    person = actor(district, action)
    assert action in [one.action for one in transitions_for(person, case, open_parts(case), at=at)]
    do(district, case, action, at)


def test_a_case_without_team_is_assigned_to_nobody(district: District) -> None:
    case = case_in(district, "handling")
    case.team = None
    refusal = hindrance(TABLE["assign"], Look(None, case, OpenParts(None, None), AT))
    assert (type(refusal), str(refusal)) == (WrongState, "The case is with no team.")


def test_the_first_condition_that_fails_speaks(district: District) -> None:
    case = case_in(district, "handling")
    assert case.due_at is not None
    case.extension_count = 2
    parts = OpenParts(None, None)
    late = hindrance(TABLE["request_extension"], Look(None, case, parts, case.due_at))
    early = hindrance(TABLE["request_extension"], Look(None, case, parts, case.due_at - timedelta(seconds=1)))
    assert [str(late), str(early)] == [
        "The deadline has come: no extension is possible.",
        "The case was extended twice already.",
    ]
