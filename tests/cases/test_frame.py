"""What is the same for every action: keys, versions, moments, what is carried, catching up."""

import pytest
from django.db import IntegrityError

from cases.actions.frame import once
from cases.models import Case, CaseEvent
from citymgmt.people.models import User
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Stale, WrongState
from tests.cases.stories import LATE, MORNING, QUICK, case_in, do
from tests.office import china

AT = china(MORNING)


def test_a_resend_gives_the_same_event_and_changes_nothing(district, act):
    case, officer = case_in(district, "dispatched"), district.street.officer
    first = act("receive", case, by=officer, at=AT, request_key="k1", note="收到")
    again = act("receive", case, by=officer, at=china(LATE), request_key="k1", note="收到")
    assert (again, case.version) == (first, first.seq)


def test_the_same_key_with_other_content_is_refused(district, act):
    case, other = case_in(district, "handling"), case_in(district, "handling")
    clerk = district.street.clerk
    act("note", case, by=clerk, at=AT, request_key="k1", note="一")
    for number, action, note in [(case, "note", "二"), (case, "urge", "一"), (other, "note", "一")]:
        with pytest.raises(KeyReused) as refusal:
            act(action, number, by=clerk, at=AT, request_key="k1", note=note)
        assert (refusal.value.status, refusal.value.code) == (422, "key_reused")
    assert CaseEvent.objects.filter(request_key=f"{clerk.pk}:k1").count() == 1


def test_a_key_belongs_to_one_person(district, act):
    case = case_in(district, "handling")
    first = act("note", case, by=district.street.clerk, at=AT, request_key="k1", note="一")
    second = act("note", case, by=district.street.leader, at=AT, request_key="k1", note="一")
    third = act("note", case, by=None, at=AT, request_key="k1", note="一")
    assert [first.seq, second.seq, third.seq] == [6, 7, 8]


def test_without_a_key_twice_is_twice(district, act):
    case = case_in(district, "handling")
    for _time in range(2):
        act("note", case, by=district.street.clerk, at=AT, note="一")
    assert case.version == 7


def test_a_key_that_was_written_meanwhile_is_answered(district, act):
    case, clerk = case_in(district, "handling"), district.street.clerk

    def lose(event):
        def act_too_late():
            CaseEvent.objects.create(
                case=case, seq=99, kind="note", at=AT, to_state="handling", request_key=f"{clerk.pk}:{event}"
            )
            raise AssertionError

        return act_too_late

    first = act("note", case, by=clerk, at=AT, request_key="k1", note="一")
    assert once(lose("k1"), clerk, "k1", first.request_digest) == first
    with pytest.raises(KeyReused):
        once(lose("k1"), clerk, "k1", "another")
    with pytest.raises(IntegrityError):
        once(lose("k1"), clerk, None, first.request_digest)


def test_what_somebody_else_did_since_makes_it_stale(district, act):
    case, street = case_in(district, "handling"), district.street
    seen = case.version
    act("note", case, by=street.clerk, at=AT, note="一")
    with pytest.raises(Stale) as refusal:
        act("report_back", case, by=street.officer, at=AT, version=seen, note="已办")
    assert (refusal.value.status, refusal.value.code, refusal.value.details) == (409, "stale", {"version": seen + 1})
    assert "clerk1" in str(refusal.value)
    act("report_back", case, by=street.officer, at=AT, version=case.version, note="已办")
    assert case.state == "reported_back"


@pytest.mark.parametrize("version", [0, -1, 99])
def test_a_version_that_never_was_is_stale(district, act, version):
    with pytest.raises(Stale):
        act("note", case_in(district, "handling"), by=district.street.clerk, at=AT, version=version, note="一")


def test_a_warning_in_between_does_not_make_it_stale(district, act, kinds):
    case = case_in(district, "handling", line=QUICK)
    seen = case.version
    act("report_back", case, by=district.street.officer, at=china("2026-03-04 11:30"), version=seen, note="已办")
    assert kinds(case)[-3:] == ["warn", "urge_overdue", "report_back"]


def test_an_escalation_in_between_does_and_stays_recorded(district, act, kinds):
    case = case_in(district, "handling", line=QUICK)
    seen, late = case.version, china("2026-03-05 12:00")
    with pytest.raises(Stale):
        act("report_back", case, by=district.street.officer, at=late, version=seen, note="已办")
    with pytest.raises(WrongState):
        act("report_back", case, by=district.street.officer, at=late, note="已办")
    case.refresh_from_db()
    assert (kinds(case)[-1], case.state) == ("escalate_overdue", "escalated")
    act("take_back", case, by=district.street.clerk, at=late, version=case.version, note="自行处置")
    assert case.state == "handling"


def test_nothing_comes_before_the_last_event_whatever_the_clock_says(district, act):
    case = case_in(district, "handling")
    last = act("note", case, by=district.street.clerk, at=china(LATE), note="一")
    event = act("note", case, by=district.street.officer, at=china(MORNING), note="二")
    assert (event.seq, event.at) == (last.seq + 1, last.at)


def test_a_case_that_does_not_exist(district, act):
    with pytest.raises(NotFound):
        act("note", Case(number="440106001-20260304-9999"), by=district.street.clerk, at=AT, note="一")


def test_an_action_that_does_not_exist(district, act):
    with pytest.raises(KeyError):
        act("delete", case_in(district, "handling"), by=district.street.clerk, at=AT)


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({}, ["note"]),
        ({"note": None}, ["note"]),
        ({"note": " \n"}, ["note"]),
        ({"note": "一", "state": "closed"}, ["state"]),
        ({"limit_value": 1, "officer": None}, ["limit_value", "note", "officer"]),
    ],
)
def test_what_an_action_must_and_may_carry(district, act, given, fields):
    with pytest.raises(Invalid) as refusal:
        act("note", case_in(district, "handling"), by=district.street.clerk, at=AT, **given)
    assert sorted(refusal.value.fields) == fields


def test_outside_404_inside_403_and_nobody_inactive(district, act):
    case = case_in(district, "handling")
    with pytest.raises(NotFound):
        act("void", case, by=district.other.leader, at=AT, note="x")
    with pytest.raises(NotPermitted):
        act("void", case, by=district.street.clerk, at=AT, note="x")
    leader = district.street.leader
    User.objects.filter(pk=leader.pk).update(is_active=False)
    leader.refresh_from_db()
    with pytest.raises(NotFound):
        act("void", case, by=leader, at=AT, note="x")


def test_a_refusal_writes_nothing(district, act):
    case = case_in(district, "handling")
    before = Case.objects.filter(pk=case.pk).values().get()
    for action, given in [("pass", {}), ("void", {"note": ""}), ("correct", {})]:
        with pytest.raises((Invalid, WrongState)):
            act(action, case, by=None, at=AT, **given)
    assert Case.objects.filter(pk=case.pk).values().get() == before


def test_the_case_is_seen_by_its_page_address(district):
    case = case_in(district, "closed")
    assert (case.get_absolute_url(), case.is_open, str(case)) == (f"/cases/{case.number}/", False, case.number)
    do(district, case, "reopen", AT)
    assert case.is_open is True
