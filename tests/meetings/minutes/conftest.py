"""A meeting that was held, with an agenda, attendance and a resolution, and its minutes at some step."""

from collections.abc import Callable

import pytest

from cases.meetings.actions import add_item, hold_meeting, note_presence, save_discussion
from cases.meetings.minutes.actions import check_minutes, draft_minutes, issue_minutes, sign_minutes
from cases.meetings.minutes.models import Minutes
from tests.meetings.gatherings import BEGINS, Gathering
from tests.office import china

AFTER = china("2026-03-03 17:00")
Making = Callable[[Gathering, str], Minutes]


def held(gathering: Gathering) -> Gathering:
    """Two items were discussed, one with a resolution; three of four units came or were excused."""
    street, pk = gathering.district.street, gathering.meeting.pk
    hold_meeting(by=street.clerk, at=BEGINS, pk=pk)
    item = add_item(by=street.clerk, at=BEGINS, pk=pk, title="沿街违建雨棚")
    save_discussion(
        by=street.clerk, at=BEGINS, pk=pk, item=item.pk, version=1, text="会议听取了执法队汇报。\n会议认为应限期拆除。"
    )
    add_item(by=street.clerk, at=BEGINS, pk=pk, title="市场周边保洁")
    gathering.resolution(item=item.pk)
    came = {"区城管局": ("present", "张三、李四"), "执法队": ("observing", ""), "第一小学": ("excused", "王五")}
    for seat in gathering.meeting.seats.select_related("unit"):
        if seat.unit.name_zh in came:
            presence, names = came[seat.unit.name_zh]
            note_presence(by=street.clerk, at=BEGINS, pk=pk, seat=seat.pk, presence=presence, names=names)
    return gathering


def made(gathering: Gathering, state: str) -> Minutes:
    """Minutes of the meeting that have come as far as `state`: checked by the clerk, signed by the leader."""
    street = gathering.district.street
    minutes = draft_minutes(by=street.clerk, at=AFTER, meeting=gathering.meeting.pk)
    steps = {
        "checked": (check_minutes, street.clerk),
        "signed": (sign_minutes, street.leader),
        "issued": (issue_minutes, street.clerk),
    }
    for name, (act, by) in steps.items():
        if state == "draft":
            break
        minutes = act(by=by, at=AFTER, pk=minutes.pk, version=minutes.version)
        if name == state:
            break
    return Minutes.objects.get(pk=minutes.pk)


@pytest.fixture
def discussed(gathering: Gathering) -> Gathering:
    return held(gathering)


@pytest.fixture
def discussed_for_all(gathered: Gathering) -> Gathering:
    """The same, committed."""
    return held(gathered)
