"""Sheets of replies: each reply leaves once, a sheet is the same each time it is saved."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import InternalError, transaction
from openpyxl import load_workbook

from cases.actions import perform
from cases.intake.actions.answering import record_call
from cases.intake.hotline.actions import reply_to_hotline, send_back_replies
from cases.intake.hotline.models import HotlineExport, HotlineExportRow, HotlineOrder
from cases.intake.hotline.returned import HEADINGS, sheet_of
from cases.models import Case
from citymgmt.refusals import NotPermitted, WrongState
from tests.intake.conftest import AT
from tests.intake.hotline_sheets import order_in
from tests.office import District
from tests.racing import race

HOUR = timedelta(hours=1)
Closed = Callable[..., Case]


def reply(district: District, order: HotlineOrder, *, is_final: bool = True, text: str = "已处理") -> None:
    """The clerk replies an hour after AT."""
    told = {"text": text, "is_final": is_final, "is_solved": True}
    reply_to_hotline(pk=order.pk, by=district.street.clerk, at=AT + HOUR, **told)  # type: ignore[arg-type]


def rows_of(export: HotlineExport) -> list[list[Any]]:
    """The cells of its sheet."""
    return [list(line) for line in load_workbook(BytesIO(sheet_of(export))).worksheets[0].iter_rows(values_only=True)]


def send(district: District, key: str = "one") -> HotlineExport:
    """The clerk makes the sheet two hours after AT."""
    return send_back_replies(by=district.street.clerk, at=AT + 2 * HOUR, request_key=key)


def test_what_the_hotline_gets_back(district: District, closed: Closed) -> None:
    ended, judged, declined, opened = (order_in(district, number=f"GZ{number}") for number in range(1, 5))
    for order in (ended, judged):
        closed(order.case)
    perform("decline", number=declined.case.number, by=district.street.clerk, at=AT, note="x")
    told = {"by": district.street.clerk, "at": AT, "is_solved": False, "score": 2}
    record_call(number=judged.case.number, **told)
    reply(district, ended, text="=1+1")
    for order in (judged, declined):
        reply(district, order)
    reply(district, opened, is_final=False, text="核实中")
    export = send(district)
    assert rows_of(export) == [
        list(HEADINGS),
        ["GZ1", "甲街", "已办结", "2026-03-04 09:00", "=1+1", "是", ""],
        ["GZ2", "甲街", "已办结", "2026-03-04 09:00", "已处理", "否", "不满意"],
        ["GZ3", "甲街", "不予受理", "2026-03-04 09:00", "已处理", "是", ""],
        ["GZ4", "甲街", "阶段性答复", "2026-03-04 10:00", "核实中", "", ""],
    ]
    cell = load_workbook(BytesIO(sheet_of(export))).worksheets[0]["E2"]
    assert cell.data_type == "s"
    left = dict(HotlineOrder.objects.values_list("number", "exported_at"))
    assert left == {"GZ1": export.at, "GZ2": export.at, "GZ3": export.at, "GZ4": None}


def test_the_same_request_and_the_same_sheet_are_the_same_file(district: District, closed: Closed) -> None:
    order = order_in(district)
    closed(order.case)
    reply(district, order)
    export = send(district)
    assert (send(district), HotlineExport.objects.count()) == (export, 1)
    first = sheet_of(export)
    record_call(number=order.case.number, by=district.street.clerk, at=AT + 3 * HOUR, is_solved=False, score=1)
    assert sheet_of(HotlineExport.objects.get()) == first
    with pytest.raises(InternalError, match="append-only"), transaction.atomic():
        HotlineExportRow.objects.update(cells=[])


def test_each_reply_leaves_once_and_only_the_latest_of_an_order(district: District, closed: Closed) -> None:
    order = order_in(district)
    reply(district, order, is_final=False, text="核实中")
    closed(order.case, AT + HOUR)
    reply(district, order)
    assert [line[4] for line in rows_of(send(district))[1:]] == ["已处理"]
    with pytest.raises(WrongState):
        send(district, "two")
    reply(district, order, text="更正")
    assert [line[4] for line in rows_of(send(district, "three"))[1:]] == ["更正"]
    with pytest.raises(WrongState):
        send(district, "four")
    assert HotlineExport.objects.count() == 2


def test_other_offices_replies_do_not_leave(district: District, closed: Closed) -> None:
    order = order_in(district)
    closed(order.case)
    reply(district, order)
    with pytest.raises(WrongState):
        send_back_replies(by=district.other.clerk, at=AT, request_key="one")


@pytest.mark.parametrize("role", ["officer", "auditor", "admin"])
def test_who_may_not_send_back(role: str, district: District) -> None:
    with pytest.raises(NotPermitted):
        send_back_replies(by=getattr(district.street, role), at=AT, request_key="one")


def test_a_leader_may_and_nobody_without_an_office(district: District, closed: Closed) -> None:
    order = order_in(district)
    closed(order.case)
    reply(district, order)
    assert send_back_replies(by=district.street.leader, at=AT, request_key="one").by == district.street.leader
    district.street.leader.subdistrict = None
    with pytest.raises(NotPermitted):
        send_back_replies(by=district.street.leader, at=AT, request_key="two")


def test_two_sheets_at_once_share_no_reply(committed: District) -> None:
    order = order_in(committed)
    perform("decline", number=order.case.number, by=committed.street.clerk, at=AT, note="x")
    reply(committed, order)
    answers = race([lambda: send(committed, "a"), lambda: send(committed, "b")])
    assert sum(isinstance(one, WrongState) for one in answers) == 1
    assert HotlineExportRow.objects.count() == 1
