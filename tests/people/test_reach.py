"""What a row in memory tells of its scope is what the database says; where it cannot tell, it says so."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db.models import Exists, OuterRef, Q

from cases.models import Case, Escalation
from citymgmt.people.models import User
from citymgmt.people.permissions import TABLE, among, permits, scope_query, visible_to
from citymgmt.people.reach import holds
from communities.models import Community
from tests.cases.stories import ready_for
from tests.office import District

DAY, MORNING = date(2026, 3, 4), datetime(2026, 3, 4, 1, 0, tzinfo=UTC)
ESCALATED = Exists(Escalation.objects.filter(case=OuterRef("pk")))
YES, NO, ASK = Q(version__in=[1, 2, 3, 4]), Q(version=0), Q(ESCALATED)


@pytest.fixture
def case(log: Callable[..., Case]) -> Case:
    """A case without a team."""
    return Case.objects.get(pk=log(MORNING).pk)


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        (Q(), True),
        (YES, True),
        (NO, False),
        (ASK, None),
        (~YES, False),
        (~NO, True),
        (~ASK, None),
        (YES & NO, False),
        (YES | NO, True),
        (NO | Q(state="closed"), False),
        (YES & ASK, None),
        (NO & ASK, False),
        (YES | ASK, True),
        (NO | ASK, None),
        (~(YES & ASK), None),
        (~(NO & ASK), True),
        (YES ^ NO, None),
        (Q(pk__in=[]), False),
        (Q(team_id=7), False),
        (~Q(team_id=7), True),
        (Q(team_id__in=[7, 8]), False),
        (Q(team=None), None),
        (Q(version__gt=0), None),
        (Q(subdistrict__code="nowhere"), None),
        (Q(subdistrict_id__in=Case.objects.values("subdistrict_id")), None),
        (Q(state="dispatched"), True),
    ],
    ids=[str(number) for number in range(26)],
)
def test_what_columns_tell(case: Case, condition: Q, told: bool | None) -> None:
    assert holds(condition, case) is told
    if told is not None:
        assert Case.objects.filter(pk=case.pk).filter(condition).exists() is told


def test_a_person_may_stand_for_an_id(case: Case, district: District) -> None:
    assert holds(Q(officer=case.officer), case) is True
    assert holds(Q(officer=district.street.clerk), case) is False


def test_a_column_that_was_not_read_is_asked_for(case: Case) -> None:
    row = Case.objects.only("number").get(pk=case.pk)
    assert holds(Q(state="dispatched"), row) is None
    assert holds(Q(pk=case.pk), row) is True


@pytest.mark.parametrize("action", ["receive", "acknowledge", "return", "recheck", "accept"])
def test_whoever_asks_a_fresh_row_gets_the_answer_of_the_database(district: District, action: str) -> None:
    case, at = ready_for(district, action)
    row, on, told = Case.objects.get(pk=case.pk), at.date(), set[Any]()
    for user in User.objects.all():
        for name in (one for one in TABLE if one.startswith("case.")):
            answers = [permits(user, name, row, on=on, is_fresh=is_fresh) for is_fresh in (True, False)]
            assert answers[0] == answers[1], (user.username, name)
            query = scope_query(user, name, Case, on)
            told.add(None if query is None else holds(query, row))
    assert {True, False} <= told


@pytest.mark.parametrize("action", ["case.log", "community.view", "case.verify"])
def test_some_fresh_rows_are_told_apart_as_the_database_would(district: District, action: str) -> None:
    places = list(Community.objects.order_by("-code"))
    counts = set[int]()
    for user in User.objects.all():
        found = among(user, action, places, on=DAY)
        assert found == list(visible_to(user, Community.objects.order_by("-code"), on=DAY, action=action))
        counts.add(len(found))
    assert len(counts) > 1, "nobody is told apart"
    assert among(district.street.clerk, action, [], on=DAY) == []


def test_rows_that_tell_all_need_no_question_others_one(
    district: District, django_assert_num_queries: Callable[[int], Any]
) -> None:
    places = list(Community.objects.all())
    with django_assert_num_queries(0):
        assert among(district.street.clerk, "case.log", places, on=DAY)
    with django_assert_num_queries(1):
        among(district.street.officer, "case.log", places, on=DAY)
