"""The agenda is put together, put in order and written on; of two writers neither loses a word."""

from functools import partial
from typing import Any

import pytest

from cases.meetings.actions import (
    MeetingPlan,
    add_item,
    add_proposals,
    cancel_meeting,
    make_resolution,
    move_item,
    plan_meeting,
    remove_item,
    save_discussion,
)
from cases.meetings.actions.agenda import MOST_ITEMS
from cases.meetings.models import AgendaItem, Meeting, ResolutionEvent
from cases.meetings.proposals import proposals_for
from citymgmt.refusals import Invalid, NotFound, NotPermitted, Stale, WrongState
from citymgmt.worktime import sweep
from tests.cases.stories import case_in
from tests.meetings.gatherings import BEGINS, PLANNED, Gathering
from tests.meetings.test_plan_meeting import ROLES
from tests.office import china
from tests.racing import race

HOSTILE = ["\x00", "a\x0bb", "\ud800", "\u202e"]


def added(gathering: Gathering, *titles: str, background: str = "") -> list[AgendaItem]:
    """Items put on the agenda by hand."""
    by, pk = gathering.district.street.clerk, gathering.meeting.pk
    return [add_item(by=by, at=PLANNED, pk=pk, title=title, background=background) for title in titles]


def order(gathering: Gathering) -> list[str]:
    """The titles with their positions, which count from 1."""
    rows = list(AgendaItem.objects.filter(meeting=gathering.meeting).order_by("position"))
    assert [one.position for one in rows] == list(range(1, len(rows) + 1))
    return [one.title for one in rows]


def moved(gathering: Gathering, item: AgendaItem, to: int, **changed: Any) -> None:
    told = {"by": gathering.district.street.clerk, "at": PLANNED, "pk": gathering.meeting.pk, **changed}
    move_item(item=item.pk, to=to, **told)


def written(gathering: Gathering, item: AgendaItem, text: str, version: int = 1, by: Any = None) -> AgendaItem:
    by = by or gathering.district.street.clerk
    return save_discussion(by=by, at=BEGINS, pk=gathering.meeting.pk, item=item.pk, version=version, text=text)


def act_on(gathering: Gathering, action: str, item: AgendaItem, by: Any, pk: int | None = None, one: int = 0) -> Any:
    """One of the actions on an item of March's agenda."""
    pk, one = pk if pk is not None else gathering.meeting.pk, one or item.pk
    return {
        "propose": lambda: add_proposals(by=by, at=PLANNED, pk=pk, keys=["x"]),
        "add": lambda: add_item(by=by, at=PLANNED, pk=pk, title="三"),
        "move": lambda: move_item(by=by, at=PLANNED, pk=pk, item=one, to=2),
        "remove": lambda: remove_item(by=by, at=PLANNED, pk=pk, item=one),
        "write": lambda: save_discussion(by=by, at=PLANNED, pk=pk, item=one, version=1, text="写"),
    }[action]()


