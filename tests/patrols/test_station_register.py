"""The register of stations and their checklists: who keeps them, what must be told, what follows from a change."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from citymgmt.refusals import Invalid, NotFound, NotPermitted
from patrols.stations.actions import ItemTold, make_usual_items, save_item, save_station
from patrols.stations.models import ChecklistItem, DailyCheck, Station
from tests.patrols.stations import MORNING, NOON, Yard

PH = ItemTold("洗手液", "Soap", 5, "yes_no")


def test_the_first_of_its_kind_brings_the_usual_checklist(yard: Yard) -> None:
    shown = [(one.name_zh, one.answer, one.needs_photo, one.category and one.category.code) for one in yard.items]
    assert shown == [
        ("地面清洁", "yes_no", False, "06012"),
        ("除臭", "yes_no", False, "06012"),
        ("消毒记录齐全（药剂、配比、时间）", "yes_no", False, "06012"),
        ("消毒液有效氯浓度", "value", False, "06012"),
        ("四害防制设施完好", "yes_no", False, "06012"),
        ("公示牌内容齐全、清晰", "yes_no", False, "06012"),
        ("工具摆放整齐", "yes_no", False, "06036"),
        ("安全（灭火器、用电）", "yes_no", True, None),
    ]
    assert (yard.measured.lowest, yard.measured.highest, yard.measured.unit) == (400, 700, "mg/L")
    ChecklistItem.objects.filter(pk=yard.items[0].pk).update(is_active=False)
    save_station(by=yard.street.clerk, at=NOON, told=yard.tell(name_zh="二号公厕"))
    assert (
        ChecklistItem.objects.filter(is_active=True).count() == len(yard.items) - 1
    )  # what a clerk took out stays out


def test_the_usual_items_are_added_once(yard: Yard) -> None:
    given: dict[str, Any] = {"by": yard.street.clerk, "at": NOON}
    assert len(make_usual_items(**given, kind="transfer")) == 11
    assert make_usual_items(**given, kind="transfer") == []
    with pytest.raises(Invalid):
        make_usual_items(**given, kind="bridge")


def test_saving_twice_is_once_and_a_name_is_of_one_station(yard: Yard) -> None:
    given: dict[str, Any] = {"by": yard.street.clerk, "at": NOON}
    assert save_station(**given, told=yard.tell()) == yard.station
    with pytest.raises(Invalid) as refused:
        save_station(**given, told=yard.tell(person="李四"))
    assert list(refused.value.fields) == ["name_zh"]
    changed = save_station(**given, pk=yard.station.pk, told=yard.tell(person=" 李四 ", open_days=(5, 1, 1)))
    assert (changed.person, changed.open_days) == ("李四", [1, 5])


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"name_zh": " "}, ["name_zh"]),
        ({"unit": "", "person": ""}, ["unit", "person"]),
        ({"phone": "ask"}, ["phone"]),
        ({"kind": "bridge"}, ["kind"]),
        ({"kind": "transfer"}, ["kind"]),  # another checklist
        ({"open_days": ()}, ["open_days"]),
        ({"open_days": (0, 8)}, ["open_days"]),
        ({"community": -1}, ["community"]),
        ({"team": 2**40}, ["team"]),
        ({"longitude": Decimal(113)}, ["longitude"]),
        ({"longitude": Decimal(181), "latitude": Decimal(23)}, ["longitude"]),
        ({"person": "x\x00"}, ["person"]),
    ],
)
def test_what_a_board_must_show(yard: Yard, changed: dict[str, Any], fields: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        save_station(by=yard.street.clerk, at=NOON, told=yard.tell(**changed), pk=yard.station.pk)
    assert list(refused.value.fields) == fields
    point = yard.tell(longitude=Decimal("113.26"), latitude=Decimal("23.13"))
    assert save_station(by=yard.street.clerk, at=NOON, told=point, pk=yard.station.pk).longitude == Decimal("113.26")


def test_neither_community_nor_team_of_another_street(yard: Yard) -> None:
    other = yard.district.other
    for changed in ({"community": other.communities[0].pk}, {"team": other.team.pk}):
        with pytest.raises(Invalid):
            save_station(by=yard.street.clerk, at=NOON, told=yard.tell(name_zh="新", **changed))


def test_only_clerks_of_the_office_keep_it(yard: Yard) -> None:
    street, other = yard.street, yard.district.other
    for person in (street.leader, street.teamleader, street.member, street.officer, street.admin):
        with pytest.raises((NotPermitted, NotFound)):
            save_station(by=person, at=NOON, told=yard.tell(name_zh="新"))
    with pytest.raises(NotFound):
        save_station(by=other.clerk, at=NOON, told=yard.tell(), pk=yard.station.pk)
    with pytest.raises(NotFound):
        save_item(by=other.clerk, at=NOON, kind="toilet", told=PH, pk=yard.items[0].pk)
    assert Station.objects.count() == 1


@pytest.mark.parametrize(
    "changed", [{"is_active": False}, {"open_days": (2, 3, 4, 5, 6, 7)}], ids=["out of use", "closed on Mondays"]
)
def test_a_check_that_nobody_can_make_any_more_is_excused(yard: Yard, changed: dict[str, Any]) -> None:
    check = yard.planned()
    save_station(by=yard.street.clerk, at=NOON, told=yard.tell(phone="020-1"), pk=yard.station.pk)
    check.refresh_from_db()
    assert check.state == "planned"
    save_station(by=yard.street.clerk, at=NOON, told=yard.tell(**changed), pk=yard.station.pk)
    check.refresh_from_db()
    assert (check.state, check.next_check_at) == ("excused", None)


def test_an_item_is_entered_and_changed(yard: Yard) -> None:
    given: dict[str, Any] = {"by": yard.street.clerk, "at": NOON, "kind": "toilet"}
    row = save_item(**given, told=PH)
    assert save_item(**given, told=PH) == row
    value = replace(PH, answer="value", unit=" pH ", lowest=6.5, highest=8.5, needs_photo=True)
    changed = save_item(**given, told=value, pk=row.pk)
    assert (changed.unit, changed.lowest, changed.highest, changed.asked.needs_photo) == ("pH", 6.5, 8.5, True)
    back = save_item(**given, told=replace(value, answer="yes_no"), pk=row.pk)
    assert (back.unit, back.lowest, back.highest) == ("", None, None)
    with pytest.raises(Invalid) as refused:
        save_item(**given, told=replace(PH, name_zh="除臭"), pk=row.pk)
    assert list(refused.value.fields) == ["name_zh"]


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"name_zh": ""}, ["name_zh"]),
        ({"position": 1000}, ["position"]),
        ({"answer": "x"}, ["answer"]),
        ({"category": 2**40}, ["category"]),
        ({"category": 2**30}, ["category"]),
        ({"answer": "value", "lowest": 1.0}, ["unit"]),
        ({"answer": "value", "unit": "g"}, ["lowest"]),
        ({"answer": "value", "unit": "g", "lowest": 2.0, "highest": 1.0}, ["highest"]),
        ({"answer": "value", "unit": "g", "lowest": float("inf")}, ["lowest"]),
        ({"answer": "value", "unit": "g", "highest": 1e9}, ["highest"]),
    ],
)
def test_what_an_item_must_say(yard: Yard, changed: dict[str, Any], fields: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        save_item(by=yard.street.clerk, at=NOON, kind="toilet", told=replace(PH, **changed))
    assert list(refused.value.fields) == fields


def test_a_checklist_has_thirty_items_at_most(yard: Yard) -> None:
    given: dict[str, Any] = {"by": yard.street.clerk, "at": NOON, "kind": "toilet"}
    for n in range(30 - len(yard.items)):
        save_item(**given, told=replace(PH, name_zh=f"第{n}项"))
    with pytest.raises(Invalid) as refused:
        save_item(**given, told=PH)
    assert list(refused.value.fields) == ["is_active"]
    save_item(**given, told=replace(PH, is_active=False))


@pytest.mark.parametrize(
    ("model", "columns", "name"),
    [
        (Station, {"open_days": []}, "station_open_some_day"),
        (Station, {"open_days": [8]}, "station_open_some_day"),
        (Station, {"longitude": 1}, "station_point_on_earth"),
        (ChecklistItem, {"unit": "g"}, "checklist_value_has_range"),
        (ChecklistItem, {"answer": "value", "unit": "g", "lowest": 2, "highest": 1}, "checklist_range_in_order"),
        (DailyCheck, {"state": "done"}, "daily_check_made_by_somebody"),
        (DailyCheck, {"failed_count": 1}, "daily_check_faulty_has_failed"),
    ],
)
def test_what_must_always_be_true_is_a_constraint(yard: Yard, model: Any, columns: dict[str, Any], name: str) -> None:
    yard.planned(MORNING)
    first = model.objects.order_by("pk").values("pk")[:1]
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.filter(pk__in=list(first.values_list("pk", flat=True))).update(**columns)
