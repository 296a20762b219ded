"""Owners' committees from application to filing: days by law and local rules, votes, terms, who may."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from citymgmt.outbox.models import Message
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Refusal, Stale, WrongState
from citymgmt.worktime import sweep
from citymgmt.worktime.models import CalendarYear
from communities.actions.rules import RuleTold, save_local_rule
from communities.committees.actions import act_on_committee, apply_for_committee, retime_committees
from communities.committees.lifecycle import ENDED, MOVES, STAGES, possible
from communities.committees.verification import verify_committees
from communities.models import CommitteeEvent, OwnersCommittee, OwnersVote
from tests.communities.areas.areas import area_in
from tests.communities.committees.committees import (
    APPLICATION,
    DAY,
    NOW,
    TODAY,
    act,
    committee_in,
    elected,
    go_to,
)
from tests.office import District
from tests.racing import race


def due_after(one: OwnersCommittee) -> int:
    """The days from the application to what is due."""
    assert one.due_at is not None
    return (timezone.localdate(one.due_at) - TODAY).days


def test_each_stage_is_reached_and_leads_somewhere_but_the_last_ones() -> None:
    assert {"applied", *(target for _source, target in MOVES)} == set(STAGES)
    assert {stage for stage in STAGES if not possible(stage)} == set(ENDED)


def test_a_committee_goes_from_application_to_filing(district: District) -> None:
    one = committee_in(district)
    dues = [(one.state, due_after(one))]
    for name in ("accept", "form_group", "call"):
        other = committee_in(district, name=name)
        go_to(district, other, name)
        dues.append((other.state, due_after(other)))
    assert dues == [("applied", 30), ("accepted", 35), ("preparing", 70), ("notified", 70)]
    go_to(district, one, "elect")
    assert (one.state, due_after(one), one.elected_on, one.member_count) == ("elected", 65, TODAY + 35 * DAY, 5)
    act(district, one, "file", 40)
    assert (one.state, due_after(one)) == ("checking", 45)
    until = date(2031, 4, 8)
    act(district, one, "register", 43, filing_number="街业备〔2026〕1号", term_until=until)
    assert (one.state, one.term, one.term_until, one.filing_number) == ("filed", 1, until, "街业备〔2026〕1号")
    assert timezone.localdate(one.due_at) == date(2031, 1, 8)  # three months before the term ends
    assert list(verify_committees()) == [(f"owners' committee {pk}", []) for pk in range(one.pk, one.pk + 4)]


def test_called_off_the_first_assembly_is_called_anew(district: District) -> None:
    one = committee_in(district)
    go_to(district, one, "call")
    act(district, one, "call_off", 21, note="人数不足")
    assert (one.state, one.meeting_on, one.informed_on) == ("preparing", None, None)
    assert one.due_at is not None


def test_what_is_no_step_is_not_found(district: District) -> None:
    one = committee_in(district)
    with pytest.raises(NotFound):
        act_on_committee("banish", pk=one.pk, by=district.street.leader, at=NOW, on=TODAY)


def test_a_term_that_ends_is_watched_and_followed_by_another(district: District) -> None:
    one = committee_in(district)
    go_to(district, one, "register")
    sweep.run(one.due_at)
    one.refresh_from_db()
    assert one.ladder_code == "Y1"
    days = due_after(one)
    act(district, one, "reelect", days)
    assert (one.state, timezone.localdate(one.due_at)) == ("reelecting", one.term_until)
    called = {"meeting_on": TODAY + (days + 15) * DAY, "informed_on": TODAY + days * DAY}
    act(district, one, "call", days, **called)
    assert (one.state, timezone.localdate(one.due_at)) == ("notified", one.term_until)
    act(district, one, "call_off", days + 15, note="人数不足")
    assert (one.state, one.meeting_on) == ("reelecting", None)
    act(district, one, "call", days + 16, meeting_on=TODAY + (days + 31) * DAY, informed_on=TODAY + (days + 16) * DAY)
    with pytest.raises(WrongState):  # the first election does not count again
        act(district, one, "elect", days + 31, member_count=5)
    elected(district, one, days + 31)
    act(district, one, "elect", days + 31, member_count=5)
    act(district, one, "file", days + 32)
    act(district, one, "send_back", days + 33, note="缺决议")
    assert one.state == "elected"
    act(district, one, "file", days + 34)
    last = TODAY + (days + 31 + 1000) * DAY
    act(district, one, "register", days + 35, filing_number="2", term_until=last)
    assert (one.term, one.term_until) == (2, last)


LACKING = [{"delivered_m2": Decimal("14999.99")}, {"applicant_count": 14}]


@pytest.mark.parametrize("changed", LACKING)
def test_an_application_below_the_shares_is_declined(district: District, changed: dict[str, Any]) -> None:
    one = committee_in(district, replace(APPLICATION, **changed))
    with pytest.raises(WrongState):
        act(district, one, "accept", 5)
    act(district, one, "decline", 5, note="条件不足")
    assert (one.state, one.due_at) == ("declined", None)
    told = replace(APPLICATION, on=TODAY + 6 * DAY)
    again = apply_for_committee(area=one.area_id, by=district.street.clerk, at=NOW + 6 * DAY, told=told).committee
    act(district, again, "accept", 6)
    assert again.state == "accepted"


def test_an_area_has_one_committee_at_a_time(district: District) -> None:
    one = committee_in(district)
    with pytest.raises(WrongState):
        apply_for_committee(area=one.area_id, by=district.street.clerk, at=NOW, told=APPLICATION)
    act(district, one, "dissolve", 1, note="小区合并")
    assert (one.state, one.due_at) == ("dissolved", None)


WRONG_APPLICATIONS: list[tuple[dict[str, Any], set[str]]] = [
    ({"on": TODAY + DAY}, {"on"}),
    ({"delivered_m2": Decimal("30000.01")}, {"delivered_m2"}),
    ({"applicant_count": 301}, {"applicant_count"}),
    (
        {"owner_count": 0, "floor_area_m2": Decimal(0)},
        {"owner_count", "floor_area_m2", "delivered_m2", "applicant_count"},
    ),
]


@pytest.mark.parametrize(("changed", "fields"), WRONG_APPLICATIONS)
def test_an_application_that_cannot_be_is_not_entered(
    district: District, changed: dict[str, Any], fields: set[str]
) -> None:
    with pytest.raises(Invalid) as refused:
        committee_in(district, replace(APPLICATION, **changed))
    assert set(refused.value.fields) == fields


WRONG_CALLS = [(34, 20, {"meeting_on"}), (35, 21, {"informed_on"}), (35, 19, {"informed_on"})]


@pytest.mark.parametrize(("days", "informed", "fields"), WRONG_CALLS)
def test_owners_are_told_fifteen_days_ahead_and_the_residents_committee_with_them(
    district: District, days: int, informed: int, fields: set[str]
) -> None:
    one = committee_in(district)
    go_to(district, one, "form_group")
    with pytest.raises(Invalid) as refused:
        act(district, one, "call", 20, meeting_on=TODAY + days * DAY, informed_on=TODAY + informed * DAY)
    assert set(refused.value.fields) == fields


def test_a_committee_is_elected_by_a_vote_that_passed_on_the_day_of_its_assembly(district: District) -> None:
    one = committee_in(district)
    go_to(district, one, "call")
    with pytest.raises(Invalid):
        elected(district, one, 34)
    elected(district, one, 35, part_m2=Decimal("19999.99"))
    with pytest.raises(WrongState):
        act(district, one, "elect", 35, member_count=5)
    elected(district, one, 36)
    for members in (4, 6, 13):
        with pytest.raises(Invalid) as refused:
            act(district, one, "elect", 36, member_count=members)
        assert set(refused.value.fields) == {"member_count"}
    act(district, one, "elect", 36, member_count=11)
    votes = list(OwnersVote.objects.order_by("ordinal").values_list("is_quorate", "is_passed"))
    assert votes == [(False, False), (True, True)]


def test_a_term_is_at_most_as_long_as_the_rule_says(district: District) -> None:
    one = committee_in(district)
    go_to(district, one, "file")
    with pytest.raises(Invalid) as refused:
        act(district, one, "register", 43, filing_number="1", term_until=date(2031, 4, 9))
    assert set(refused.value.fields) == {"term_until"}


WRONG_VOTES: list[tuple[dict[str, Any], set[str]]] = [
    ({"matter": 10}, {"matter"}),
    ({"title": ""}, {"title"}),
    ({"part_m2": Decimal(30001)}, {"part_m2"}),
    ({"favour_count": 201}, {"favour_count"}),
    ({"favour_m2": Decimal("0.001")}, {"favour_m2"}),
    ({"whole_count": 0}, {"whole_count"}),
]


@pytest.mark.parametrize(("changed", "fields"), WRONG_VOTES)
def test_a_vote_that_cannot_be_is_not_recorded(district: District, changed: dict[str, Any], fields: set[str]) -> None:
    one = committee_in(district)
    go_to(district, one, "call")
    with pytest.raises(Invalid) as refused:
        elected(district, one, **changed)
    assert set(refused.value.fields) == fields
    assert not OwnersVote.objects.exists()


def test_a_local_rule_in_working_days_is_counted_by_the_clock_and_given_anew(district: District) -> None:
    rule = RuleTold("filing", TODAY, 5, "wd", "北京市物业管理条例")
    save_local_rule(by=district.street.clerk, at=NOW, told=rule)
    one = committee_in(district)
    go_to(district, one, "elect")  # on Wednesday, 8 April 2026
    assert timezone.localdate(one.due_at) == date(2026, 4, 15)
    assert not one.is_due_provisional
    CalendarYear.objects.filter(year=2026).delete()
    other = committee_in(district, name="别的小区")
    go_to(district, other, "elect")
    assert other.is_due_provisional
    CalendarYear.objects.create(year=2026)
    assert retime_committees(NOW + 36 * DAY) == 2
    other.refresh_from_db()
    assert not other.is_due_provisional
    assert [found for _name, found in verify_committees() if found] == []


def test_what_nobody_does_in_time_is_urged_and_supervised(district: District) -> None:
    one = committee_in(district)
    sweep.run(one.due_at + 10 * DAY)
    kinds = list(one.events.order_by("seq").values_list("kind", flat=True))
    assert kinds == ["committee_apply", "committee_warn", "committee_urge", "committee_supervise"]
    street = district.street
    told = set(Message.objects.filter(kind="committee_supervise").values_list("recipient__username", flat=True))
    assert told == {person.username for person in (street.officer, street.clerk, street.clerk2, street.leader)}


@pytest.mark.parametrize(
    ("person", "refusal"), [("clerk", NotPermitted), ("officer", NotPermitted), ("member", NotFound)]
)
def test_an_application_is_answered_by_a_leader(district: District, person: str, refusal: type[Refusal]) -> None:
    one = committee_in(district)
    with pytest.raises(refusal):
        act(district, one, "accept", 5, by=getattr(district.street, person))


def test_nobody_of_another_office_or_community_acts(district: District) -> None:
    one = committee_in(district, community=1)
    for person in (district.street.officer, district.other.clerk):
        with pytest.raises(NotFound):
            elected(district, one, by=person)
        with pytest.raises(NotFound):
            apply_for_committee(area=one.area_id, by=person, at=NOW, told=APPLICATION)
    with pytest.raises(NotPermitted):
        apply_for_committee(area=one.area_id, by=district.street.leader, at=NOW, told=APPLICATION)


def test_a_resend_acts_once_and_a_stale_one_not_at_all(district: District) -> None:
    area, by = area_in(district), district.street.clerk
    asked: dict[str, Any] = {"area": area.pk, "by": by, "at": NOW, "request_key": "k"}
    event = apply_for_committee(told=APPLICATION, **asked)
    assert apply_for_committee(told=APPLICATION, **asked) == event
    with pytest.raises(KeyReused):
        apply_for_committee(told=replace(APPLICATION, owner_count=299), **asked)
    act(district, event.committee, "accept", 1, version=1)
    with pytest.raises(Stale):
        act(district, event.committee, "form_group", 2, group_size=7, version=1)
    with pytest.raises(WrongState):
        act(district, event.committee, "call", 2, meeting_on=TODAY, informed_on=TODAY)
    with pytest.raises(WrongState):
        elected(district, event.committee)


def test_two_applications_at_once_are_one(committed: District) -> None:
    area = area_in(committed)
    asked: dict[str, Any] = {"area": area.pk, "at": NOW, "told": APPLICATION}
    people = (committed.street.clerk, committed.street.officer)
    done = race([lambda by=by: apply_for_committee(by=by, **asked) for by in people])
    assert sorted(isinstance(one, Refusal) for one in done) == [False, True]


def test_the_database_refuses_what_is_no_step(district: District) -> None:
    one = committee_in(district)
    with pytest.raises(DatabaseError), transaction.atomic():
        OwnersCommittee.objects.filter(pk=one.pk).update(state="filed", filing_number="1", term=1, term_until=TODAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        CommitteeEvent.objects.filter(committee=one).update(note="x")
