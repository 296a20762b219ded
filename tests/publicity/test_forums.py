"""Forums: planned, recorded with who came, called off; a record that is missing is asked for."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from cases.publicity.actions import act_on_forum, plan_forum, revise_forum
from cases.publicity.models import Forum, ForumEvent, PublicityPhoto
from citymgmt.outbox.models import Message
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Stale, WrongState
from citymgmt.worktime import sweep
from tests.office import District, china
from tests.photos.pictures import photo
from tests.publicity.told import CAME, DAY, HELD, NOW, forum_in, forum_told, held

pytestmark = pytest.mark.usefixtures("english", "media")


def test_a_forum_is_planned_and_recorded(district: District) -> None:
    forum = forum_in(district)
    assert (forum.state, forum.due_at, forum.came) == ("planned", china("2026-03-04 18:00"), 0)
    with pytest.raises(Invalid, match="begins at 2026-03-04 15:00"):
        held(district, forum, at=NOW)
    held(district, forum, photos=[photo(120, 90)])
    assert (forum.state, forum.came, forum.residents, forum.record) == ("held", 18, 12, "意见集中在市场。")
    assert (forum.due_at, forum.next_check_at) == (None, None)
    assert PublicityPhoto.objects.get().forum_event == forum.events.get(kind="forum_hold")
    later = {**CAME, "residents": 13, "record": "补充：物业参会。"}
    act_on_forum("correct", pk=forum.pk, by=district.street.officer, at=HELD + DAY, **later)
    forum.refresh_from_db()
    assert (forum.state, forum.came, forum.record) == ("held", 19, "补充：物业参会。")


WRONG = [
    ({"residents": -1}, {"residents"}),
    ({"residents": None}, {"residents"}),
    ({"record": " "}, {"record"}),
    (dict.fromkeys(CAME, 0), {"residents"}),
    ({"x": 1}, {"x"}),
]


@pytest.mark.parametrize(("given", "fields"), WRONG)
def test_a_record_is_whole(district: District, given: dict[str, Any], fields: set[str]) -> None:
    forum = forum_in(district)
    with pytest.raises(Invalid) as refused:
        held(district, forum, **given)
    assert set(refused.value.fields) == fields


def test_a_forum_is_moved_and_called_off(district: District) -> None:
    forum, street = forum_in(district), district.street
    told = forum_told(district, held_at=HELD + 2 * DAY, topic="新议题")
    revise_forum(pk=forum.pk, by=street.clerk, at=NOW, told=told, version=1)
    forum.refresh_from_db()
    assert (forum.topic, forum.due_at) == ("新议题", china("2026-03-06 18:00"))
    with pytest.raises(Stale):
        revise_forum(pk=forum.pk, by=street.clerk, at=NOW, told=told, version=1)
    revise_forum(pk=forum.pk, by=street.clerk, at=NOW, told=told, version=2)
    act_on_forum("call_off", pk=forum.pk, by=street.officer, at=NOW, note="台风")
    forum.refresh_from_db()
    assert (forum.state, forum.due_at) == ("off", None)
    with pytest.raises(WrongState, match="called off"):
        held(district, forum, at=HELD + 3 * DAY)
    with pytest.raises(NotFound):
        act_on_forum("revise", pk=forum.pk, by=street.clerk, at=NOW)
    told_off = Message.objects.filter(kind="forum_call_off")
    assert set(told_off.values_list("recipient__username", flat=True)) == {"clerk1", "clerkb1"}


def test_a_missing_record_is_asked_for(district: District) -> None:
    forum = forum_in(district)
    sweep.run(NOW + 9 * DAY)
    rows = Message.objects.filter(kind__in=("forum_urge", "forum_supervise"))
    assert sorted(
        (one.kind, one.recipient.username, f"{timezone.localtime(one.created_at):%m-%d %H:%M}")
        for one in rows.select_related("recipient")
    ) == [
        ("forum_supervise", "leader1", "03-09 18:00"),
        ("forum_supervise", "officer1", "03-09 18:00"),
        ("forum_urge", "clerk1", "03-04 18:00"),
        ("forum_urge", "clerkb1", "03-04 18:00"),
        ("forum_urge", "officer1", "03-04 18:00"),
    ]
    forum.refresh_from_db()
    held(district, forum, at=NOW + 9 * DAY)
    assert (forum.state, forum.next_check_at) == ("held", None)


def test_who_plans_forums_where(district: District) -> None:
    street = district.street
    for person in (street.member, street.admin, street.auditor):
        with pytest.raises(NotPermitted):
            plan_forum(by=person, at=NOW, told=forum_told(district))
    for changed in ({"place": 1},):
        with pytest.raises(Invalid) as refused:
            plan_forum(by=street.officer, at=NOW, told=forum_told(district, **changed))
        assert set(refused.value.fields) == {"community"}
    with pytest.raises(Invalid) as refused:
        plan_forum(by=street.clerk, at=NOW, told=forum_told(district, held_at=NOW + 900 * DAY, topic=""))
    assert set(refused.value.fields) == {"held_at", "topic"}
    with pytest.raises(NotFound):
        held(district, forum_in(district), by=street.officer2)


def test_a_resend_plans_once(district: District) -> None:
    told = {"by": district.street.clerk, "at": NOW, "request_key": "k"}
    first = plan_forum(**told, told=forum_told(district))
    assert plan_forum(**told, told=forum_told(district)) == first
    with pytest.raises(KeyReused):
        plan_forum(**told, told=forum_told(district, topic="别的"))
    assert (Forum.objects.count(), ForumEvent.objects.count()) == (1, 1)


def test_the_database_knows_no_other_steps(district: District) -> None:
    forum = forum_in(district)
    with pytest.raises(DatabaseError), transaction.atomic():
        Forum.objects.filter(pk=forum.pk).update(state="held")
    with pytest.raises(DatabaseError), transaction.atomic():
        Forum.objects.filter(pk=forum.pk).update(record="x")
