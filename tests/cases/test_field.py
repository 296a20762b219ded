"""In the field: receive, return, assign, withdraw, report back; facts and notes."""

import pytest

from cases.models import TimeRequest
from citymgmt.people.models import User
from citymgmt.refusals import Invalid, NotFound, WrongState
from communities.models import KeyPlace
from tests.cases.stories import MORNING, case_in, do
from tests.office import china

AT = china(MORNING)
LATER = china("2026-03-04 15:00")


def test_receive_confirms_the_arrival(district, act):
    case = case_in(district, "dispatched")
    due_at = case.due_at
    act("receive", case, by=district.street.officer, at=LATER)
    assert (case.state, case.officer, case.due_at) == ("handling", district.street.officer, due_at)


def test_return_leaves_the_case_to_be_dispatched_with_the_clock_running(district, act):
    case = case_in(district, "handling")
    due_at = case.due_at
    act("return", case, by=district.street.officer, at=LATER, note="非本社区")
    assert (case.state, case.officer, case.team, case.return_count, case.due_at) == ("filed", None, None, 1, due_at)
    act("dispatch", case, by=district.street.clerk, at=LATER, officer=district.street.officer2)
    act("return", case, by=district.street.officer2, at=LATER, note="也不是")
    assert case.return_count == 2


def test_no_return_while_it_is_assigned_to_a_member(district, act):
    case = case_in(district, "handling")
    do(district, case, "assign", AT)
    with pytest.raises(WrongState) as refusal:
        act("return", case, by=district.street.officer, at=AT, note="退回")
    assert refusal.value.code == "wrong_state"
    act("withdraw", case, by=district.street.teamleader, at=AT)
    assert case.handler is None
    act("return", case, by=district.street.officer, at=AT, note="退回")
    assert case.state == "filed"


def test_after_a_return_the_team_does_not_see_it(district, act):
    case, leader = case_in(district, "handling"), district.street.teamleader
    act("return", case, by=leader, at=AT, note="退回", request_key="k1")
    with pytest.raises(NotFound):
        act("note", case, by=leader, at=AT, note="x")
    assert act("return", case, by=leader, at=AT, note="退回", request_key="k1").kind == "return"  # a resend is answered


def test_return_and_report_back_let_a_request_for_time_fall(district, act):
    for action in ("return", "report_back"):
        case = case_in(district, "handling")
        do(district, case, "request_extension", AT)
        do(district, case, action, LATER)
        request = TimeRequest.objects.get(case=case)
        assert (request.state, request.decided_at, request.decided_by) == ("withdrawn", LATER, None)


def test_assign_to_a_member_of_the_team_only(district, act):
    case, street = case_in(district, "handling"), district.street
    User.objects.filter(pk=street.teamleader.pk).update(is_active=False)
    street.teamleader.refresh_from_db()
    for stranger in (street.officer, street.clerk, district.other.member, street.teamleader):
        with pytest.raises(Invalid) as refusal:
            act("assign", case, by=None, at=AT, handler=stranger)
        assert list(refusal.value.fields) == ["handler"]
    act("assign", case, by=None, at=AT, handler=street.member)
    assert (case.handler, case.state) == (street.member, "handling")


def test_withdraw_needs_an_assignment(district, act):
    with pytest.raises(WrongState):
        act("withdraw", case_in(district, "handling"), by=district.street.teamleader, at=AT)


def test_report_back_stops_the_ladder_and_keeps_the_deadline(district, act):
    case = case_in(district, "handling")
    due_at = case.due_at
    act("report_back", case, by=district.street.officer, at=LATER, note="已清理")
    assert (case.state, case.handled_at, case.due_at, case.next_check_at) == ("reported_back", LATER, due_at, None)


def test_a_correction_names_what_changed_and_keeps_the_text_out_of_the_history(district, act):
    case = case_in(district, "handling")
    event = act(
        "correct", case, by=district.street.clerk, at=AT, description=" 陈先生的摊 ", address="1号", note="更正"
    )
    assert (case.description, case.address) == ("陈先生的摊", "1号")
    assert (event.note, event.changes) == ("[description, address] 更正", {"case": {"state": "handling", "version": 6}})
    assert (event.case.description, event.case.address) == ("陈先生的摊", "1号")
    act("correct", case, by=district.street.clerk, at=AT, address="")
    assert (case.description, case.address) == ("陈先生的摊", "")


def test_a_case_that_moves_to_another_community_leaves_its_key_place(district, act):
    first, second = district.street.communities
    places = [KeyPlace.objects.create(community=home, name_zh="市场", kind="market") for home in (first, second)]
    case = case_in(district, "handling")
    act("correct", case, by=district.street.clerk, at=AT, key_place=places[0])
    assert (case.community, case.key_place) == (first, places[0])
    event = act("correct", case, by=district.street.clerk, at=AT, community=second)
    assert (case.community, case.key_place, event.note) == (second, None, "")
    act("correct", case, by=district.street.clerk, at=AT, community=first, key_place=places[0])
    assert (case.community, case.key_place) == (first, places[0])


def test_what_cannot_be_corrected(district, act):
    case, clerk = case_in(district, "handling"), district.street.clerk
    place = KeyPlace.objects.create(community=district.street.communities[1], name_zh="市场", kind="market")
    same = {"description": case.description, "community": district.street.communities[0]}
    for given, fields in [
        ({}, []),
        (same, []),
        ({"community": district.other.communities[0]}, ["community"]),
        ({"key_place": place}, ["key_place"]),
    ]:
        with pytest.raises(Invalid) as refusal:
            act("correct", case, by=clerk, at=AT, **given)
        assert list(refusal.value.fields) == fields


def test_a_note_changes_nothing_but_the_history(district, act):
    case = case_in(district, "closed")
    event = act("note", case, by=district.street.member, at=AT, note=" 回访满意 ")
    assert (event.note, event.from_state, event.to_state) == ("回访满意", "closed", "closed")
