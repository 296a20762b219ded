"""The list of duties that an office asks."""

from dataclasses import replace
from typing import Any

import pytest

from citymgmt.refusals import Invalid, NotFound, NotPermitted
from communities.four_duties import actions
from communities.four_duties.actions import DutyTold
from communities.models import Duty
from tests.communities.four_duties.conftest import BEGAN
from tests.office import District

TOLD = DutyTold("走访商户", "Shops are visited", "content", 10, 10, needs_photo=True)


def test_the_usual_ones_are_added_once(district: District) -> None:
    leader = district.street.leader
    made = actions.make_usual_duties(by=leader, at=BEGAN)
    assert (len(made), {one.area for one in made}) == (12, {"network", "content", "means", "law"})
    assert actions.make_usual_duties(by=leader, at=BEGAN) == []


def test_entered_changed_and_sent_again(district: District) -> None:
    leader = district.street.leader
    row = actions.save_duty(by=leader, at=BEGAN, told=TOLD)
    assert actions.save_duty(by=leader, at=BEGAN, told=TOLD) == row
    changed = actions.save_duty(by=district.street.clerk, at=BEGAN, told=replace(TOLD, points=20), pk=row.pk)
    assert (changed.pk, changed.points, Duty.objects.count()) == (row.pk, 20, 1)
    with pytest.raises(Invalid):
        actions.save_duty(by=leader, at=BEGAN, told=TOLD)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name_zh": " "}, "name_zh"), ({"name_zh": "长" * 101}, "name_zh"), ({"name_en": "x" * 101}, "name_en"),
        ({"area": "x"}, "area"), ({"rhythm": "year"}, "rhythm"), ({"points": 0}, "points"), ({"points": 101}, "points"),
        ({"position": -1}, "position"), ({"position": 1000}, "position"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(district: District, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.save_duty(by=district.street.leader, at=BEGAN, told=replace(TOLD, **given))
    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize("who", ["officer", "admin", "auditor", "teamleader"])
def test_who_does_not_keep_it(district: District, who: str) -> None:
    with pytest.raises(NotPermitted):
        actions.save_duty(by=getattr(district.street, who), at=BEGAN, told=TOLD)


def test_not_of_another_office(district: District) -> None:
    row = actions.save_duty(by=district.street.leader, at=BEGAN, told=TOLD)
    with pytest.raises(NotFound):
        actions.save_duty(by=district.other.leader, at=BEGAN, told=TOLD, pk=row.pk)
