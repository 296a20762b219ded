"""Visits are planned: a quarter evenly, one by hand, how often by kind."""

from datetime import date
from typing import Any

import pytest

from citymgmt.refusals import Invalid, NotFound, NotPermitted, WrongState
from communities.institutions import actions
from communities.institutions.quarters import Quarter
from communities.models import Institution, InstitutionVisit, VisitRule
from tests.communities.institutions.places import NOW, ONE_DAY, TODAY, Place
from tests.office import china

FIRST, SECOND = Quarter(2026, 1), Quarter(2026, 2)


def plan(place: Place, quarter: Quarter = SECOND, **given: Any) -> actions.Planned:
    return actions.plan_quarter(**{"by": place.street.clerk, "at": NOW, "quarter": quarter, **given})


def plan_one(place: Place, **given: Any) -> InstitutionVisit:
    told = {"by": place.street.clerk, "at": NOW, "institution": place.school.pk, "on": TODAY}
    return actions.plan_visit(**{**told, **given})


def days() -> list[tuple[str, date | None]]:
    rows = InstitutionVisit.objects.filter(state="planned").order_by("planned_on", "pk")
    return list(rows.values_list("institution__name", "planned_on"))


def test_a_quarter_is_spread_over_its_working_days_and_planned_once(place: Place) -> None:
    place.another("医院")
    place.another("银行", community=1)
    Institution.objects.create(community=place.community, name="旧", kind="shop", is_active=False)
    Institution.objects.create(community=place.district.other.communities[0], name="外", kind="shop")
    assert plan(place) == actions.Planned(3, 3)
    assert [name for name, _day in days()] == ["第一小学", "银行", "医院"]
    assert all(SECOND.first <= day <= SECOND.last and day.weekday() < 5 for _name, day in days() if day)
    assert plan(place) == actions.Planned(0, 0)
    place.another("酒店")
    assert plan(place) == actions.Planned(1, 1)


def test_who_was_visited_is_not_planned_and_who_waits_long_comes_first(place: Place) -> None:
    hospital = place.another("医院")
    place.visit(on=TODAY - 60 * ONE_DAY)
    place.another("酒店")
    place.visit(institution=hospital.pk)
    assert plan(place, FIRST) == actions.Planned(1, 1)
    assert plan(place, SECOND) == actions.Planned(3, 3)
    assert [name for name, day in days() if day and day >= SECOND.first] == ["酒店", "第一小学", "医院"]


def test_how_often_is_said_by_kind(place: Place) -> None:
    by = place.street.leader
    place.another("食店", kind="shop")
    place.another("诊所", kind="hospital")
    actions.save_visit_rule(by=by, at=NOW, times={"school": 3, "shop": 0, "hospital": 1})
    assert list(VisitRule.objects.order_by("kind").values_list("kind", "times")) == [("school", 3), ("shop", 0)]
    assert plan(place) == actions.Planned(4, 2)
    months = [day.month for name, day in days() if name == "第一小学" and day]
    assert (len(months), months == sorted(months), len(set(months)) > 1) == (3, True, True)
    actions.save_visit_rule(by=by, at=NOW, times={"shop": 1})
    assert plan(place) == actions.Planned(1, 1)


@pytest.mark.parametrize("times", [{"school": 4}, {"school": -1}, {"x": 1}])
def test_a_rule_that_is_none(place: Place, times: dict[str, int]) -> None:
    with pytest.raises(Invalid):
        actions.save_visit_rule(by=place.street.clerk, at=NOW, times=times)


def test_nothing_is_planned_for_days_that_are_gone(place: Place) -> None:
    with pytest.raises(WrongState):
        plan(place, FIRST, at=china("2026-03-31 09:00"))
    plan(place, FIRST, at=china("2026-03-30 09:00"))
    assert days() == [("第一小学", date(2026, 3, 31))]


@pytest.mark.parametrize("who", ["officer", "admin", "teamleader", "auditor"])
def test_who_does_not_plan(place: Place, who: str) -> None:
    by = getattr(place.street, who)
    for ask in (lambda: plan(place, by=by), lambda: actions.save_visit_rule(by=by, at=NOW, times={})):
        with pytest.raises(NotPermitted):
            ask()
    with pytest.raises(NotPermitted if who in ("officer", "admin") else NotFound):
        plan_one(place, by=by)


def test_one_is_planned_by_hand(place: Place, english: None) -> None:
    officer = place.officer
    one = plan_one(place, visitor=officer.pk)
    assert (one.planned_on, one.visitor, one.planned_by) == (TODAY, officer, place.street.clerk)
    assert plan_one(place, visitor=officer.pk).pk == one.pk
    with pytest.raises(WrongState) as refused:
        plan_one(place)
    assert str(refused.value) == "A visit on this day is planned already."
    for given, field in (
        ({"on": TODAY - ONE_DAY}, "on"),
        ({"on": TODAY + 367 * ONE_DAY}, "on"),
        ({"visitor": place.street.officer2.pk}, "visitor"),
    ):
        with pytest.raises(Invalid) as wrong:
            plan_one(place, **given)
        assert set(wrong.value.fields) == {field}
    Institution.objects.update(is_active=False)
    with pytest.raises(WrongState):
        plan_one(place)
