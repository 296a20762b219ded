"""Each month opens a sheet for each community whose office asks something, once."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from citymgmt.outbox.models import Message
from citymgmt.worktime import sweep
from communities.four_duties import actions
from communities.four_duties.actions import DutyTold
from communities.models import Community, DutySheet
from tests.communities.four_duties.conftest import BEGAN, DUE, Sheet, listed, sheet_of
from tests.office import District, china
from tests.racing import race


def test_a_sheet_keeps_what_is_asked(sheet: Sheet) -> None:
    found = sheet.now()
    assert (found.month_on, found.state, found.due_at, found.version) == (date(2026, 3, 1), "open", DUE, 1)
    assert [(one.name_zh, one.area, one.points, one.needs_photo, one.own_mark) for one in sheet.answers()] == [
        ("任务1", "network", 5, False, ""), ("任务2", "content", 10, False, ""), ("任务3", "law", 5, True, ""),
    ]  # fmt: skip


def test_once_a_month_for_active_communities_of_offices_that_ask(district: District) -> None:
    listed(district.street)
    own = district.street.communities
    Community.objects.filter(pk=own[1].pk).update(is_active=False)
    assert actions.open_sheets(at=BEGAN) == len(own) - 1
    assert actions.open_sheets(at=china("2026-03-31 23:59")) == 0
    assert set(DutySheet.objects.values_list("community", flat=True)) == {one.pk for one in own} - {own[1].pk}
    assert actions.open_sheets(at=china("2026-04-01 00:00")) == len(own) - 1


def test_duties_of_a_quarter_are_asked_at_its_end(district: District) -> None:
    told = DutyTold("季度任务", "", "law", 5, 1, rhythm="quarter")
    actions.save_duty(by=district.street.leader, at=BEGAN, told=told)
    assert actions.open_sheets(at=china("2026-02-10 09:00")) == 0
    assert actions.open_sheets(at=BEGAN) == len(district.street.communities)


def test_two_at_once_open_each_once(committed: District) -> None:
    listed(committed.street)
    counts = race([lambda: actions.open_sheets(at=BEGAN)] * 2)
    assert sum(counts) == DutySheet.objects.count() == len(committed.street.communities)


def test_a_list_that_changes_leaves_open_sheets_as_they_are(sheet: Sheet) -> None:
    actions.save_duty(by=sheet.street.leader, at=BEGAN, told=DutyTold("任务4", "", "law", 5, 4))
    assert len(sheet.answers()) == 3


def test_who_hands_nothing_in_is_urged_then_supervised(sheet: Sheet) -> None:
    sweep.run(DUE.replace(hour=9, minute=59))
    assert sheet.kinds() == ["duty_begin"]
    sweep.run(DUE)
    assert (sheet.kinds()[-1], sheet.now().rung) == ("duty_urge", 1)
    sweep.run(china("2026-04-08 18:00"))  # 清明 lies between
    assert (sheet.kinds()[-1], sheet.now().next_check_at) == ("duty_supervise", None)
    told = Message.objects.filter(link=sheet.now().get_absolute_url())
    street = sheet.street
    assert {(one.kind, one.recipient) for one in told} == {
        ("duty_urge", street.officer), ("duty_urge", street.clerk), ("duty_urge", street.clerk2),
        ("duty_supervise", street.officer), ("duty_supervise", street.leader),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"state": "handed_in"}, "duty_sheet_due_while_open"), ({"due_at": None}, "duty_sheet_due_while_open"),
        ({"score_tenths": 5}, "duty_sheet_score_is_confirmed"),
        ({"month_on": date(2026, 3, 2)}, "duty_sheet_of_a_month"),
    ],
)  # fmt: skip
def test_what_the_database_refuses(sheet: Sheet, values: dict, name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        DutySheet.objects.filter(pk=sheet.pk).update(**values)


def test_one_sheet_a_month_by_the_database(district: District) -> None:
    sheet = sheet_of(district)
    row = sheet.now()
    row.pk = None
    with pytest.raises(IntegrityError, match="duty_sheet_once_a_month"), transaction.atomic():
        row.save()
