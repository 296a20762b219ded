"""Records of pest control: entered once, corrected, checked by who did not take part; sites open until closed."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from citymgmt.refusals import Invalid, NotFound, NotPermitted, Refusal, WrongState
from patrols.pests.actions import (
    LimitTold,
    check_operation,
    close_site,
    find_again,
    remove_survey,
    save_limit,
    save_operation,
)
from patrols.pests.limits import SEEDED, Limit
from patrols.pests.models import BreedingSite, BreedingStep, DensityLimit, DensitySurvey, PestOperation
from patrols.pests.querysets import limits_of, sites_seen, surveys_seen, tally
from tests.patrols.pests import Squad
from tests.patrols.teams import NOW, ONE_DAY, TODAY

TOMORROW = TODAY + ONE_DAY


def refused(fields: set[str], act: Callable[[], Any]) -> None:
    with pytest.raises(Invalid) as found:
        act()
    assert set(found.value.fields) == fields


def test_an_operation_is_entered_once_and_corrected(squad: Squad) -> None:
    one = squad.operate()
    assert squad.operate(place=" 榕树公园 ") == one
    assert [str(part) for part in one.parts.all()] == ["pester"]
    refused({"place"}, lambda: squad.operate(ratio="1:50"))
    squad.operate(pk=one.pk, ratio="1:50", people=(squad.leader.pk, squad.member.pk), by=squad.clerk)
    kept = PestOperation.objects.get()
    assert (kept.ratio, kept.quantity, kept.people.count()) == ("1:50", Decimal("2.5"), 2)
    squad.operate(pk=one.pk, people=(squad.leader.pk,))
    assert [str(part) for part in kept.parts.all()] == ["pestleader"]


WRONG: list[tuple[dict[str, Any], set[str]]] = [
    ({"place": " "}, {"place"}), ({"place": "x\x00"}, {"place"}), ({"product": "x" * 101}, {"product"}),
    ({"on": TOMORROW}, {"on"}), ({"on": date(1999, 12, 31)}, {"on"}), ({"pest": "cat"}, {"pest"}),
    ({"method": "x"}, {"method"}), ({"unit": "x"}, {"unit"}), ({"weather": "x"}, {"weather"}),
    ({"place_kind": "x"}, {"place_kind"}), ({"quantity": Decimal(0)}, {"quantity"}), ({"people": ()}, {"people"}),
    ({"people": (0,)}, {"people"}), ({"area_m2": None}, {"area_m2"}), ({"area_m2": 0}, {"area_m2"}),
    ({"points": 10**6 + 1}, {"points"}), ({"after": "x" * 501}, {"after"}), ({"community": 2**70}, {"community"}),
    ({"registration": "", "batch": " ", "ingredient": ""}, {"registration", "batch", "ingredient"}),
]  # fmt: skip


def test_what_an_operation_may_not_say(squad: Squad) -> None:
    for changed, fields in WRONG:
        refused(fields, lambda changed=changed: squad.operate(**changed))
    other = squad.district.other.communities[0].pk
    refused({"community"}, lambda: squad.operate(community=other))
    refused({"people"}, lambda: squad.operate(people=(squad.clerk.pk,)))
    assert not PestOperation.objects.exists()
    squad.operate(method="trap", registration="", batch="", ingredient="", area_m2=None, points=12)  # no pesticide


def test_who_took_part_may_have_left_the_team_since(squad: Squad) -> None:
    one = squad.operate()
    squad.member.is_active = False
    squad.member.save()
    squad.operate(by=squad.clerk, pk=one.pk, ratio="1:80")
    assert PestOperation.objects.get().ratio == "1:80"
    refused({"people"}, lambda: squad.operate(by=squad.clerk, place="别处"))


def test_a_supervisor_who_did_not_take_part_checks_and_then_nothing_changes(squad: Squad) -> None:
    one = squad.operate(people=(squad.leader.pk,))
    with pytest.raises(WrongState):
        check_operation(by=squad.leader, at=NOW, pk=one.pk)
    checked = check_operation(by=squad.clerk, at=NOW, pk=one.pk)
    assert (checked.checked_by, checked.checked_at) == (squad.clerk, NOW)
    check_operation(by=squad.district.street.leader, at=NOW + ONE_DAY, pk=one.pk)
    assert PestOperation.objects.get().checked_by == squad.clerk
    with pytest.raises(WrongState):
        squad.operate(pk=one.pk, ratio="1:1")


ACTS: dict[str, tuple[Callable[[Squad, Any], Any], str]] = {
    "enter": (lambda squad, by: squad.operate(by=by, place="新"), "clerk pestleader pester"),
    "survey": (lambda squad, by: squad.survey(by=by, place="新"), "clerk pestleader pester"),
    "find": (lambda squad, by: squad.find(by=by, place="新"), "clerk pestleader pester"),
    "correct": (
        lambda squad, by: squad.operate(by=by, pk=PestOperation.objects.earliest("pk").pk, after="好"),
        "clerk pestleader pester",
    ),
    "check": (
        lambda squad, by: check_operation(by=by, at=NOW, pk=PestOperation.objects.earliest("pk").pk),
        "clerk leader pestleader",
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_who_may(squad: Squad, name: str) -> None:
    act, allowed = ACTS[name]
    squad.operate()
    street, other = squad.district.street, squad.district.other
    people = {"pestleader": squad.leader, "pester": squad.member, "other": other.clerk, "otherteam": other.teamleader}
    people |= {role: getattr(street, role) for role in ("clerk", "leader", "officer", "teamleader", "member", "admin")}
    sees = {"leader", "pester", *({"officer"} if name in ("correct", "check") else ())} - set(allowed.split())
    for who, by in people.items():
        if who in allowed.split():
            act(squad, by)
            continue
        with pytest.raises(NotPermitted if who in sees else NotFound):
            act(squad, by)


def test_no_other_team_keeps_records_of_pests(squad: Squad) -> None:
    street = squad.district.street
    with pytest.raises(NotFound):
        save_operation(by=street.clerk, at=NOW, team=street.team.pk, told=squad.operation())


def test_a_survey_is_entered_once_corrected_and_taken_out(squad: Squad) -> None:
    one = squad.survey()
    assert (squad.survey(), one.surveyor) == (one, squad.member)
    refused({"place"}, lambda: squad.survey(positive=3))
    squad.survey(pk=one.pk, by=squad.clerk, positive=3)
    assert (DensitySurvey.objects.get().positive, DensitySurvey.objects.get().surveyor) == (3, squad.member)
    with pytest.raises(NotPermitted):
        remove_survey(by=squad.district.street.officer, at=NOW, pk=one.pk)
    remove_survey(by=squad.member, at=NOW, pk=one.pk)
    assert not DensitySurvey.objects.exists()


def test_what_a_survey_may_not_say(squad: Squad) -> None:
    wrong: list[tuple[str, dict[str, Any], set[str]]] = [
        ("cats", {}, {"method"}),
        ("rodent_rooms", {"sampled": 0, "positive": 0}, {"sampled"}),
        ("rodent_rooms", {"positive": 101}, {"positive"}),
        ("rodent_rooms", {"counted": 1}, {"counted"}),
        ("rodent_rooms", {"minutes": 30}, {"minutes"}),
        ("rodent_rooms", {"on": TOMORROW}, {"on"}),
        ("mosquito_landing", {"positive": 0, "counted": 1}, {"minutes"}),
        ("mosquito_landing", {"positive": 1, "counted": 1, "minutes": 30}, {"positive"}),
        ("fly_rooms", {"positive": 2}, {"counted"}),
        ("fly_rooms", {"positive": 0, "counted": 1}, {"counted"}),
        ("fly_rooms", {"positive": 3, "counted": 2}, {"counted"}),
    ]
    for method, changed, fields in wrong:
        refused(fields, lambda method=method, changed=changed: squad.survey(method, **changed))
    assert not DensitySurvey.objects.exists()
    squad.survey("rodent_path", sampled=3, positive=9)  # places on a path are not a share of its metres
    squad.survey("mosquito_landing", sampled=2, minutes=15, positive=0, counted=3)


def test_the_tally_adds_what_was_seen_by_month_and_community(squad: Squad) -> None:
    first, second = (one.pk for one in squad.district.street.communities)
    squad.survey(sampled=10, positive=1)
    squad.survey(place="二号院", sampled=20, positive=2)
    squad.survey(community=second, sampled=30, positive=3)
    squad.survey(on=date(2026, 2, 28), sampled=40, positive=4)
    squad.survey("mosquito_landing", sampled=2, minutes=15, positive=0, counted=3)
    march, february = date(2026, 3, 1), date(2026, 2, 1)
    found = tally(surveys_seen(squad.clerk, TODAY), february, TODAY)
    by = {
        "march": found.of(months=[march])["rodent_rooms"],
        "first": found.of(months=[march], community=first)["rodent_rooms"],
        "both": found.of(months=[february, march])["rodent_rooms"],
    }
    assert {name: (one.effort, one.positive) for name, one in by.items()} == {
        "march": (60, 6), "first": (30, 3), "both": (100, 10),
    }  # fmt: skip
    assert found.of(months=[march])["mosquito_landing"].effort == 30
    of_officer = tally(surveys_seen(squad.district.street.officer2, TODAY), february, TODAY)
    assert of_officer.of(months=[march])["rodent_rooms"].effort == 30


def test_a_site_is_open_until_closed_and_opens_again(squad: Squad) -> None:
    site = squad.find(on=TODAY - 9 * ONE_DAY, note="积水")
    given: dict[str, Any] = {"by": squad.member, "at": NOW, "pk": site.pk}
    refused({"on"}, lambda: close_site(**given, on=TODAY - 10 * ONE_DAY, done="清除"))
    refused({"done"}, lambda: close_site(**given, on=TODAY, done=" "))
    with pytest.raises(WrongState):
        find_again(**given, on=TODAY, note="又有积水")
    for _time in range(2):
        site = close_site(**given, on=TODAY - 2 * ONE_DAY, done="清除轮胎")
    assert (site.is_open, site.closed_on) == (False, TODAY - 2 * ONE_DAY)
    with pytest.raises(WrongState):
        close_site(**given, on=TODAY, done="再清")
    refused({"place"}, lambda: squad.find())
    refused({"on"}, lambda: find_again(**given, on=TODAY - 3 * ONE_DAY, note="又有积水"))
    for _time in range(2):
        site = find_again(**given, on=TODAY, note="又有积水")
    assert (site.is_open, site.open_since) == (True, TODAY)
    steps = BreedingStep.objects.order_by("id").values_list("kind", "note")
    assert list(steps) == [("found", "积水"), ("closed", "清除轮胎"), ("found_again", "又有积水")]


def test_a_site_is_entered_once_and_the_oldest_open_one_comes_first(squad: Squad) -> None:
    newer = squad.find()
    assert squad.find() == newer
    refused({"place"}, lambda: squad.find(on=TODAY - ONE_DAY))
    refused({"kind", "pest", "on", "note"}, lambda: squad.find(kind="x", pest="x", on=TOMORROW, note="\x00"))
    older, closed = (squad.find(place=name, on=TODAY - 5 * ONE_DAY) for name in ("老", "关"))
    close_site(by=squad.member, at=NOW, pk=closed.pk, on=TODAY, done="填平")
    assert list(sites_seen(squad.clerk, TODAY)) == [older, newer, closed]
    assert BreedingSite.objects.count() == 3


def test_a_clerk_enters_limits_for_the_own_office(squad: Squad) -> None:
    told = LimitTold("rodent_rooms", "B", Decimal("3"), False, " GB/T 27770-2011 ", "标准原文")
    for _time in range(2):
        save_limit(by=squad.clerk, at=NOW, told=told)
    row = DensityLimit.objects.get()
    limits = limits_of(squad.clerk.subdistrict_id)
    assert limits["rodent_rooms", "B"] == Limit("rodent_rooms", "B", Decimal(3), False, "GB/T 27770-2011", "标准原文")
    assert limits_of(squad.district.other.clerk.subdistrict_id) == SEEDED
    save_limit(by=squad.clerk, at=NOW, told=LimitTold("rodent_rooms", "B", None))
    assert (DensityLimit.objects.get().pk, DensityLimit.objects.get().most) == (row.pk, None)


def test_a_limit_needs_a_number_a_place_and_the_clerk(squad: Squad) -> None:
    wrong = [
        ({"most": Decimal(-1)}, {"most"}), ({"most": Decimal(10_001)}, {"most"}), ({"standard": ""}, {"standard"}),
        ({"index": "x"}, {"index"}), ({"level": "D"}, {"level"}), ({"source": "\x00"}, {"source"}),
    ]  # fmt: skip
    for changed, fields in wrong:
        told = {"index": "fly_food", "level": "A", "most": Decimal(0), "standard": "GB", **changed}
        refused(fields, lambda told=told: save_limit(by=squad.clerk, at=NOW, told=LimitTold(**told)))
    for by in (squad.leader, squad.district.street.leader, squad.district.liaison):
        with pytest.raises(Refusal):
            save_limit(by=by, at=NOW, told=LimitTold("fly_food", "A", Decimal(0), False, "GB"))
    assert not DensityLimit.objects.exists()
