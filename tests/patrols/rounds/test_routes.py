"""Routes, their points and the classes of places: who enters them, what is refused, what stays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from cases.statistics.actions import catch_up
from citymgmt.refusals import Invalid, NotFound, NotPermitted, WrongState
from communities.models import KeyPlace
from patrols.rounds.actions import (
    ClassTold,
    RouteTold,
    add_hot_spot,
    add_key_places,
    load_place_classes,
    renew_code,
    save_place_class,
    save_point,
    save_route,
)
from patrols.rounds.actions.classes import COLUMNS
from patrols.rounds.models import PlaceClass, Route, RoutePoint
from patrols.rounds.offers import area_of, class_for_hot_spots, hot_places_for, key_places_for
from patrols.teams.actions import set_area
from tests.patrols.rounds.routes import NOW, add_points, place_class, point_told, route_of
from tests.patrols.teams import Crew
from tests.statistics.test_recurrence import HERE, report

NOBODYS = [("clerk of another office", NotFound), ("leader", NotPermitted), ("member", NotPermitted)]
CLASS = ClassTold("bridge", "桥下空间", "under bridges", 2, 7, 10)


def somebody(crew: Crew, who: str) -> Any:
    street = crew.district.street
    return {"leader": street.leader, "member": street.member}.get(who, crew.district.other.clerk)


def refused(act: Callable[[], object]) -> list[str]:
    """The fields to which the refusal belongs."""
    with pytest.raises(Invalid) as found:
        act()
    return sorted(found.value.fields)


# --- routes ----------------------------------------------------------------------------------------------------
def test_leader_and_clerk_enter_routes_and_change_them(crew: Crew) -> None:
    given: dict[str, Any] = {"at": NOW, "team": crew.team.pk}
    made = save_route(by=crew.leader, **given, told=RouteTold(" 东片 "))
    assert save_route(by=crew.leader, **given, told=RouteTold("东片")) == made
    west = RouteTold("西片", "West", is_active=False)
    for _again in range(2):
        save_route(by=crew.clerk, **given, told=west, pk=made.pk)
    assert list(Route.objects.values_list("name_zh", "name_en", "is_active", "team")) == [
        ("西片", "West", False, crew.team.pk)
    ]
    save_route(by=crew.clerk, **given, told=RouteTold("东片"))
    assert refused(lambda: save_route(by=crew.clerk, **given, told=RouteTold("西片"))) == ["name_zh"]
    for name in ("", "x" * 101, "\x00"):
        assert refused(lambda name=name: save_route(by=crew.clerk, **given, told=RouteTold(name))) == ["name_zh"]


@pytest.mark.parametrize(("who", "refusal"), NOBODYS)
def test_others_change_no_route(crew: Crew, who: str, refusal: type[Exception]) -> None:
    route = route_of(crew)
    (point,) = add_points(crew, route, ["blind"])
    given: dict[str, Any] = {"by": somebody(crew, who), "at": NOW}
    for act in (
        lambda: save_route(**given, team=crew.team.pk, told=RouteTold("x")),
        lambda: save_point(**given, route=route.pk, told=point_told(crew, 5)),
        lambda: add_key_places(**given, route=route.pk, place_class=1, places=[]),
        lambda: add_hot_spot(**given, route=route.pk, case=1),
        lambda: renew_code(**given, route=route.pk, pk=point.pk),
    ):
        with pytest.raises(refusal):
            act()


# --- points ----------------------------------------------------------------------------------------------------
def test_a_point_is_entered_changed_and_taken_out_of_use(crew: Crew) -> None:
    route, told = route_of(crew), point_told(crew, address="东一路 1 号")
    made = save_point(by=crew.leader, at=NOW, route=route.pk, told=told)
    assert save_point(by=crew.leader, at=NOW, route=route.pk, told=told) == made
    code = made.code
    changed = replace(told, name="后门", longitude=Decimal("113.31234567"), is_active=False)
    save_point(by=crew.clerk, at=NOW, route=route.pk, told=changed, pk=made.pk)
    kept = RoutePoint.objects.get()
    assert (kept.name, kept.longitude, kept.is_active) == ("后门", Decimal("113.3123457"), False)
    assert (kept.code, kept.address) == (code, "东一路 1 号")


@pytest.mark.parametrize(
    ("changed", "fields"),
    [({"name": ""}, ["name"]), ({"name": "x" * 101}, ["name"]), ({"address": "\x00"}, ["address"]),
     ({"longitude": Decimal("180.1")}, ["latitude"]), ({"latitude": Decimal("NaN")}, ["latitude"]),
     ({"latitude": Decimal("1e40")}, ["latitude"]), ({"place_class": 0}, ["place_class"]),
     ({"place_class": 2**70}, ["place_class"]), ({"community": 2**70}, ["community"]),
     ({"community": None}, ["community"])],  # no boundary holds it
)  # fmt: skip
def test_what_is_no_point_is_refused(crew: Crew, changed: dict[str, Any], fields: list[str]) -> None:
    route = route_of(crew)
    told = point_told(crew, **changed)
    assert refused(lambda: save_point(by=crew.leader, at=NOW, route=route.pk, told=told)) == fields


def test_a_point_belongs_to_the_community_in_which_it_lies(crew: Crew) -> None:
    community = crew.district.street.communities[1]
    ring = [[113, 23], [114, 23], [114, 24], [113, 24], [113, 23]]
    community.boundary = {"type": "Polygon", "coordinates": [ring]}
    community.save()
    given: dict[str, Any] = {"by": crew.leader, "at": NOW, "route": route_of(crew).pk}
    assert save_point(**given, told=point_told(crew, community=None)).community == community
    foreign = point_told(crew, 1, community=crew.district.other.communities[0].pk)
    assert refused(lambda: save_point(**given, told=foreign)) == ["community"]


def test_two_points_of_a_route_have_two_names_and_a_class_out_of_use_is_chosen_no_more(crew: Crew) -> None:
    route = route_of(crew)
    first, second = add_points(crew, route, ["blind", "blind"])
    given: dict[str, Any] = {"by": crew.leader, "at": NOW, "route": route.pk}
    assert refused(lambda: save_point(**given, told=point_told(crew, 0), pk=second.pk)) == ["name"]
    assert refused(lambda: save_point(**given, told=point_told(crew, 0, "hot"))) == ["name"]
    PlaceClass.objects.filter(code="blind").update(is_active=False)
    assert save_point(**given, told=point_told(crew, 0, address="x"), pk=first.pk).address == "x"
    assert refused(lambda: save_point(**given, told=point_told(crew, 9))) == ["place_class"]


def test_a_route_has_at_most_so_many_points(crew: Crew, monkeypatch: Any) -> None:
    monkeypatch.setattr("patrols.rounds.actions.routes.MOST_POINTS", 2)
    route = route_of(crew)
    first, _second = add_points(crew, route, ["blind", "blind"])
    given: dict[str, Any] = {"by": crew.leader, "at": NOW, "route": route.pk}
    assert refused(lambda: save_point(**given, told=point_told(crew, 3))) == []
    save_point(**given, told=point_told(crew, 0, address="x"), pk=first.pk)
    save_point(**given, told=point_told(crew, 0, is_active=False), pk=first.pk)
    save_point(**given, told=point_told(crew, 3))
    assert refused(lambda: save_point(**given, told=point_told(crew, 0), pk=first.pk)) == []


def key_place(crew: Crew, name: str, community: int = 0, **changed: Any) -> KeyPlace:
    where = {"longitude": "113.3", "latitude": "23.1", **changed}
    return KeyPlace.objects.create(
        community=crew.district.street.communities[community], name_zh=name, kind="market", **where
    )


def test_key_places_of_the_area_are_added_with_one_class(crew: Crew) -> None:
    route, kind = route_of(crew), place_class("window")
    here, there = key_place(crew, "东门菜市场"), key_place(crew, "西门菜市场", 1)
    key_place(crew, "没有位置", longitude=None, latitude=None)
    key_place(crew, "关了", is_active=False)
    set_area(by=crew.leader, at=NOW, team=crew.team.pk, communities=[here.community_id])
    assert key_places_for(route, area_of(route)) == [here]
    given: dict[str, Any] = {"by": crew.leader, "at": NOW, "route": route.pk, "place_class": kind.pk}
    assert refused(lambda: add_key_places(**given, places=[there.pk])) == ["places"]
    (made,) = add_key_places(**given, places=[here.pk, here.pk])
    assert (made.name, made.key_place, made.community, made.place_class) == ("东门菜市场", here, here.community, kind)
    assert add_key_places(**given, places=[here.pk]) == []
    assert key_places_for(route, area_of(route)) == []
    set_area(by=crew.leader, at=NOW, team=crew.team.pk, communities=[])
    assert key_places_for(route, area_of(route)) == [there]
    KeyPlace.objects.filter(pk=there.pk).update(name_zh="东门菜市场")
    assert add_key_places(**given, places=[there.pk])[0].name == "东门菜市场 2"


def test_a_new_code_voids_the_old_sign(crew: Crew) -> None:
    route = route_of(crew)
    first, second = add_points(crew, route, ["blind", "blind"])
    codes = {first.code, second.code, renew_code(by=crew.leader, at=NOW, route=route.pk, pk=first.pk).code}
    assert len(codes) == 3
    assert not RoutePoint.objects.filter(code=first.code).exists()
    with pytest.raises(NotFound):
        renew_code(by=crew.leader, at=NOW, route=route_of(crew, "西片").pk, pk=first.pk)


# --- hot spots -------------------------------------------------------------------------------------------------
def heat(crew: Crew, point: tuple[float, float] = HERE, **place: Any) -> None:
    """Three reports of one disorder at a place."""
    for number in range(3):
        report(crew.district, NOW - timedelta(days=9 - number), point=point, **place)
    catch_up(at=NOW)


def offered(crew: Crew, route: Route) -> list[int]:
    points = RoutePoint.objects.filter(route=route).order_by("pk")
    return [one.case.pk for one in hot_places_for(route, area_of(route), points, NOW)]


def test_hot_spots_near_no_point_are_offered_and_added_in_a_class_seen_often(crew: Crew) -> None:
    route = route_of(crew)
    place_class("hot")
    heat(crew, address="东一路 8 号")
    heat(crew, address="东一路 8 号", line=20)  # another disorder there
    (case,) = offered(crew, route)
    made = add_hot_spot(by=crew.leader, at=NOW, route=route.pk, case=case)
    assert (made.name, made.place_class.code, float(made.longitude), float(made.latitude)) == (
        "东一路 8 号", "hot", *HERE)  # fmt: skip
    assert offered(crew, route) == []
    with pytest.raises(WrongState):
        add_hot_spot(by=crew.leader, at=NOW, route=route.pk, case=case)


@pytest.mark.usefixtures("english")
def test_without_a_class_in_use_no_hot_spot_is_added(crew: Crew) -> None:
    route = route_of(crew)
    place_class("hot")
    heat(crew)
    (case,) = offered(crew, route)
    PlaceClass.objects.update(is_active=False)
    with pytest.raises(WrongState, match="no class of places in use"):
        add_hot_spot(by=crew.leader, at=NOW, route=route.pk, case=case)
    assert not RoutePoint.objects.exists()


@pytest.mark.parametrize(("metres", "is_near"), [(49.9, True), (50.1, False)])
def test_how_near_a_point_must_be(crew: Crew, metres: float, is_near: bool) -> None:
    route = route_of(crew)
    heat(crew)
    north = Decimal(str(round(HERE[1] + metres / 111_195.08, 7)))
    told = point_told(crew, longitude=Decimal(str(HERE[0])), latitude=north)
    point = save_point(by=crew.leader, at=NOW, route=route.pk, told=told)
    assert (offered(crew, route) == []) is is_near
    save_point(by=crew.leader, at=NOW, route=route.pk, told=replace(told, is_active=False), pk=point.pk)
    assert len(offered(crew, route)) == 1


def test_hot_spots_outside_the_area_are_not_offered(crew: Crew) -> None:
    route = route_of(crew)
    heat(crew)
    for community, count in ((1, 0), (0, 1)):
        place = crew.district.street.communities[community]
        set_area(by=crew.leader, at=NOW, team=crew.team.pk, communities=[place.pk])
        assert len(offered(crew, route)) == count


def test_without_a_class_of_hot_spots_it_is_the_one_seen_most_often(crew: Crew) -> None:
    load_place_classes()
    PlaceClass.objects.filter(code="hot").update(is_active=False)
    assert class_for_hot_spots() == PlaceClass.objects.get(code="street1")
    PlaceClass.objects.update(is_active=False)
    assert class_for_hot_spots() is None


# --- classes of places -------------------------------------------------------------------------------------------
def test_the_shipped_classes_are_loaded_once_and_what_a_clerk_changed_stays(crew: Crew) -> None:
    count = load_place_classes()
    assert count == PlaceClass.objects.count() == 10
    row = PlaceClass.objects.get(code="blind")
    told = ClassTold("blind", **{name: getattr(row, name) for name in COLUMNS})
    save_place_class(by=crew.clerk, at=NOW, told=replace(told, times=2), pk=row.pk)
    assert load_place_classes() == 0
    assert PlaceClass.objects.get(code="blind").times == 2


def test_only_clerks_keep_classes(crew: Crew) -> None:
    made = save_place_class(by=crew.clerk, at=NOW, told=CLASS)
    assert save_place_class(by=crew.clerk, at=NOW, told=CLASS) == made
    for person in (crew.leader, crew.district.street.leader, crew.district.street.member):
        with pytest.raises(NotPermitted):
            save_place_class(by=person, at=NOW, told=CLASS)
    assert refused(lambda: save_place_class(by=crew.clerk, at=NOW, told=replace(CLASS, minutes=9))) == ["code"]
    with pytest.raises(NotFound):
        save_place_class(by=crew.clerk, at=NOW, told=CLASS, pk=made.pk + 1)


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"code": "Bad"}, "code"), ({"code": "a" * 21}, "code"), ({"name_zh": ""}, "name_zh"), ({"times": 0}, "times"),
     ({"times": 57}, "times"), ({"days": 0}, "days"), ({"days": 367}, "days"), ({"minutes": 0}, "minutes"),
     ({"minutes": 241}, "minutes"), ({"name_en": "\x00"}, "name_en")],
)  # fmt: skip
def test_what_nobody_can_walk_is_no_class(crew: Crew, changed: dict[str, Any], field: str) -> None:
    assert field in refused(lambda: save_place_class(by=crew.clerk, at=NOW, told=replace(CLASS, **changed)))
