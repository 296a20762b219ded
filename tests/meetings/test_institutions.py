"""An institution becomes a unit: circulars reach it, those of a community are chosen together."""

from collections.abc import Callable
from typing import Any

import pytest

from cases.meetings import actions
from cases.meetings.circulars.forms import PLACE, CircularForm, chosen, groups_of
from cases.meetings.models import MemberUnit
from cases.meetings.querysets import units_offered
from citymgmt.refusals import Invalid, NotFound, NotPermitted, WrongState
from communities.models import Institution
from tests.communities.conftest import english, get, media, moment, send
from tests.communities.institutions.places import NOW, Place, place_of
from tests.office import District
from tests.racing import race

__all__ = ["english", "get", "media", "moment", "send"]


@pytest.fixture
def place(district: District, media: Any) -> Place:
    """A school in the first community."""
    return place_of(district)


def make(place: Place, **given: Any) -> MemberUnit:
    return actions.make_unit_of(**{"by": place.street.clerk, "at": NOW, "institution": place.school.pk, **given})


@pytest.mark.parametrize("who", ["clerk", "leader", "admin"])
def test_it_takes_name_and_contact_along_once(place: Place, who: str) -> None:
    by = getattr(place.street, who)
    unit = make(place, by=by)
    told = (unit.kind, unit.name_zh, unit.contact_name, unit.contact_phone, unit.subdistrict)
    assert told == ("institution", "第一小学", "李老师", "020-87551234", place.street.subdistrict)
    assert (make(place, by=by).pk, MemberUnit.objects.count()) == (unit.pk, 1)


def test_who_does_not(place: Place) -> None:
    for by, refusal in ((place.officer, NotPermitted), (place.district.other.clerk, NotFound)):
        with pytest.raises(refusal):
            make(place, by=by)
    with pytest.raises(NotFound):
        make(place, institution=0)
    Institution.objects.update(is_active=False)
    with pytest.raises(WrongState):
        make(place)


def test_a_unit_that_was_entered_by_hand_is_joined_and_another_kind_is_not(place: Place) -> None:
    by_hand = MemberUnit(name_zh="第一小学", kind="institution")
    actions.save_unit(by=place.street.clerk, at=NOW, unit=by_hand)
    assert make(place).pk == by_hand.pk
    hospital = place.another("医院")
    actions.save_unit(by=place.street.clerk, at=NOW, unit=MemberUnit(name_zh="医院", kind="office"))
    with pytest.raises(Invalid):
        make(place, institution=hospital.pk)
    unit = MemberUnit.objects.get(pk=by_hand.pk)
    unit.kind = "office"
    with pytest.raises(Invalid):
        actions.save_unit(by=place.street.clerk, at=NOW, unit=unit)


def test_two_who_make_it_a_unit_at_once_make_one(committed: District, media: Any) -> None:
    place = place_of(committed)
    answers = race([lambda: make(place)] * 2)
    assert len({one.pk for one in answers}) == 1


def test_those_of_a_community_are_chosen_together(place: Place) -> None:
    mine = [make(place), make(place, institution=place.another("医院").pk)]
    other = make(place, institution=place.another("银行", community=1).pk)
    units = list(units_offered(place.street.subdistrict.pk))
    first = f"{PLACE}{place.community.pk}"
    assert groups_of(units[0]) == ["institution", first]
    assert chosen(units, [other.pk], first) == sorted(one.pk for one in [*mine, other])
    assert chosen(units, [one.pk for one in [*mine, other]], first) == [other.pk]
    form = CircularForm(units=units, issued=[], user=place.street.clerk, on=NOW.date())
    assert [name for _value, name in form.places()] == [one.name for one in place.street.communities]


def test_the_page_of_the_institution_leads_there(
    place: Place, moment: Callable[[Any], None], get: Callable[..., Any], send: Callable[..., Any]
) -> None:
    page, clerk = place.school.get_absolute_url(), place.street.clerk
    assert get(clerk, page).context["beside"][0].shown["may_make"] is True
    assert get(place.officer, page).context["beside"] == []
    answer = send(clerk, page, action=f"/meetings/units/of/{place.school.pk}/")
    unit = MemberUnit.objects.get()
    assert answer["Location"] == f"/meetings/units/{unit.pk}/"
    shown = get(clerk, page)
    assert (shown.context["beside"][0].shown["unit"], "no circular reaches it" in shown.content.decode()) == (
        unit,
        True,
    )
    new = get(clerk, "/circulars/new/")
    assert f'value="{PLACE}{place.community.pk}"' in new.content.decode()
