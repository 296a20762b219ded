"""The registers of an office: member units, and regular meetings."""

from datetime import date, time
from functools import partial
from typing import Any

import pytest

from cases.meetings.actions import save_rule, save_unit
from cases.meetings.models import MeetingRule, MemberUnit
from citymgmt.people.models import Organisation
from citymgmt.refusals import Invalid, NotFound, NotPermitted
from tests.meetings.gatherings import PLANNED, Gathering
from tests.meetings.test_plan_meeting import ROLES
from tests.office import District
from tests.racing import race

MAY = ("clerk", "leader", "admin")


def unit_of(**changed: Any) -> MemberUnit:
    return MemberUnit(**{"name_zh": "派出所", "kind": "police", "contact_name": "张三", **changed})


def rule_of(**changed: Any) -> MeetingRule:
    told = {"title": "每月联席会议", "since": date(2026, 1, 1), "starts": time(14, 30), "place": "三楼"}
    return MeetingRule(**{**told, **changed})


def save(gathering: Gathering, what: str, by: Any, **changed: Any) -> Any:
    if what == "unit":
        return save_unit(by=by, at=PLANNED, unit=unit_of(**changed))
    return save_rule(by=by, at=PLANNED, rule=rule_of(**changed), units=[gathering.team.pk])


@pytest.mark.parametrize("what", ["unit", "rule"])
@pytest.mark.parametrize("role", [*ROLES, "liaison"])
def test_who_may(gathering: Gathering, role: str, what: str) -> None:
    by = gathering.district.liaison if role == "liaison" else getattr(gathering.district.street, role)
    model = MemberUnit if what == "unit" else MeetingRule
    count = model.objects.count()
    if role in MAY:
        kept = save(gathering, what, by)
        assert kept.subdistrict == gathering.district.street.subdistrict
    else:
        with pytest.raises(NotPermitted):
            save(gathering, what, by)
    assert model.objects.count() == count + (role in MAY)


@pytest.mark.parametrize("what", ["unit", "rule"])
def test_a_change_stays_in_the_office(gathering: Gathering, what: str) -> None:
    street, other = gathering.district.street, gathering.district.other
    kept = save(gathering, what, street.clerk)
    column = "contact_name" if what == "unit" else "place"
    setattr(kept, column, "改")
    again = {"unit": {"unit": kept}, "rule": {"rule": kept, "units": [gathering.team.pk]}}[what]
    act = save_unit if what == "unit" else save_rule
    for by, refusal in ((other.clerk, NotFound), (other.admin, NotFound), (street.auditor, NotFound)):
        with pytest.raises(refusal):
            act(by=by, at=PLANNED, **again)
    assert getattr(type(kept).objects.get(pk=kept.pk), column) != "改"
    for _time in range(2):
        act(by=street.admin, at=PLANNED, **again)
    assert getattr(type(kept).objects.get(pk=kept.pk), column) == "改"


WRONG = [
    ("unit", {"name_zh": ""}, "name_zh"), ("unit", {"name_zh": "执法队"}, "name_zh"), ("unit", {"kind": "x"}, "kind"),
    ("unit", {"name_zh": "字" * 121}, "name_zh"), ("unit", {"contact_email": "x"}, "contact_email"),
    ("unit", {"contact_phone": "1" * 31}, "contact_phone"), ("unit", {"contact_name": "a\nb"}, "contact_name"),
    ("unit", {"name_zh": "\u202e"}, "name_zh"), ("unit", {"substitute_name": "\x00"}, "substitute_name"),
    ("unit", {"contact_name": "\ud800"}, "contact_name"), ("rule", {"title": ""}, "title"),
    ("rule", {"title": "字" * 101}, "title"), ("rule", {"place": "\x00"}, "place"), ("rule", {"ordinal": 5}, "ordinal"),
    ("rule", {"weekday": 0}, "weekday"), ("rule", {"every_months": 13}, "every_months"),
    ("rule", {"every_months": 0}, "every_months"), ("rule", {"place": "a\nb"}, "place"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "changed", "field"), WRONG, ids=lambda value: repr(value)[:30])
def test_what_is_not_kept(gathering: Gathering, what: str, changed: dict[str, Any], field: str) -> None:
    model = MemberUnit if what == "unit" else MeetingRule
    count = model.objects.count()
    with pytest.raises(Invalid) as refused:
        save(gathering, what, gathering.district.street.clerk, **changed)
    assert list(refused.value.fields) == [field]
    assert model.objects.count() == count


def test_two_offices_may_have_units_of_one_name(gathering: Gathering, district: District) -> None:
    assert save_unit(by=district.other.clerk, at=PLANNED, unit=unit_of(name_zh="执法队", kind="team")).pk


def test_bodies_and_communities_are_those_of_the_office_and_the_district(gathering: Gathering) -> None:
    district, street = gathering.district, gathering.district.street
    elsewhere = Organisation.objects.create(key="x", kind="department", name_zh="外区局", district_code="440199")
    for wrong, field in (
        ({"organisation": district.other.team}, "organisation"),
        ({"organisation": elsewhere}, "organisation"),
        ({"community": district.other.communities[0], "kind": "community"}, "community"),
        ({"community": street.communities[0], "kind": "team"}, "community"),
    ):
        with pytest.raises(Invalid) as refused:
            save(gathering, "unit", street.clerk, **wrong)
        assert list(refused.value.fields) == [field]
    for number, right in enumerate(({"organisation": district.jjdd}, {"organisation": street.team},
                                    {"community": street.communities[1], "kind": "community"})):  # fmt: skip
        assert save(gathering, "unit", street.clerk, name_zh=f"单位{number}", **right).pk


@pytest.mark.parametrize("units", [[], [0], [2**70], "inactive", "other"])
def test_a_rule_invites_active_units_of_the_office(gathering: Gathering, units: Any) -> None:
    other = MemberUnit.objects.create(subdistrict=gathering.district.other.subdistrict, kind="office", name_zh="科")
    MemberUnit.objects.filter(pk=gathering.school.pk).update(is_active=False)
    wanted = {"inactive": [gathering.school.pk], "other": [gathering.team.pk, other.pk]}.get(str(units), units)
    with pytest.raises(Invalid) as refused:
        save_rule(by=gathering.district.street.clerk, at=PLANNED, rule=rule_of(), units=wanted)
    assert list(refused.value.fields) == ["units"]
    assert not MeetingRule.objects.exists()


def test_a_rule_keeps_its_units(gathering: Gathering) -> None:
    rule = save(gathering, "rule", gathering.district.street.clerk)
    save_rule(by=gathering.district.street.clerk, at=PLANNED, rule=rule, units=[gathering.school.pk])
    assert list(rule.units.all()) == [gathering.school]


@pytest.mark.parametrize("what", ["unit", "rule"])
def test_two_enter_the_same_at_once(gathered: Gathering, what: str) -> None:
    street = gathered.district.street
    made = race([partial(save, gathered, what, by) for by in (street.clerk, street.leader)])
    assert sorted(isinstance(one, Invalid) for one in made) == [False, True]
    (refused,) = [one for one in made if isinstance(one, Invalid)]
    assert list(refused.fields) == ["name_zh" if what == "unit" else "title"]
