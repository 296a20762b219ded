"""Who sees which resolution: the office all of its own, units those in force that they lead or support."""

import pytest

from cases.meetings.models import MemberUnit, Resolution
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from communities.models import OfficerAssignment
from tests.meetings.gatherings import ENACTED, Gathering
from tests.office import POSTS

PEOPLE = (*POSTS, "liaison", "liaison2", "supervisor")
OFFICE = {"clerk", "clerk2", "leader", "auditor"}
SEES = {  # of what a unit leads, or supports
    "department": {"liaison"},
    "team": {"teamleader"},
    "community": {"officer"},
    "school": set(),
}
ON = ENACTED.date()


def person(gathering: Gathering, name: str) -> User:
    district = gathering.district
    return getattr(district, name) if hasattr(district, name) else getattr(district.street, name)


def seers(gathering: Gathering) -> set[str]:
    """Who sees all resolutions that there are."""
    count = Resolution.objects.count()
    told = {name: visible_to(person(gathering, name), Resolution.objects.all(), on=ON).count() for name in PEOPLE}
    assert set(told.values()) <= {0, count}
    return {name for name, found in told.items() if found}


@pytest.mark.parametrize("part", ["lead", "supporting"])
@pytest.mark.parametrize("unit", SEES)
def test_units_see_what_they_carry_out(gathering: Gathering, unit: str, part: str) -> None:
    own = getattr(gathering, unit).pk
    other = gathering.school.pk
    changed = {"lead": own, "supporting": []} if part == "lead" else {"lead": other, "supporting": [own]}
    if unit == "school" and part == "supporting":
        changed["lead"] = own
    gathering.resolution("open", **changed)
    assert seers(gathering) == OFFICE | SEES[unit]


@pytest.mark.parametrize("unit", SEES)
def test_before_it_is_in_force_the_office_alone_sees_it(gathering: Gathering, unit: str) -> None:
    gathering.resolution(lead=getattr(gathering, unit).pk, supporting=[])
    assert seers(gathering) == OFFICE


def test_another_office_sees_nothing(gathering: Gathering) -> None:
    gathering.resolution("open", supporting=[one.pk for one in gathering.units[1:]])
    for name in POSTS:
        seen = visible_to(getattr(gathering.district.other, name), Resolution.objects.all(), on=ON)
        assert not seen.exists(), name


def test_a_department_sees_those_of_all_offices_in_which_it_sits_and_no_neighbour_by_a_like_number(
    gathering: Gathering,
) -> None:
    """Ids of units are compared as numbers: 1 is not within 11."""
    street = gathering.district.street
    many = [
        MemberUnit.objects.create(subdistrict=street.subdistrict, kind="office", name_zh=f"科室{number}")
        for number in range(12)
    ]
    gathering.resolution("open", lead=many[0].pk, supporting=[unit.pk for unit in many[1:]])
    assert seers(gathering) == OFFICE
    MemberUnit.objects.filter(pk=many[5].pk).update(organisation=gathering.district.jjdd)
    assert seers(gathering) == OFFICE | {"liaison2"}


def test_an_officer_sees_those_of_the_communities_of_today(gathering: Gathering) -> None:
    gathering.resolution("open", lead=gathering.community.pk, supporting=[])
    street = gathering.district.street
    OfficerAssignment.objects.filter(user=street.officer).update(user=street.officer2, community=street.communities[0])
    seen = {name for name in ("officer", "officer2") if person(gathering, name) and name in seers(gathering)}
    assert seen in ({"officer2"}, set())
