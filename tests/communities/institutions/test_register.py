"""Institutions are entered and changed."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps

from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted
from communities.institutions import actions
from communities.institutions.actions import InstitutionTold
from communities.models import Institution, InstitutionVisit
from tests.communities.institutions.places import CODE, NOW, ONE_DAY, TODAY, TOLD, Place, place_of
from tests.office import District
from tests.racing import race


def enter(place: Place, **given: Any) -> Institution:
    told = {"by": place.street.clerk, "at": NOW, "community": place.community.pk, "told": replace(TOLD, name="医院")}
    return actions.enter_institution(**{**told, **given})


def change(place: Place, told: InstitutionTold = TOLD, is_active: bool = True, **given: Any) -> Institution:
    asked = {"by": place.street.clerk, "at": NOW, "pk": place.school.pk, "told": told, "is_active": is_active}
    return actions.change_institution(**{**asked, **given})


@pytest.mark.parametrize("who", ["clerk", "leader", "officer"])
def test_who_enters_and_changes(place: Place, who: str) -> None:
    by = getattr(place.street, who)
    made = enter(place, by=by, told=replace(TOLD, name=" 医院 ", credit_code=CODE.lower(), longitude=Decimal("113.5"),
                                            latitude=Decimal("23.1")))  # fmt: skip
    assert (made.name, made.credit_code, made.longitude) == ("医院", CODE, Decimal("113.5"))
    change(place, replace(TOLD, name="第二小学", credit_code=""), by=by)
    place.school.refresh_from_db()
    assert (place.school.name, place.school.credit_code) == ("第二小学", "")


@pytest.mark.parametrize("who", ["admin", "teamleader", "member", "secadmin", "auditor"])
def test_who_does_not(place: Place, who: str) -> None:
    by = getattr(place.street, who)
    with pytest.raises(NotPermitted):
        enter(place, by=by)
    with pytest.raises(NotPermitted if who == "admin" else NotFound):
        change(place, by=by)


def test_an_officer_enters_only_in_the_own_community(place: Place) -> None:
    other = place.street.officer2
    with pytest.raises(NotPermitted):
        enter(place, by=other)
    with pytest.raises(NotFound):
        change(place, by=other)
    with pytest.raises(NotFound):
        enter(place, by=place.district.other.clerk)
    for pk in (0, 2**70):
        with pytest.raises(NotFound):
            change(place, pk=pk)


MOBILE = "This is a mobile number. Give a number of the office."
RANGE = "Choose a number from 1 to 99999."


@pytest.mark.parametrize(
    ("told", "field", "sentence"),
    [
        ({"name": " "}, "name", "Please fill this in."),
        ({"name": "第一小学"}, "name", "An institution of this name is entered already."),
        ({"kind": "x"}, "kind", "Choose one of these."),
        ({"credit_code": CODE[:-1] + "?"}, "credit_code",
         "This is no unified social credit code: its last character does not fit."),
        ({"office_phone": "138 0013 8000"}, "office_phone", MOBILE),
        ({"office_phone": "+86-13800138000"}, "office_phone", MOBILE),
        ({"office_phone": "x"}, "office_phone", "This is no telephone number."),
        ({"frontage_m": 0}, "frontage_m", RANGE),
        ({"frontage_m": 100_000}, "frontage_m", RANGE),
        ({"area_text": "长" * 301}, "area_text", "At most 300 characters."),
        ({"longitude": Decimal(1)}, "longitude", "Give both coordinates or none."),
        ({"longitude": Decimal(1), "latitude": Decimal(91)}, "longitude", "This point does not lie on the earth."),
    ],
)  # fmt: skip
def test_what_is_refused(place: Place, english: None, told: dict[str, Any], field: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        enter(place, told=replace(TOLD, **{"name": "医院", **told}))
    assert refused.value.fields == {field: [sentence]}


def test_a_resend_enters_once(place: Place) -> None:
    first, again = (enter(place, request_key="a") for _ in range(2))
    assert (first.pk, Institution.objects.count()) == (again.pk, 2)
    with pytest.raises(KeyReused):
        enter(place, request_key="a", community=place.street.communities[1].pk)


def test_the_same_again_changes_nothing_and_each_change_is_on_record(place: Place) -> None:
    every: Any = apps.get_model("communities", "InstitutionEvent").objects
    audit = every.filter(pgh_obj=place.school.pk)
    change(place)
    assert audit.count() == 1
    change(place, replace(TOLD, frontage_m=61))
    kept = audit.order_by("-pgh_id").first()
    told = (kept.frontage_m, kept.pgh_context.metadata["action"], kept.pgh_context.metadata["user"])
    assert told == (61, "change_institution", place.street.clerk.pk)


def test_one_that_is_gone_keeps_what_it_had_and_is_visited_no_more(place: Place) -> None:
    planned = actions.plan_visit(by=place.street.clerk, at=NOW, institution=place.school.pk, on=TODAY + ONE_DAY)
    made = place.visit()
    change(place, is_active=False)
    states = dict(InstitutionVisit.objects.values_list("pk", "state"))
    assert states == {planned.pk: "dropped", made.pk: "made"}


def test_two_who_enter_the_same_at_once_enter_it_once(committed: District, media: Any) -> None:
    place = place_of(committed)
    answers = race([lambda: enter(place)] * 2)
    assert sorted(type(one).__name__ for one in answers) == ["Institution", "Invalid"]
