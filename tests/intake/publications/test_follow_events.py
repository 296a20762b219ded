"""Publications follow the cases: in each state, by each change, in the transaction that changes them."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.actions import Matter, report_case
from cases.intake.actions.publishing import follow_cases, release_text, republish, withhold
from cases.intake.models import Publication, PublicUpdate
from cases.models import Case
from tests.cases.stories import PATHS, do
from tests.intake.publications.test_publishing_rule import ROWS
from tests.intake.reported import MORNING, client_of, joined, reported, resident_case, shown, walk
from tests.office import District

PUBLIC = {state: public for state, _stage, _status, public in ROWS}
LATER = MORNING + timedelta(hours=3)


def rows() -> tuple[list[Any], list[Any]]:
    """All that is published, and its changes without their ids."""
    published = list(Publication.every.order_by("case_id").values())
    return published, list(
        PublicUpdate.objects.order_by("publication", "seq").values_list("publication", "seq", "stage", "at")
    )


@pytest.mark.parametrize("state", PATHS)
def test_a_case_is_published_in_the_states_of_the_rule(district: District, state: str) -> None:
    found = shown(resident_case(district, state))
    assert (found is not None) is PUBLIC[state]
    assert found is None or (found.stage, found.status) == next(row[1:3] for row in ROWS if row[0] == state)


def test_what_is_published(district: District) -> None:
    case = resident_case(district)
    found = Publication.objects.values().get()
    street = district.street
    assert case.category is not None
    assert found == {
        "case_id": case.pk,
        "number": case.number,
        "subdistrict_id": street.subdistrict.pk,
        "community_id": street.communities[0].pk,
        "topic_id": found["topic_id"],
        "disorder_id": case.category.disorder_id,
        "client_id": None,
        "is_public": True,
        "status": "open",
        "stage": "accepted",
        "requested_at": MORNING,
        "updated_at": MORNING,
        "closed_at": None,
        "expected_at": None,
        "department_id": None,
        "longitude": Decimal("113.3510000"),
        "latitude": Decimal("23.1300000"),
        "text": "",
        "reply": "",
    }


@pytest.mark.parametrize("more", [{"is_private": True}, {"community": None, "longitude": None, "latitude": None}])
def test_a_private_report_is_never_public_one_without_point_is(district: District, more: dict[str, Any]) -> None:
    found = shown(resident_case(district, **more))
    assert (found is None) is ("is_private" in more)
    assert found is None or (found.longitude, found.latitude, found.community_id) == (None, None, None)


def test_who_says_that_too_is_not_published(district: District) -> None:
    case = resident_case(district, "handling")
    joined(district, case)
    republish()
    assert list(Publication.every.values_list("number", flat=True)) == [case.number]


def test_a_case_that_nobody_reported_here_is_none(district: District, log: Any) -> None:
    event = report_case(
        subdistrict=district.street.subdistrict,
        matter=Matter(description="x", source=Case.Source.CITIZEN),
        by=district.street.clerk,
        at=MORNING,
    )
    do(district, event.case, "accept", MORNING)
    log(MORNING)
    assert Publication.every.count() == 0


def test_a_case_of_the_office_costs_nothing(district: District, log: Any, act: Any) -> None:
    case = log(MORNING)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        act("receive", case, by=district.street.officer, at=MORNING)
    assert [one["sql"] for one in asked if "intake_" in one["sql"]] == []


def test_merged_or_void_it_vanishes_with_its_changes(district: District) -> None:
    for action in ("merge", "void"):
        case = resident_case(district, "handling")
        assert shown(case) is not None
        do(district, case, action, LATER)
        assert shown(case) is None
        assert PublicUpdate.objects.filter(publication=case.pk).count() == 0


def test_closed_it_says_when_and_opened_again_it_is_open(district: District) -> None:
    case = resident_case(district, "reported_back")
    do(district, case, "pass", LATER)
    found = shown(case)
    assert found is not None
    assert (found.status, found.updated_at, found.closed_at) == ("closed", LATER, LATER)
    again = LATER + timedelta(days=1)
    do(district, case, "reopen", again)
    found = shown(case)
    assert found is not None
    assert (found.status, found.stage, found.updated_at, found.closed_at) == ("open", "accepted", again, None)
    assert found.expected_at == case.due_at


def test_with_the_district_the_department_answers_for_it(district: District) -> None:
    case = resident_case(district, "escalated")
    found = shown(case)
    assert found is not None
    assert found.department == case.department
    do(district, case, "reply", LATER)
    found = shown(case)
    assert found is not None
    assert found.department is None


def test_what_nobody_reads_changes_no_moment(district: District) -> None:
    case = resident_case(district, "handling")
    do(district, case, "note", LATER)
    do(district, case, "urge", LATER)
    assert [one.updated_at for one in Publication.objects.all()] == [MORNING]
    do(district, case, "correct", LATER, community=district.street.communities[1])
    found = shown(case)
    assert found is not None
    assert (found.updated_at, found.community_id) == (LATER, district.street.communities[1].pk)


def test_a_later_deadline_is_a_change(district: District) -> None:
    case = resident_case(district, "handling")
    for action in ("request_extension", "review", "approve"):
        do(district, case, action, LATER)
    found = shown(case)
    assert found is not None
    assert (found.updated_at, found.expected_at) == (LATER, case.due_at)


def test_its_changes_are_those_of_the_stage(district: District) -> None:
    case = resident_case(district, "handling")
    do(district, case, "escalate", LATER)
    found = PublicUpdate.objects.order_by("seq").values_list("stage", "at")
    assert list(found) == [
        ("received", MORNING),
        ("accepted", MORNING),
        ("handling", MORNING),
        ("district", LATER),
    ]


def test_a_program_reads_its_own_from_the_beginning(district: District) -> None:
    client = client_of(district.street)
    case = reported(district, client=client)
    found = Publication.every.get()
    assert (found.is_public, found.client, found.stage) == (False, client, "received")
    walk(district, case, "declined", LATER)
    found = Publication.every.get()
    assert (found.is_public, found.stage, found.updated_at) == (False, "declined", LATER)
    assert list(found.updates.values_list("stage", flat=True)) == ["received", "declined"]
    assert Publication.objects.count() == 0


def test_a_failed_action_publishes_nothing(district: District) -> None:
    case = reported(district)

    class Failed(Exception):
        pass

    def accept_and_fail() -> None:
        with transaction.atomic():
            do(district, case, "accept", MORNING)
            raise Failed

    with pytest.raises(Failed):
        accept_and_fail()
    assert Publication.every.count() == 0


def test_made_anew_it_is_what_followed_from_the_events(district: District, capsys: Any) -> None:
    client = client_of(district.street)
    for state in PATHS:
        resident_case(district, state)
        resident_case(district, state, client=client)
    open_again = resident_case(district, "closed")
    do(district, open_again, "reopen", LATER)
    kept_back = resident_case(district)
    withhold(number=kept_back.number, by=district.street.clerk, at=LATER, reason="有人被认出")
    told = resident_case(district, "closed")
    release_text(number=told.number, by=district.street.leader, at=LATER, text="垃圾堆积")
    followed = rows()
    call_command("republish", verbosity=0)
    assert rows() == followed
    assert follow_cases([case.pk for case in Case.objects.all()]) == Publication.objects.count()
    assert rows() == followed
    assert capsys.readouterr().out == f"{Publication.objects.count()} cases are public\n"


def test_coarser_places_take_hold_when_made_anew(district: District, settings: LazySettings) -> None:
    resident_case(district)
    settings.PUBLIC_POINT_DECIMALS = 2
    republish()
    assert Publication.objects.get().longitude == Decimal("113.35")


def test_the_cost_is_the_same_for_many(district: District) -> None:
    cases = [resident_case(district, "handling") for _number in range(6)]
    with CaptureQueriesContext(connection) as one:
        follow_cases([cases[0].pk])
    with CaptureQueriesContext(connection) as many:
        follow_cases([case.pk for case in cases])
    assert len(many) == len(one) <= 8
