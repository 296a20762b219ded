"""Once minutes are checked nothing that they tell changes, until they are taken back or a correction is drafted."""

from collections.abc import Callable
from typing import Any

import pytest

from cases.meetings.actions import (
    act_on_resolution,
    add_item,
    make_resolution,
    move_item,
    note_presence,
    remove_item,
    revise_resolution,
    save_discussion,
)
from cases.meetings.minutes.actions import check_minutes, draft_minutes, take_back_minutes
from cases.meetings.models import Resolution
from citymgmt.refusals import WrongState
from tests.meetings.gatherings import Gathering
from tests.meetings.minutes.conftest import AFTER, made
from tests.racing import race

Change = Callable[[Gathering, Any, dict[str, Any]], object]


def first(gathering: Gathering) -> Any:
    return gathering.meeting.items.order_by("position").first()


CHANGES: dict[str, Change] = {
    "discussion": lambda one, item, how: save_discussion(item=item.pk, version=item.version, text="别的", **how),
    "new item": lambda one, item, how: add_item(title="新议题", **how),
    "order": lambda one, item, how: move_item(item=item.pk, to=2, **how),
    "fewer items": lambda one, item, how: remove_item(item=one.meeting.items.get(position=2).pk, **how),
    "attendance": lambda one, item, how: note_presence(seat=one.meeting.seats.first().pk, presence="absent", **how),
    "resolution": lambda one, item, how: make_resolution(
        by=how["by"], at=AFTER, meeting=how["pk"], wording=one.wording()
    ),
    "wording": lambda one, item, how: revise_resolution(
        number=one.meeting.resolutions.get().number, by=how["by"], at=AFTER, wording=one.wording(text="别的")
    ),
    "withdrawal": lambda one, item, how: act_on_resolution(
        "withdraw", number=one.meeting.resolutions.get().number, by=one.district.street.leader, at=AFTER, note="撤销"
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("state", ["checked", "signed"])
def test_what_minutes_tell_rests(discussed: Gathering, change: Change, state: str) -> None:
    how = {"by": discussed.district.street.clerk, "at": AFTER, "pk": discussed.meeting.pk}
    minutes = made(discussed, state)
    with pytest.raises(WrongState):
        change(discussed, first(discussed), how)
    take_back_minutes(by=how["by"], at=AFTER, pk=minutes.pk, version=minutes.version)
    assert change(discussed, first(discussed), how) is not False


def test_after_the_issue_a_correction_opens_the_texts(discussed: Gathering) -> None:
    clerk, item = discussed.district.street.clerk, first(discussed)
    how = {"by": clerk, "at": AFTER, "pk": discussed.meeting.pk, "item": item.pk, "version": item.version}
    made(discussed, "issued")
    with pytest.raises(WrongState):
        save_discussion(text="更正后的文字", **how)
    draft_minutes(by=clerk, at=AFTER, meeting=discussed.meeting.pk, reason="文字有误")
    assert save_discussion(text="更正后的文字", **how).discussion == "更正后的文字"


def test_a_wording_changed_while_it_is_checked(discussed_for_all: Gathering) -> None:
    """What is kept is what the resolution says: the change comes before the check, or is refused."""
    street, minutes = discussed_for_all.district.street, made(discussed_for_all, "draft")
    number = discussed_for_all.meeting.resolutions.get().number
    wording = discussed_for_all.wording(text="改过的决定")
    race(
        [
            lambda: check_minutes(by=street.clerk, at=AFTER, pk=minutes.pk, version=1),
            lambda: revise_resolution(number=number, by=street.clerk2, at=AFTER, wording=wording),
        ]
    )
    minutes.refresh_from_db()
    kept = [told["text"] for item in minutes.content["items"] for told in item["resolved"]]
    assert kept == [Resolution.objects.get(number=number).text]
