"""Publicity items: planned, put out with evidence, taken down, called off; who may, what falls due, whom it tells."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from cases.publicity.actions import act_on_item, plan_items, revise_item
from cases.publicity.models import ItemEvent, PublicityItem, PublicityPhoto
from citymgmt.outbox.models import Message
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Refusal, Stale, WrongState
from citymgmt.worktime import sweep
from communities.institutions.actions import InstitutionTold, enter_institution
from communities.models import Regulation
from tests.office import District, china
from tests.photos.pictures import photo
from tests.publicity.told import DAY, NOW, TODAY, act, item_told, planned, put_out
from tests.racing import race

pytestmark = pytest.mark.usefixtures("english", "media")


def kinds_of(item: PublicityItem) -> list[str]:
    return list(item.events.order_by("seq").values_list("kind", flat=True))


def test_a_wall_poster_is_planned_put_out_and_taken_down(district: District) -> None:
    item = planned(district)
    assert (item.state, item.unit, item.responsible, item.due_at) == (
        "planned", "期", district.street.clerk, china("2026-03-04 18:00"),
    )  # fmt: skip
    put_out(district, item, reached=600)
    assert (item.state, item.put_on, item.reached, item.due_at) == ("out", TODAY, 600, china("2026-04-01 18:00"))
    assert PublicityPhoto.objects.get().item_event == item.events.get(kind="item_put_out")
    act(district, item, "take_down", on=TODAY + 9 * DAY, at=NOW + 9 * DAY)
    assert (item.state, item.down_on, item.due_at, item.next_check_at) == ("down", TODAY + 9 * DAY, None, None)
    assert kinds_of(item) == ["item_plan", "item_put_out", "item_take_down"]


def test_one_form_plans_for_several_communities(district: District) -> None:
    street = district.street
    where = [street.communities[0].pk, street.communities[1].pk, None]
    told = {"by": street.clerk, "at": NOW, "told": item_told(), "communities": where}
    first = plan_items(**told, request_key="once")
    assert plan_items(**told, request_key="once") == first
    found = PublicityItem.objects.order_by("pk")
    assert [one.community_id for one in found] == where
    assert {(one.theme, one.state, one.version) for one in found} == {("垃圾分类", "planned", 1)}
    with pytest.raises(KeyReused):
        plan_items(**{**told, "communities": where[:1]}, request_key="once")


EVIDENCE = [
    ("wall", {"photos": []}, {"photos"}),
    ("talk", {"photos": []}, {"photos"}),
    ("leaflet", {"photos": []}, {"photos"}),
    ("online", {"web": ""}, {"web"}),
    ("online", {"web": "javascript:alert(1)"}, {"web"}),
    ("online", {"web": "http://[::1"}, {"web"}),
    ("wall", {"quantity": 0}, {"quantity"}),
    ("wall", {"reached": -1}, {"reached"}),
    ("wall", {"on": TODAY + DAY}, {"on"}),
    ("wall", {"decision": "x"}, {"decision"}),
]


@pytest.mark.parametrize(("kind", "given", "fields"), EVIDENCE)
def test_what_is_put_out_needs_its_evidence(
    district: District, kind: str, given: dict[str, Any], fields: set[str]
) -> None:
    item = planned(district, kind)
    with pytest.raises(Invalid) as refused:
        put_out(district, item, **given)
    assert set(refused.value.fields) == fields
    assert PublicityItem.objects.get().state == "planned"


def test_what_has_a_place_says_it_at_the_latest_when_it_is_put_out(district: District) -> None:
    item = planned(district, "banner", address="")
    with pytest.raises(Invalid, match="Say where it is"):
        put_out(district, item)
    put_out(district, item, address="天桥")
    assert (item.state, item.address) == ("out", "天桥")


def test_leaflets_and_posts_have_neither_place_nor_end(district: District) -> None:
    leaflet, post = planned(district, "leaflet"), planned(district, "online", place=None)
    assert (leaflet.address, leaflet.unit, post.community, str(post.where)) == ("", "份", None, "whole sub-district")
    put_out(district, post)
    assert (post.state, post.web, post.due_at) == ("out", "https://example.org/1", None)
    for name, given in (("take_down", {"on": TODAY}), ("prolong", {"until_on": TODAY + DAY, "note": "x"})):
        with pytest.raises(WrongState, match="is not taken down"):
            act(district, post, name, **given)
    act(district, post, "count", quantity=1, reached=3200)
    assert (post.state, post.reached) == ("out", 3200)


WRONG_PLANS = [
    ({"kind": "none"}, {"kind"}),
    ({"theme": " "}, {"theme"}),
    ({"quantity": 0}, {"quantity"}),
    ({"until_on": None}, {"until_on"}),
    ({"until_on": TODAY - DAY}, {"until_on"}),
    ({"kind": "talk", "until_on": TODAY}, {"until_on"}),
    ({"planned_on": TODAY + 800 * DAY, "until_on": TODAY + 801 * DAY}, {"planned_on"}),
    ({"regulation": 10**12}, {"regulation"}),
    ({"institution": 0}, {"institution"}),
    ({"responsible": -1}, {"responsible"}),
    ({"longitude": 200, "latitude": 1}, {"longitude"}),
]


@pytest.mark.parametrize(("changed", "fields"), WRONG_PLANS)
def test_what_cannot_be_planned(district: District, changed: dict[str, Any], fields: set[str]) -> None:
    with pytest.raises(Invalid) as refused:
        planned(district, changed.pop("kind", "wall"), **changed)
    assert set(refused.value.fields) == fields


def test_a_point_lies_in_one_community(district: District) -> None:
    where = [one.pk for one in district.street.communities]
    told = item_told(longitude=113, latitude=23)
    with pytest.raises(Invalid, match="lies in one community"):
        plan_items(by=district.street.clerk, at=NOW, told=told, communities=where)


def test_who_made_it_is_an_institution_or_words(district: District) -> None:
    street = district.street
    school = enter_institution(
        by=street.clerk, at=NOW, community=street.communities[0].pk, told=InstitutionTold("第一小学", "school")
    )
    item = planned(district, institution=school.pk, maker="其他")
    assert (item.institution, item.maker) == (school, "第一小学")
    law = Regulation.objects.filter(subdistrict=None).order_by("pk").first()
    told = item_told(maker="司法所", regulation=law.pk, responsible=street.officer.pk)
    revise_item(pk=item.pk, by=street.clerk, at=NOW, told=told, community=None)
    item.refresh_from_db()
    assert (item.institution, item.maker, item.regulation, item.responsible, item.community) == (
        None, "司法所", law, street.officer, None,
    )  # fmt: skip


def test_an_officer_plans_in_the_own_community_alone(district: District) -> None:
    street = district.street
    item = planned(district, by=street.officer)
    assert item.responsible == street.officer
    for place in (1, None):
        with pytest.raises(Invalid) as refused:
            planned(district, place=place, by=street.officer)
        assert set(refused.value.fields) == {"communities"}
    put_out(district, item, by=street.officer)
    for person in (street.officer2, district.other.clerk):
        with pytest.raises(NotFound):
            act(district, item, "take_down", on=TODAY, by=person)
    for person in (street.member, street.admin, street.auditor):
        with pytest.raises(NotPermitted):
            planned(district, by=person)


def test_a_plan_is_changed_and_called_off(district: District) -> None:
    item = planned(district)
    later = item_told(planned_on=TODAY + 5 * DAY, until_on=TODAY + 20 * DAY, quantity=5)
    where = district.street.communities[1].pk
    revise_item(pk=item.pk, by=district.street.clerk, at=NOW, told=later, community=where, version=1)
    item.refresh_from_db()
    assert (item.quantity, item.community_id, item.due_at) == (5, where, china("2026-03-09 18:00"))
    with pytest.raises(Stale):
        act(district, item, "call_off", note="x", version=1)
    with pytest.raises(Invalid):
        act(district, item, "call_off", note=" ")
    act(district, item, "call_off", note="上级统一部署", version=2)
    assert (item.state, item.due_at, item.events.latest("seq").note) == ("off", None, "上级统一部署")
    for name, given in (("put_out", {"on": TODAY, "quantity": 1}), ("call_off", {"note": "x"})):
        with pytest.raises(WrongState, match="called off"):
            act(district, item, name, photos=[photo(120, 90)], **given)
    with pytest.raises(NotFound):
        act(district, item, "revise")


def test_the_days_of_an_item_follow_each_other(district: District) -> None:
    item = planned(district, until_on=TODAY + DAY)
    with pytest.raises(Invalid, match="change the plan first"):
        put_out(district, item, on=TODAY + 2 * DAY, at=NOW + 2 * DAY)
    put_out(district, item, on=TODAY)
    with pytest.raises(Invalid):
        act(district, item, "take_down", on=TODAY - DAY)
    with pytest.raises(Invalid):
        act(district, item, "prolong", until_on=TODAY, note="x")
    act(district, item, "prolong", until_on=TODAY + 9 * DAY, note="继续宣传")
    assert (item.until_on, item.due_at) == (TODAY + 9 * DAY, china("2026-03-13 18:00"))


def told_by(kind: str) -> list[tuple[str, str]]:
    rows = Message.objects.filter(kind=kind).order_by("created_at", "recipient__username")
    return [
        (one.recipient.username, f"{timezone.localtime(one.created_at):%m-%d %H:%M}")
        for one in rows.select_related("recipient")
    ]


def test_a_planned_day_that_passes_reminds_who_answers_then_the_leader(district: District) -> None:
    street = district.street
    item = planned(district, responsible=street.officer.pk)
    assert told_by("item_plan") == [("officer1", "03-04 09:00")]
    sweep.run(NOW + 8 * DAY)
    item.refresh_from_db()
    assert told_by("item_urge") == [("officer1", "03-04 18:00")]
    assert told_by("item_supervise") == [("leader1", "03-06 18:00"), ("officer1", "03-06 18:00")]
    assert (item.state, item.rung, item.next_check_at) == ("planned", 2, None)
    put_out(district, item, at=NOW + 8 * DAY, on=TODAY + 8 * DAY)
    assert (item.rung, item.ladder_code) == (0, "")
    sweep.run(NOW + 40 * DAY)
    assert told_by("item_urge")[1:] == [("officer1", "04-01 18:00")]
    assert kinds_of(item) == [
        "item_plan", "item_urge", "item_supervise", "item_put_out", "item_urge", "item_supervise",
    ]  # fmt: skip


def test_one_of_the_whole_sub_district_tells_whom_it_names(district: District) -> None:
    planned(district, "online", place=None, responsible=district.street.clerk2.pk)
    sweep.run(NOW + 8 * DAY)
    assert told_by("item_supervise") == [("clerkb1", "03-06 18:00"), ("leader1", "03-06 18:00")]


def test_a_day_that_is_past_already_is_due_today(district: District) -> None:
    item = planned(district, planned_on=TODAY - 9 * DAY)
    assert item.due_at == china("2026-03-04 18:00")


def test_a_resend_acts_once(district: District) -> None:
    item = planned(district)
    given = {"on": TODAY, "quantity": 2, "request_key": "k"}
    first = act(district, item, "put_out", photos=[photo(120, 90)], **given)
    assert act(district, item, "put_out", photos=[photo(120, 90)], **given) == first
    assert (ItemEvent.objects.count(), PublicityPhoto.objects.count()) == (2, 1)
    with pytest.raises(KeyReused):
        act(district, item, "put_out", photos=[photo(90, 120)], **given)


def test_the_database_knows_no_other_steps(district: District) -> None:
    item = planned(district)
    for state in ("down", "out"):
        with pytest.raises(DatabaseError), transaction.atomic():
            PublicityItem.objects.filter(pk=item.pk).update(state=state)
    with pytest.raises(DatabaseError), transaction.atomic():
        ItemEvent.objects.update(note="x")


def test_two_at_once_put_it_out_once(committed: District, media: Any) -> None:
    item = planned(committed, "online")

    def runner(name: str) -> Callable[[], Any]:
        given = {"on": TODAY, "quantity": 1, "web": "https://example.org/1"}
        person = getattr(committed.street, name)
        return lambda: act_on_item("put_out", pk=item.pk, by=person, at=NOW, version=1, **given)

    found = race([runner("clerk"), runner("leader")])
    assert sorted(isinstance(one, Refusal) for one in found) == [False, True]
    item.refresh_from_db()
    assert (item.state, item.version) == ("out", 2)
