"""Residential areas from stage to stage: what each step carries, who may, what falls due, and back."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from citymgmt.outbox.models import Message
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Refusal, Stale, WrongState
from citymgmt.worktime import sweep
from communities.actions.rules import RuleTold, save_local_rule
from communities.areas.actions import ContractTold, act_on_area, enter_area, revise_area, save_standard
from communities.areas.lifecycle import STAGES
from communities.areas.seeded import SEEDED
from communities.areas.verification import verify_areas
from communities.models import AreaEvent, AreaPhoto, ReadinessStandard, ResidentialArea
from communities.placed import PlaceTold
from tests.communities.areas.areas import (
    CONTRACT,
    DAY,
    NOW,
    OPINION,
    PILOT,
    REVIEW,
    TERMS,
    TODAY,
    act,
    area_in,
    assess,
    covered,
    piloted,
    told_of,
)
from tests.office import District
from tests.photos.pictures import photo
from tests.racing import race


def due_day(area: ResidentialArea) -> date | None:
    return timezone.localdate(area.due_at) if area.due_at else None


def test_an_area_goes_from_improvement_to_a_reviewed_contract(district: District) -> None:
    area = area_in(district)
    assert (area.state, due_day(area)) == ("improve", TODAY + 180 * DAY)
    assess(district, area)
    assert (area.state, area.score, due_day(area)) == ("assessed", 80, TODAY + 60 * DAY)
    act(district, area, "begin_pilot", **PILOT)
    assert (area.state, area.trial_until, due_day(area)) == ("pilot", PILOT["until_on"], PILOT["until_on"])
    act(district, area, "ask_residents", TODAY + DAY, **OPINION)
    act(district, area, "sign", TODAY + DAY, **TERMS)
    assert (area.state, area.provider, area.fee) == ("contract", "安居物业", Decimal("1.20"))
    assert (area.covered_since, area.trial_until) == (TODAY + DAY, None)
    assert due_day(area) == area.next_review_on == date(2026, 9, 5)
    act(district, area, "review", date(2026, 9, 4), **REVIEW)
    assert (area.state, area.next_review_on, due_day(area)) == ("review", date(2027, 3, 4), date(2027, 3, 4))
    pilot, contract, review = area.pilots.get(), area.contracts.get(), area.reviews.get()
    assert (pilot.result, pilot.ended_on, pilot.in_favour) == ("contract", TODAY + DAY, 210)
    assert (contract.from_on, contract.until_on, contract.ended_on) == (TODAY + DAY, TERMS["until_on"], None)
    assert (review.score, review.complaints, review.follow_up) == (86, 4, "楼道灯修复")
    assert list(area.events.order_by("seq").values_list("kind", flat=True).filter(by__isnull=False)) == [
        "area_enter", "area_assess", "area_begin_pilot", "area_ask_residents", "area_sign", "area_review",
    ]  # fmt: skip
    assert list(verify_areas()) == [(f"residential area {area.pk}", [])]


def test_an_area_that_has_its_contract_is_entered_with_it(district: District) -> None:
    contract = ContractTold("旧约物业", Decimal("0.80"), date(2019, 5, 1), TODAY + 90 * DAY)
    area = area_in(district, contract=contract)
    assert (area.state, area.covered_since, area.next_review_on) == ("contract", date(2019, 5, 1), date(2026, 9, 4))
    assert due_day(area) == TODAY + 90 * DAY  # the contract ends before the review


def test_a_pilot_and_a_contract_can_end_and_the_area_is_improved_again(district: District) -> None:
    area = piloted(district)
    act(district, area, "extend_pilot", TODAY + DAY, until_on=TODAY + 200 * DAY, note="再试两个月")
    assert (area.trial_until, due_day(area), area.pilots.get().until_on) == (TODAY + 200 * DAY,) * 3
    act(district, area, "end_pilot", TODAY + 2 * DAY, note="缴费率不足")
    assert (area.state, area.provider, area.trial_until) == ("improve", "", None)
    assert area.pilots.get().result == "ended"
    assess(district, area, TODAY + 3 * DAY)
    act(district, area, "begin_pilot", TODAY + 4 * DAY, **PILOT)
    act(district, area, "ask_residents", TODAY + 5 * DAY, **OPINION)
    act(district, area, "sign", TODAY + 6 * DAY, **TERMS | {"from_on": TODAY + 6 * DAY})
    act(district, area, "renew", TODAY + 7 * DAY, **TERMS | {"from_on": TODAY + 10 * DAY, "provider": "新居物业"})
    assert (area.provider, area.covered_since) == ("新居物业", TODAY + 6 * DAY)
    assert [one.ended_on for one in area.contracts.order_by("ordinal")] == [TODAY + 10 * DAY, None]
    act(district, area, "end_contract", TODAY + 20 * DAY, note="物业企业撤出")
    assert (area.state, area.covered_since, area.fee, area.next_review_on) == ("improve", None, None, None)
    assert [one.ended_on for one in area.contracts.order_by("ordinal")] == [TODAY + 10 * DAY, TODAY + 20 * DAY]
    assert [one.ordinal for one in area.pilots.order_by("ordinal")] == [1, 2]


def test_what_must_be_met_and_is_not_keeps_an_area_from_a_pilot(district: District) -> None:
    area = area_in(district)
    assess(district, area, points=10, consent=5)
    assert (area.state, area.score, area.is_blocked) == ("improve", 90, True)
    with pytest.raises(WrongState):
        act(district, area, "begin_pilot", **PILOT)
    assess(district, area, TODAY + DAY, points=10, consent=6)
    assert (area.state, area.is_blocked) == ("assessed", False)
    assess(district, area, TODAY + 2 * DAY, points=3, consent=6, boundary=6)
    assert (area.state, area.is_blocked, area.score) == ("improve", False, 39)  # it fell back


def test_an_assessment_keeps_the_criteria_that_it_used(district: District) -> None:
    area, street = area_in(district), district.street
    assess(district, area)
    criteria = SEEDED.criteria[:2]
    standard = save_standard(by=street.clerk, at=NOW, seen=0, threshold=90, criteria=criteria)
    assert (standard.number, save_standard(by=street.clerk, at=NOW, seen=0, threshold=90, criteria=criteria)) == (
        1,
        standard,
    )
    assert ReadinessStandard.objects.count() == 1
    with pytest.raises(Stale):
        assess(district, area, TODAY + DAY)
    with pytest.raises(Stale):
        save_standard(by=street.clerk, at=NOW, seen=0, threshold=50, criteria=criteria)
    assess(district, area, TODAY + DAY, standard=1)
    assert [(one.threshold, len(one.scores)) for one in area.assessments.order_by("ordinal")] == [(60, 10), (90, 2)]
    assert area.state == "improve"
    with pytest.raises(DatabaseError), transaction.atomic():
        ReadinessStandard.objects.update(threshold=10)


@pytest.mark.parametrize("name", ["officer", "leader", "teamleader"])
def test_criteria_and_local_rules_are_the_clerks(district: District, name: str) -> None:
    person = getattr(district.street, name)
    with pytest.raises(NotPermitted):
        save_standard(by=person, at=NOW, seen=0, threshold=50, criteria=SEEDED.criteria)
    with pytest.raises(NotPermitted):
        save_local_rule(by=person, at=NOW, told=RuleTold("filing", TODAY, 5, "wd", "地方规定"))


WRONG_RULES = [
    (RuleTold("filing", TODAY, 31, "nd", "x"), {"value"}),  # national law: at most thirty days
    (RuleTold("notice", TODAY, 14, "nd", "x"), {"value"}),  # at least fifteen
    (RuleTold("term", TODAY, 6, "yr", "x"), {"value"}),
    (RuleTold("filing", TODAY, 5, "mo", " "), {"unit", "source"}),
    (RuleTold("filing", date(1999, 1, 1), 5, "wd", "x"), {"from_on"}),
]


@pytest.mark.parametrize(("told", "fields"), WRONG_RULES)
def test_a_local_rule_keeps_within_national_law_and_names_its_source(
    district: District, told: RuleTold, fields: set[str]
) -> None:
    with pytest.raises(Invalid) as refused:
        save_local_rule(by=district.street.clerk, at=NOW, told=told)
    assert set(refused.value.fields) == fields


def test_a_local_rule_in_working_days_gives_the_deadlines_from_then_on(district: District) -> None:
    before = area_in(district)
    save_local_rule(by=district.street.clerk, at=NOW, told=RuleTold("area_assess", TODAY, 10, "wd", "街道制度"))
    area = area_in(district, name="新村小区")
    assert (due_day(before), due_day(area)) == (TODAY + 180 * DAY, TODAY + 14 * DAY)
    with pytest.raises(NotFound):
        save_local_rule(by=district.street.clerk, at=NOW, told=RuleTold("none", TODAY, 10, "wd", "x"))


WRONG_ENTRIES: list[tuple[dict[str, Any], set[str]]] = [
    ({"name": " "}, {"name"}),
    ({"kind": "castle"}, {"kind"}),
    ({"building_count": 0, "household_count": 0}, {"building_count", "household_count"}),
    ({"floor_area_m2": Decimal("0.001")}, {"floor_area_m2"}),
    ({"floor_area_m2": Decimal("NaN")}, {"floor_area_m2"}),
    ({"built_year": 2027}, {"built_year"}),
    ({"contract": ContractTold(" ", Decimal(-1), TODAY, TODAY)}, {"provider", "fee", "until_on"}),
    ({"contract": ContractTold("x", Decimal(1), date(1899, 1, 1), TODAY + DAY)}, {"from_on"}),
]


@pytest.mark.parametrize("criteria", [(), (SEEDED.criteria[0],) * 2], ids=["none", "one twice"])
def test_criteria_are_some_each_once(district: District, criteria: Any) -> None:
    with pytest.raises(Invalid) as refused:
        save_standard(by=district.street.clerk, at=NOW, seen=0, threshold=50, criteria=criteria)
    assert set(refused.value.fields) == {"threshold"}


@pytest.mark.parametrize(("changed", "fields"), WRONG_ENTRIES)
def test_what_cannot_be_is_not_entered(district: District, changed: dict[str, Any], fields: set[str]) -> None:
    with pytest.raises(Invalid) as refused:
        area_in(district, **changed)
    assert set(refused.value.fields) == fields
    assert not ResidentialArea.objects.exists()


def test_a_name_stands_once_in_a_community_as_long_as_it_is_not_struck_off(district: District) -> None:
    area = area_in(district)
    with pytest.raises(Invalid) as refused:
        area_in(district)
    assert set(refused.value.fields) == {"name"}
    area_in(district, 1)
    act(district, area, "strike", note="重复登记")
    assert (area.state, area.due_at) == ("struck", None)
    area_in(district)


def test_an_entry_is_corrected_and_a_resend_acts_once(district: District) -> None:
    area, street = area_in(district), district.street
    told = told_of(district, name="榕荫新村", household_count=400)
    asked: dict[str, Any] = {"pk": area.pk, "by": street.officer, "at": NOW, "told": told, "request_key": "a"}
    event = revise_area(version=1, **asked)
    assert revise_area(version=1, **asked) == event
    area.refresh_from_db()
    assert (area.name, area.household_count, area.version) == ("榕荫新村", 400, 2)
    with pytest.raises(KeyReused):
        revise_area(**asked | {"told": told_of(district)})
    with pytest.raises(Stale):
        revise_area(version=1, **asked | {"request_key": "b"})


def test_entering_twice_makes_one(district: District) -> None:
    asked: dict[str, Any] = {"by": district.street.clerk, "at": NOW, "told": told_of(district), "request_key": "k"}
    assert enter_area(**asked) == enter_area(**asked)
    assert ResidentialArea.objects.count() == 1


WRONG_STEPS: list[tuple[str, dict[str, Any], set[str]]] = [
    ("begin_pilot", {**PILOT, "services": " "}, {"services"}),
    ("begin_pilot", {**PILOT, "let_off_percent": Decimal(101)}, {"let_off_percent"}),
    ("begin_pilot", {**PILOT, "until_on": TODAY}, {"until_on"}),
    ("begin_pilot", {**PILOT, "until_on": TODAY + 800 * DAY}, {"until_on"}),
    ("begin_pilot", {**PILOT, "score": 5}, {"score"}),
    ("begin_pilot", {**PILOT, "on": TODAY + DAY}, {"on"}),
    ("begin_pilot", {**PILOT, "on": TODAY - DAY}, {"on"}),
]


@pytest.mark.parametrize(("name", "given", "fields"), WRONG_STEPS)
def test_a_step_carries_what_the_table_says(
    district: District, name: str, given: dict[str, Any], fields: set[str]
) -> None:
    area = area_in(district)
    assess(district, area)
    with pytest.raises(Invalid) as refused:
        act_on_area(name, pk=area.pk, by=district.street.leader, at=NOW, **{"on": TODAY, **given})
    assert set(refused.value.fields) == fields


def test_a_contract_needs_the_residents_opinion_and_days_that_can_be(district: District) -> None:
    area = area_in(district)
    assess(district, area)
    act(district, area, "begin_pilot", **PILOT)
    with pytest.raises(WrongState):
        act(district, area, "sign", **TERMS)
    with pytest.raises(Invalid) as refused:
        act(district, area, "ask_residents", asked=10, in_favour=6, against=5)
    assert set(refused.value.fields) == {"asked"}
    act(district, area, "ask_residents", asked=11, in_favour=6, against=5)
    with pytest.raises(Invalid) as refused:
        act(district, area, "sign", **TERMS | {"from_on": TODAY - DAY, "until_on": TODAY})
    assert set(refused.value.fields) == {"from_on", "until_on"}
    with pytest.raises(Invalid) as refused:
        act(district, area, "extend_pilot", until_on=PILOT["until_on"], note="x")
    assert set(refused.value.fields) == {"until_on"}


def test_a_contract_before_is_not_overtaken(district: District) -> None:
    area = covered(district)
    with pytest.raises(Invalid) as refused:
        act(district, area, "renew", **TERMS | {"from_on": TODAY})
    assert set(refused.value.fields) == {"from_on"}
    with pytest.raises(Invalid) as refused:
        act(district, area, "review", **REVIEW | {"score": 101})
    assert set(refused.value.fields) == {"score"}


@pytest.mark.parametrize(
    ("person", "refusal"),
    [("clerk", NotPermitted), ("officer", NotPermitted), ("teamleader", NotFound), ("admin", NotFound)],
)
def test_a_pilot_is_decided_by_a_leader(district: District, person: str, refusal: type[Refusal]) -> None:
    area = area_in(district)
    assess(district, area)
    with pytest.raises(refusal):
        act(district, area, "begin_pilot", by=getattr(district.street, person), **PILOT)


def test_an_officer_acts_in_the_own_communities_and_nobody_in_another_office(district: District) -> None:
    mine, theirs = area_in(district), area_in(district, 1)
    assess(district, mine, by=district.street.officer)
    for one in (district.street.officer, district.other.clerk):
        with pytest.raises(NotFound):
            assess(district, theirs, by=one)
    with pytest.raises(Invalid) as refused:
        enter_area(by=district.street.officer, at=NOW, told=told_of(district, 1, name="别处"))
    assert set(refused.value.fields) == {"community"}
    with pytest.raises(NotPermitted):
        enter_area(by=district.street.leader, at=NOW, told=told_of(district))
    with pytest.raises(NotFound):
        act_on_area("assess", pk=mine.pk, by=district.street.clerk, at=NOW, on=TODAY)


def test_photos_are_kept_with_the_assessment(district: District, media: Any) -> None:
    area = area_in(district)
    event = assess(district, area, photos=[photo(), photo(30, 40)], evidence={"rooms": "居委会一楼"})
    assert AreaPhoto.objects.filter(event=event).count() == 2
    kept = {one["key"]: one for one in area.assessments.get().scores}
    assert (kept["rooms"]["note"], kept["rooms"]["points"], kept["rooms"]["weight"]) == ("居委会一楼", 8, 5)


def test_what_nobody_does_in_time_is_warned_of_urged_and_supervised(district: District) -> None:
    area = area_in(district)
    sweep.run(area.due_at + 20 * DAY)
    kinds = list(area.events.order_by("seq").values_list("kind", flat=True))
    assert kinds == ["area_enter", "area_warn", "area_urge", "area_supervise"]
    street = district.street
    told = set(Message.objects.filter(kind="area_supervise").values_list("recipient__username", flat=True))
    assert told == {one.username for one in (street.officer, street.clerk, street.clerk2, street.leader)}
    area.refresh_from_db()
    assert (area.rung, area.next_check_at) == (3, None)
    assert assess_after(district, area).rung == 0


def assess_after(district: District, area: ResidentialArea) -> ResidentialArea:
    assert area.due_at is not None
    on = timezone.localdate(area.due_at) + 20 * DAY
    assess(district, area, on)
    return area


def test_the_database_refuses_what_is_no_step(district: District) -> None:
    area = area_in(district, contract=CONTRACT)
    with pytest.raises(DatabaseError), transaction.atomic():
        ResidentialArea.objects.filter(pk=area.pk).update(state="pilot")
    with pytest.raises(DatabaseError), transaction.atomic():
        AreaEvent.objects.filter(area=area).delete()
    assert set(STAGES) >= {area.state}


def test_two_who_enter_the_same_area_at_once_make_one(committed: District) -> None:
    def enter() -> str:
        try:
            enter_area(by=committed.street.clerk, at=NOW, told=told_of(committed))
        except Invalid as refused:
            return "".join(refused.fields)
        return "entered"

    assert sorted(race([enter, enter])) == ["entered", "name"]


def test_a_point_is_on_the_earth(district: District) -> None:
    place = PlaceTold(district.street.communities[0].pk, "x", Decimal(200), Decimal(23))
    with pytest.raises(Invalid) as refused:
        area_in(district, place=place)
    assert set(refused.value.fields) == {"longitude"}
