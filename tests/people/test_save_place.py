"""An administrator keeps what is told of the own sub-district and its bodies, and of those of the own district."""

from typing import Any

import pytest

from citymgmt.people.actions import save_place
from citymgmt.people.models import Organisation, SubDistrict
from citymgmt.people.roles import Role
from citymgmt.refusals import NotFound, NotPermitted
from tests.office import District, body, china

NOW = china("2026-03-04 09:00")


def renamed(place: Any, by: Any) -> str:
    """The name of a place in the database after somebody tried to change it."""
    place.name_zh = "新名"
    try:
        save_place(by=by, at=NOW, place=place)
    except (NotFound, NotPermitted) as refusal:
        return type(refusal).__name__
    return str(type(place).objects.get(pk=place.pk).name_zh)


def test_of_the_own_sub_district_and_district_alone(district: District) -> None:
    foreign = body("fgj")
    foreign.district_code = "440111"
    foreign.save()
    own, other = district.street, district.other
    places = [own.subdistrict, own.team, district.cgj, other.subdistrict, other.team, foreign]
    assert [renamed(place, own.admin) for place in places] == ["新名"] * 3 + ["NotFound"] * 3
    assert [str(SubDistrict.objects.get(pk=one.subdistrict.pk).name_zh) for one in (own, other)] == ["新名", "乙街"]


def test_a_new_body_may_not_lie_elsewhere_nor_an_old_one_move_there(district: District) -> None:
    own, other = district.street, district.other
    asked = {"key": "clean", "kind": "cleaning_team", "name_zh": "保洁队", "district_code": "440106"}
    save_place(by=own.admin, at=NOW, place=Organisation(**asked, subdistrict=own.subdistrict))
    with pytest.raises(NotFound):
        save_place(by=own.admin, at=NOW, place=Organisation(**asked, subdistrict=other.subdistrict))
    own.team.key, own.team.subdistrict = "moved", other.subdistrict
    with pytest.raises(NotFound):
        save_place(by=own.admin, at=NOW, place=own.team)
    found = Organisation.objects.exclude(subdistrict=None).order_by("key", "subdistrict__code")
    assert [(one.key, one.subdistrict) for one in found] == [
        ("clean", own.subdistrict), ("team", own.subdistrict), ("team", other.subdistrict)]  # fmt: skip


def test_nobody_takes_a_body_from_elsewhere(district: District) -> None:
    team = district.other.team
    team.key, team.subdistrict = "taken", district.street.subdistrict
    with pytest.raises(NotFound):
        save_place(by=district.street.admin, at=NOW, place=team)
    assert Organisation.objects.get(pk=team.pk).subdistrict == district.other.subdistrict


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMIN}))
def test_nobody_else(district: District, role: str) -> None:
    people = {one.role: one for one in vars(district.street).values() if hasattr(one, "role")}
    assert renamed(district.street.team, people.get(role) or district.liaison) == "NotPermitted"
    assert Organisation.objects.get(pk=district.street.team.pk).name_zh == "甲街执法队"