ACTIONS = ("propose", "add", "move", "remove", "write")


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", [*ROLES, "liaison"])
def test_who_may(gathering: Gathering, role: str, action: str) -> None:
    item, _second = added(gathering, "一", "二")
    by = gathering.district.liaison if role == "liaison" else getattr(gathering.district.street, role)
    before = list(AgendaItem.objects.order_by("pk").values())
    if role in ("clerk", "leader"):
        act_on(gathering, action, item, by)
        assert (list(AgendaItem.objects.order_by("pk").values()) != before) is (action != "propose")
        return
    with pytest.raises(NotPermitted if role in ("auditor", "officer", "teamleader", "liaison") else NotFound):
        act_on(gathering, action, item, by)
    assert list(AgendaItem.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("action", ACTIONS)
def test_nothing_there_and_nothing_of_others(gathering: Gathering, action: str) -> None:
    (item,) = added(gathering, "一")
    clerk = gathering.district.street.clerk
    with pytest.raises(NotFound):
        act_on(gathering, action, item, gathering.district.other.clerk)
    for pk in (0, -1, 2**63, 10**30):
        with pytest.raises(NotFound):
            act_on(gathering, action, item, clerk, pk=pk)
        if action in ("move", "remove", "write") and pk:
            with pytest.raises(NotFound):
                act_on(gathering, action, item, clerk, one=pk)


@pytest.mark.parametrize("action", ACTIONS)
def test_of_a_meeting_that_was_called_off_nothing_changes(gathering: Gathering, action: str) -> None:
    (item,) = added(gathering, "一")
    clerk = gathering.district.street.clerk
    cancel_meeting(by=clerk, at=PLANNED, pk=gathering.meeting.pk, reason="台风")
    with pytest.raises(WrongState):
        act_on(gathering, action, item, clerk)


@pytest.mark.parametrize("action", ["move", "remove", "write"])
def test_an_item_of_another_meeting_is_none(gathering: Gathering, action: str) -> None:
    (item,) = added(gathering, "一")
    clerk = gathering.district.street.clerk
    plan = MeetingPlan("四月", china("2026-04-07 14:30"), "三楼", [gathering.team.pk])
    other = plan_meeting(by=clerk, at=PLANNED, plan=plan)
    with pytest.raises(NotFound):
        act_on(gathering, action, item, clerk, pk=other.pk)


def test_by_hand_at_the_end_and_once(gathering: Gathering) -> None:
    first, second, again = added(gathering, "一", " 二 ", "一", background="背景\r\n第二行 ")
    assert (order(gathering), again) == (["一", "二"], first)
    assert (second.background, second.reason, second.version) == ("背景\n第二行", "by_hand", 1)


@pytest.mark.parametrize(
    ("told", "field"),
    [({"title": ""}, "title"), ({"title": " \t"}, "title"), ({"title": "字" * 121}, "title"),
     ({"title": "一\n二"}, "title"),
     ({"background": "字" * 2001}, "background"), *(({name: f"前{one}后"}, name) for one in HOSTILE
                                                for name in ("title", "background"))],
    ids=lambda value: repr(value)[:30],
)  # fmt: skip
def test_what_no_item_can_be(gathering: Gathering, told: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        add_item(by=gathering.district.street.clerk, at=PLANNED, pk=gathering.meeting.pk, **{"title": "一", **told})
    assert list(refused.value.fields) == [field]
    assert order(gathering) == []


def test_an_agenda_ends(gathering: Gathering) -> None:
    added(gathering, *map(str, range(MOST_ITEMS)))
    with pytest.raises(Invalid):
        added(gathering, "一")
    assert len(order(gathering)) == MOST_ITEMS


def test_proposals_go_to_the_end_once_in_their_order(gathering: Gathering) -> None:
    cases = [case_in(gathering.district, "escalated") for _count in range(2)]
    added(gathering, "一")
    keys = [f"case:{case.pk}" for case in reversed(cases)]
    ask = partial(add_proposals, by=gathering.district.street.clerk, at=BEGINS, pk=gathering.meeting.pk)
    found = ask(keys=[*keys, keys[0], "case:0", "title:x", "\x00"])
    assert [one.case for one in found] == cases
    assert ask(keys=keys) == []
    assert order(gathering) == ["一", *(one.title for one in found)]
    assert not {one.case for one in proposals_for(gathering.meeting, BEGINS)} & set(cases)


def test_proposals_beyond_the_end_leave_the_agenda_as_it_is(gathering: Gathering) -> None:
    cases = [case_in(gathering.district, "escalated") for _count in range(2)]
    added(gathering, *map(str, range(MOST_ITEMS - 1)))
    with pytest.raises(Invalid):
        add_proposals(
            by=gathering.district.street.clerk, at=BEGINS, pk=gathering.meeting.pk,
            keys=[f"case:{case.pk}" for case in cases],
        )  # fmt: skip
    assert len(order(gathering)) == MOST_ITEMS - 1


def test_an_overdue_resolution_comes_back(gathering: Gathering) -> None:
    resolution = gathering.resolution("open")
    late, clerk = china("2026-03-26 09:00"), gathering.district.street.clerk
    sweep.run(late)
    plan = MeetingPlan("四月", china("2026-04-07 14:30"), "三楼", [gathering.team.pk])
    april = plan_meeting(by=clerk, at=late, plan=plan)
    (proposal,) = proposals_for(april, late)
    (item,) = add_proposals(by=clerk, at=late, pk=april.pk, keys=[proposal.key])
    assert (item.reason, item.resolution, item.background) == ("resolution", resolution, resolution.text)
    assert proposals_for(april, late) == []
    assert proposals_for(gathering.meeting, late) == []  # it was made there
    assert ResolutionEvent.objects.filter(resolution=resolution).order_by("seq").last().kind == "resolution_on_agenda"


def test_a_long_description_in_lines_makes_a_title_of_one(gathering: Gathering) -> None:
    case = case_in(gathering.district, "escalated")
    type(case).objects.filter(pk=case.pk).update(address="", description="第一行\n" + "长" * 300)
    (item,) = add_proposals(
        by=gathering.district.street.clerk, at=BEGINS, pk=gathering.meeting.pk, keys=[f"case:{case.pk}"]
    )
    assert item.title.startswith(f"{case.number} 第一行 长")
    assert len(item.title) == 100


@pytest.mark.parametrize(
    ("which", "to", "expected"),
    [(0, 2, "二一三四"), (3, 1, "四一二三"), (1, 4, "一三四二"), (2, 3, "一二三四"), (0, 99, "二三四一"),
     (3, -5, "四一二三"), (1, 10**30, "一三四二")],
)  # fmt: skip
def test_moving(gathering: Gathering, which: int, to: int, expected: str) -> None:
    items = added(gathering, *"一二三四")
    for _time in range(2):  # sent twice
        moved(gathering, items[which], to)
        assert order(gathering) == list(expected)


def test_taken_off_the_others_close_up(gathering: Gathering) -> None:
    _first, second, _third = added(gathering, *"一二三")
    ask = partial(remove_item, by=gathering.district.street.clerk, at=PLANNED, pk=gathering.meeting.pk, item=second.pk)
    ask()
    assert order(gathering) == ["一", "三"]
    with pytest.raises(NotFound):
        ask()


def test_what_was_discussed_or_resolved_stays(gathering: Gathering) -> None:
    first, second = added(gathering, *"一二")
    clerk, pk = gathering.district.street.clerk, gathering.meeting.pk
    written(gathering, first, "讨论")
    make_resolution(by=clerk, at=BEGINS, meeting=pk, wording=gathering.wording(item=second.pk))
    for item in (first, second):
        with pytest.raises(WrongState):
            remove_item(by=clerk, at=BEGINS, pk=pk, item=item.pk)
    assert order(gathering) == ["一", "二"]


def test_a_text_is_kept_with_who_and_when(gathering: Gathering) -> None:
    (item,) = added(gathering, "一")
    found = written(gathering, item, " 第一行\r\n第二行\r ", by=gathering.district.street.leader)
    assert (found.discussion, found.version) == ("第一行\n第二行", 2)
    assert (found.saved_at, found.saved_by) == (BEGINS, gathering.district.street.leader)


def test_the_same_text_again_is_no_new_version(gathering: Gathering) -> None:
    (item,) = added(gathering, "一")
    for version in (1, 1, 2):
        assert written(gathering, item, "讨论", version).version == 2


def test_of_two_writers_the_second_is_told_and_nothing_is_lost(gathering: Gathering) -> None:
    (item,) = added(gathering, "一")
    written(gathering, item, "甲写的")
    with pytest.raises(Stale) as refused:
        written(gathering, item, "乙写的", by=gathering.district.street.leader)
    assert refused.value.details == {"version": 2}
    item.refresh_from_db()
    assert (item.discussion, item.version) == ("甲写的", 2)
    assert written(gathering, item, "甲写的\n乙写的", 2, gathering.district.street.leader).version == 3


def test_whoever_wrote_nothing_meets_no_conflict(gathering: Gathering) -> None:
    (item,) = added(gathering, "一")
    written(gathering, item, "甲")
    written(gathering, item, "甲乙", 2)
    for version, seen in ((1, ""), (2, "甲"), (2, " 甲\r\n")):
        found = written(gathering, item, seen, version, gathering.district.street.leader)
        assert (found.discussion, found.version) == ("甲乙", 3)
    for version, other in ((1, "甲"), (2, ""), (0, ""), (-1, ""), (4, "甲")):
        with pytest.raises(Stale):
            written(gathering, item, other, version)


@pytest.mark.parametrize("text", ["字" * 10_001, *(f"前{one}后" for one in HOSTILE)], ids=lambda text: repr(text)[:12])
def test_what_no_paper_can_show_is_refused(gathering: Gathering, text: str) -> None:
    (item,) = added(gathering, "一")
    with pytest.raises(Invalid) as refused:
        written(gathering, item, text)
    assert list(refused.value.fields) == ["discussion"]
    item.refresh_from_db()
    assert (item.discussion, item.version) == ("", 1)


def test_two_write_at_once(gathered: Gathering) -> None:
    (item,) = added(gathered, "一")
    street = gathered.district.street
    made = race([partial(written, gathered, item, by.username, by=by) for by in (street.clerk, street.leader)])
    (kept,) = [one for one in made if isinstance(one, AgendaItem)]
    assert sorted(type(one).__name__ for one in made) == ["AgendaItem", "Stale"]
    item.refresh_from_db()
    assert (item.discussion, item.version) == (kept.discussion, 2)


def test_two_add_move_and_take_off_at_once(gathered: Gathering) -> None:
    items = added(gathered, *"一二三四")
    clerk, leader, pk = gathered.district.street.clerk, gathered.district.street.leader, gathered.meeting.pk
    race([
        partial(add_item, by=clerk, at=PLANNED, pk=pk, title="五"),
        partial(add_item, by=leader, at=PLANNED, pk=pk, title="五"),
        partial(move_item, by=clerk, at=PLANNED, pk=pk, item=items[3].pk, to=1),
        partial(move_item, by=leader, at=PLANNED, pk=pk, item=items[0].pk, to=3),
        partial(remove_item, by=leader, at=PLANNED, pk=pk, item=items[1].pk),
    ])  # fmt: skip
    assert sorted(order(gathered)) == sorted("一三四五")


def test_two_put_the_same_case_on_it_at_once(gathered: Gathering) -> None:
    case, street = case_in(gathered.district, "escalated"), gathered.district.street
    ask = partial(add_proposals, at=BEGINS, pk=gathered.meeting.pk, keys=[f"case:{case.pk}"])
    made = race([partial(ask, by=street.clerk), partial(ask, by=street.leader)])
    assert sorted(len(one) for one in made) == [0, 1]
    assert Meeting.objects.get(pk=gathered.meeting.pk).items.count() == 1
