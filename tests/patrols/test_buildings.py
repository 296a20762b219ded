"""Illegal buildings: the steps of the law in their order and with their terms, removals, what comes back."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from cases.actions import Matter, log_case
from cases.models import Case, Category
from citymgmt.outbox.models import Message
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Refusal, Stale, WrongState
from citymgmt.worktime import sweep
from citymgmt.worktime.models import CalendarYear
from communities.placed import PlaceTold
from patrols.illegal_buildings.actions import (
    act_on_building,
    enter_building,
    log_building_case,
    retime_buildings,
    revise_building,
)
from patrols.illegal_buildings.lifecycle import MOVES, STANDING, STATES, possible
from patrols.illegal_buildings.models import BuildingEvent, BuildingOwner, BuildingPhoto, IllegalBuilding
from patrols.illegal_buildings.verification import verify_buildings
from tests.office import District, china
from tests.patrols.buildings import DAY, NOW, TODAY, act, building_in, go_to, told_of
from tests.photos.pictures import photo
from tests.racing import race


def test_each_state_but_the_last_ones_leads_somewhere_and_each_is_reached() -> None:
    reached = {"found", *(target for _source, target in MOVES)}
    assert reached == set(STATES)
    ends = {state for state in STATES if not possible(state, is_being_built=False)}
    assert ends == {"regrown", "lawful", "mistaken"}
    for state in STANDING:
        assert "remove" in {one.action for one in possible(state, is_being_built=False)}


def test_the_steps_of_the_law_follow_each_other_and_each_has_its_paper_and_day(district: District) -> None:
    building = building_in(district)
    assert (building.state, building.number) == ("found", f"{district.street.subdistrict.code}-2026-W0001")
    with pytest.raises(WrongState):  # being built: stopped first
        act(district, building, "refer", document="1")
    with pytest.raises(WrongState):
        act(district, building, "order", document="1", by_day=TODAY + DAY)
    on = go_to(district, building, "announce")
    assert (building.state, building.document, building.stepped_on) == ("announced", "〔2026〕announce", on)
    assert list(building.events.order_by("seq").values_list("kind", flat=True).filter(by__isnull=False)) == [
        "building_find", "building_stop", "building_refer", "building_order", "building_remind", "building_announce",
    ]  # fmt: skip


def test_a_step_waits_until_the_day_given_to_the_party_is_over(district: District) -> None:
    building = building_in(district)
    ordered = go_to(district, building, "order")
    last = ordered + 15 * DAY
    with pytest.raises(Invalid) as refused:
        act(district, building, "remind", last, document="3")
    assert set(refused.value.fields) == {"on"}
    act(district, building, "remind", last + DAY, document="3")
    assert building.by_day == last + 11 * DAY  # ten days after the reminder (行政强制法 Art. 54)
    tenth = last + 11 * DAY
    for on in (tenth, tenth + DAY):
        given = {"document": "4", "by_day": on + 7 * DAY}
        if on == tenth:
            with pytest.raises(Invalid):
                act(district, building, "announce", on, **given)
        else:
            act(district, building, "announce", on, **given)
    force = {"area_m2": building.area_m2, "way": "force"}
    with pytest.raises(Invalid):
        act(district, building, "remove", building.by_day, **force)
    act(district, building, "remove", building.by_day + DAY, **force)
    assert (building.state, building.remaining_m2) == ("removed", 0)


WRONG: list[tuple[dict[str, Any], set[str]]] = [
    ({"on": TODAY - DAY}, {"on"}), ({"on": TODAY + DAY}, {"on"}), ({"document": " "}, {"document"}),
    ({"document": "x" * 61}, {"document"}), ({"document": "\x00"}, {"document"}), ({"note": "x" * 501}, {"note"}),
    ({"area_m2": Decimal(1)}, {"area_m2"}), ({"on": None}, {"on"}),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "fields"), WRONG, ids=repr)
def test_what_a_step_refuses(district: District, changed: dict[str, Any], fields: set[str]) -> None:
    building = building_in(district)
    given = {"on": TODAY, "document": "1", **changed}
    with pytest.raises(Invalid) as refused:
        act_on_building("stop", pk=building.pk, by=district.street.clerk, at=NOW, **given)
    assert (set(refused.value.fields), building.events.count()) == (fields, 1)


def test_a_day_given_to_the_party_comes_after_the_step_and_within_a_year(district: District) -> None:
    building = building_in(district)
    go_to(district, building, "refer")
    on = TODAY + 2 * DAY
    for by_day in (on, on + 367 * DAY):
        with pytest.raises(Invalid) as refused:
            act(district, building, "order", on, document="1", by_day=by_day)
        assert set(refused.value.fields) == {"by_day"}


def test_removed_in_parts_until_nothing_stands(district: District) -> None:
    building = building_in(district)
    for m2 in (Decimal("120.51"), Decimal("-1"), Decimal("0.001"), Decimal("NaN")):
        with pytest.raises(Invalid) as refused:
            act(district, building, "remove", area_m2=m2, way="owner")
        assert set(refused.value.fields) == {"area_m2"}
    for way in ("force", "x"):  # nothing was announced
        with pytest.raises(Invalid) as refused:
            act(district, building, "remove", area_m2=Decimal(1), way=way)
        assert set(refused.value.fields) == {"way"}
    due = building.due_at
    act(district, building, "remove", area_m2=Decimal("20.50"), way="owner")
    assert (building.state, building.remaining_m2, building.due_at) == ("found", Decimal(100), due)
    act(district, building, "remove", TODAY + DAY, area_m2=Decimal(100), way="owner")
    assert (building.state, building.remaining_m2) == ("removed", 0)
    assert [(one.kind, one.way, one.signed) for one in building.entries.order_by("ordinal")] == [
        ("found", "", Decimal("120.50")), ("removed", "owner", Decimal("-20.50")), ("removed", "owner", Decimal(-100)),
    ]  # fmt: skip


def test_built_again_it_gets_an_entry_of_its_own_once(district: District) -> None:
    building = building_in(district)
    act(district, building, "remove", area_m2=building.area_m2, way="owner")
    act(district, building, "recheck", TODAY + 3 * DAY)
    assert (building.state, building.due_at) == ("rechecked", None)
    act(district, building, "regrow", TODAY + 9 * DAY, area_m2=Decimal(60), note="原址重建")
    anew = IllegalBuilding.objects.get(regrown_from=building)
    assert (building.state, anew.state, anew.address, anew.remaining_m2) == ("regrown", "found", building.address, 60)
    assert (anew.number, anew.origin, anew.entries.get().kind) == (f"{building.number[:-1]}2", "new", "regrown")
    with pytest.raises(WrongState):
        act(district, building, "regrow", TODAY + 9 * DAY, area_m2=Decimal(60))


def test_lawful_mistaken_and_handed_over(district: District) -> None:
    lawful, mistaken, handed = (building_in(district, community=n % 2) for n in range(3))
    go_to(district, lawful, "refer")
    act(district, lawful, "legalise", TODAY + DAY, document="补 1")
    act(district, mistaken, "withdraw", note="重复登记")
    act(district, handed, "stop", document="1")
    act(district, handed, "hand_over", document="移 1")
    assert [(one.state, one.remaining_m2, one.due_at) for one in (lawful, mistaken, handed)] == [
        ("lawful", 0, None), ("mistaken", 0, None), ("handed", Decimal("120.50"), None),
    ]  # fmt: skip
    act(district, handed, "remove", TODAY + DAY, area_m2=handed.area_m2, way="force")  # the district does it
    assert handed.state == "removed"


@pytest.mark.parametrize(
    ("role", "sees", "may"),
    [("clerk", True, {"note", "stop"}), ("teamleader", True, {"note", "stop"}), ("member", True, {"note"}),
     ("officer", True, {"note"}), ("leader", True, {"withdraw"}), ("officer2", False, set()), ("admin", False, set())],
)  # fmt: skip
def test_who_may(district: District, role: str, sees: bool, may: set[str]) -> None:
    building, by = building_in(district), getattr(district.street, role)
    for name, given in (("note", {"note": "x"}), ("stop", {"document": "1"}), ("withdraw", {"note": "x"})):
        if name in may:
            act(district, building, name, by=by, **given)
        else:
            with pytest.raises(NotPermitted if sees else NotFound):
                act(district, building, name, by=by, **given)


ENTRIES: list[tuple[dict[str, Any], str]] = [
    ({"area_m2": Decimal(0)}, "area_m2"), ({"area_m2": Decimal("1000000")}, "area_m2"), ({"storeys": 0}, "storeys"),
    ({"storeys": 100}, "storeys"), ({"origin": "x"}, "origin"), ({"found_on": TODAY + DAY}, "found_on"),
    ({"found_on": date(1999, 1, 1)}, "found_on"), ({"owner": "x" * 61}, "owner"), ({"text": "\x00"}, "text"),
    ({"place": PlaceTold(2**40)}, "community"), ({"case": 2**40}, "case"), ({"case": 1}, "case"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "field"), ENTRIES, ids=repr)
def test_what_an_entry_refuses(district: District, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        building_in(district, **changed)
    assert (set(refused.value.fields), IllegalBuilding.objects.count()) == ({field}, 0)


def test_an_entry_is_corrected_until_something_has_gone_or_an_order_was_given(district: District) -> None:
    building, by = building_in(district), district.street.clerk
    due = building.due_at
    revise_building(
        pk=building.pk, by=by, at=NOW, told=told_of(district, origin="old", area_m2=Decimal(90), owner="", phone="")
    )
    building.refresh_from_db()
    assert (building.remaining_m2, building.entries.get().m2, building.owner.name) == (90, 90, "")
    assert due < building.due_at  # fifteen working days, not two
    act(district, building, "refer", document="1")
    late = told_of(district, found_on=TODAY + DAY)
    with pytest.raises(Invalid):
        revise_building(pk=building.pk, by=by, at=NOW + DAY, told=late)
    due = building.due_at
    earlier = told_of(district, found_on=TODAY - DAY, storeys=2)
    revise_building(pk=building.pk, by=by, at=NOW, told=earlier)
    building.refresh_from_db()
    assert (building.storeys, building.found_on, building.entries.get().on) == (2, TODAY - DAY, TODAY - DAY)
    assert (building.stepped_on, building.due_at) == (TODAY, due)  # its term runs from the step since
    act(district, building, "remove", area_m2=Decimal(1), way="owner")
    with pytest.raises(WrongState):
        revise_building(pk=building.pk, by=by, at=NOW, told=told_of(district))


def test_who_owns_it_stands_in_no_event(district: District) -> None:
    building = building_in(district)
    assert BuildingOwner.objects.get(building=building).name == "王某"
    assert "王某" not in str(list(building.events.values()))


def test_a_resend_acts_once_and_another_request_with_its_key_is_refused(district: District) -> None:
    by, told = district.street.clerk, told_of(district)
    given: dict[str, Any] = {"by": by, "at": NOW, "told": told, "photos": [photo()], "request_key": "k"}
    one = enter_building(**given)
    assert enter_building(**given) == one
    with pytest.raises(KeyReused):
        enter_building(**{**given, "photos": []})
    step: dict[str, Any] = {"by": by, "at": NOW, "on": TODAY, "document": "1", "request_key": "s"}
    stopped = act_on_building("stop", pk=one.building_id, photos=[photo()], **step)
    assert act_on_building("stop", pk=one.building_id, photos=[photo()], **step) == stopped
    with pytest.raises(Stale):
        act_on_building("refer", pk=one.building_id, version=1, **{**step, "request_key": None})
    with pytest.raises(NotFound):
        act_on_building("x", pk=one.building_id, **step)
    assert (IllegalBuilding.objects.count(), BuildingEvent.objects.count(), BuildingPhoto.objects.count()) == (1, 2, 2)


def test_two_at_once_take_one_step(committed: District) -> None:
    building = building_in(committed)
    street = committed.street
    runners = [
        lambda by=by: act_on_building("stop", pk=building.pk, by=by, at=NOW, on=TODAY, document="1")
        for by in (street.clerk, street.teamleader)
    ]
    done = race(runners)
    assert sorted(isinstance(one, Refusal) for one in done) == [False, True]
    assert building.events.count() == 2


def test_two_at_once_log_one_case(committed: District) -> None:
    building, category = building_in(committed), Category.objects.get(code_2026="06001").pk
    given: dict[str, Any] = {"pk": building.pk, "at": NOW, "category": category, "text": "楼顶加建"}
    people = (committed.street.clerk, committed.street.teamleader)
    done = race([lambda by=by: log_building_case(by=by, **given) for by in people])
    assert sorted(isinstance(one, WrongState) for one in done) == [False, True]
    assert Case.objects.count() == 1


def test_two_returns_at_once_are_one(committed: District) -> None:
    building = building_in(committed)
    act(committed, building, "remove", area_m2=building.area_m2, way="owner")
    given: dict[str, Any] = {"pk": building.pk, "at": NOW, "on": TODAY, "area_m2": Decimal(9)}
    people = (committed.street.clerk, committed.street.officer)
    race([lambda by=by: act_on_building("regrow", by=by, **given) for by in people])
    assert IllegalBuilding.objects.count() == 2


def test_the_database_refuses_what_is_no_step_and_what_stands_without_area(district: District) -> None:
    building = building_in(district)
    rows = IllegalBuilding.objects.filter(pk=building.pk)
    for wrong in ({"state": "announced"}, {"state": "ordered"}, {"remaining_m2": 0}, {"due_at": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**wrong)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()
    with transaction.atomic():
        rows.update(state="stopped", remaining_m2=1)  # a step, though without its event: the history tells
        told = [found for _number, found in verify_buildings() if found]
        transaction.set_rollback(True)
    assert told == [[
        "state: row 'stopped', history 'found'", "remaining_m2: row Decimal('1.00'), history Decimal('120.50')",
        "remaining_m2: 1.00, account 120.50",
    ]]  # fmt: skip


@pytest.mark.parametrize(
    ("origin", "steps"),
    [
        ("new", [("building_urge", "2026-03-04 09:00"), ("building_supervise", "2026-03-06 09:00")]),
        ("old", [("building_warn", "2026-03-20 09:00"), ("building_urge", "2026-03-23 09:00"),
                 ("building_supervise", "2026-03-25 09:00")]),
    ],
)  # fmt: skip
def test_what_nobody_acts_on_climbs_its_ladder(district: District, origin: str, steps: list[tuple[str, str]]) -> None:
    building = building_in(district, origin=origin)
    sweep.run(china("2026-05-01 00:00"))
    rows = building.events.filter(by=None).exclude(kind="building_warn" if origin == "new" else "").order_by("seq")
    assert [(one.kind, one.at) for one in rows] == [(kind, china(at)) for kind, at in steps]
    told = Message.objects.filter(kind="building_supervise").values_list("recipient__username")
    assert sorted(name for (name,) in told) == ["clerk1", "clerkb1", "leader1", "teamleader1"]


def test_after_the_day_of_the_party_the_office_has_five_working_days(district: District) -> None:
    building = building_in(district)
    ordered = go_to(district, building, "order")  # Saturday the 7th; until Sunday the 22nd
    assert ordered + 15 * DAY == date(2026, 3, 22)
    assert building.due_at is not None
    assert timedelta(days=4) < building.due_at - china("2026-03-22 18:00") <= timedelta(days=6)


def test_a_provisional_deadline_is_given_when_its_year_is_known(district: District) -> None:
    building = building_in(district)
    CalendarYear.objects.all().delete()
    act(district, building, "stop", document="1")
    assert building.is_due_provisional
    assert retime_buildings(NOW) == 1
    building.refresh_from_db()
    assert building.is_due_provisional  # its year is not known yet
    CalendarYear.objects.create(year=2026)
    assert retime_buildings(NOW + timedelta(hours=1)) == 1
    building.refresh_from_db()
    assert not building.is_due_provisional


def test_two_at_once_make_one_entry_of_a_case(committed: District) -> None:
    street = committed.street
    category = Category.objects.get(code_2026="06001")
    matter = Matter(description="加建", source="patrol", community=street.communities[0], category=category)
    case = log_case(subdistrict=street.subdistrict, matter=matter, by=street.clerk, at=NOW).case
    runners = [lambda by=by: building_in(committed, by=by, case=case.pk) for by in (street.clerk, street.clerk2)]
    done = race(runners)
    assert sorted(isinstance(one, Invalid) for one in done) == [False, True]
    assert IllegalBuilding.objects.get().case == case
