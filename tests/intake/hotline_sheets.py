"""Sheets and orders of the hotline for tests."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from cases.intake.hotline.actions import take_in_order
from cases.intake.hotline.models import HotlineOrder
from cases.intake.hotline.told import OrderTold
from tests.intake.conftest import AT
from tests.office import District

HEADINGS = (
    "工单编号", "来电时间", "来电人", "联系电话", "诉求类型", "紧急程度", "标题", "诉求内容", "地址", "社区",
    "受理时限", "办结时限",
)  # fmt: skip
ROW = {
    "工单编号": "GZ0001", "来电时间": "2026-03-04 08:30", "来电人": "王小明", "联系电话": "13800001234",
    "诉求类型": "投诉", "紧急程度": "一般", "标题": "占道经营", "诉求内容": "路口有人摆摊",
    "地址": "天河路1号", "社区": "甲街第1社区",
}  # fmt: skip
PHONE = ROW["联系电话"]


def row(**given: str) -> dict[str, str]:
    """A good row, with some cells otherwise."""
    return {**ROW, **given}


def csv_of(*rows: dict[str, str], headings: tuple[str, ...] = HEADINGS) -> bytes:
    """A sheet as CSV."""
    lines = [headings, *([one.get(heading, "") for heading in headings] for one in rows)]
    return "\n".join(",".join(line) for line in lines).encode()


def xlsx_of(*rows: dict[str, Any], headings: tuple[str, ...] = HEADINGS) -> bytes:
    """A sheet as a workbook."""
    book, file = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for line in [headings, *([one.get(heading) for heading in headings] for one in rows)]:
        sheet.append(list(line))
    book.save(file)
    return file.getvalue()


def told_of(**given: Any) -> OrderTold:
    """An order as the hotline tells it: called half an hour before AT."""
    usual: dict[str, Any] = {
        "number": "GZ0001", "kind": "complain", "urgency": "normal", "title": "占道经营",
        "called_at": AT - timedelta(minutes=30), "description": "路口有人摆摊", "caller": "王小明", "phone": PHONE,
    }  # fmt: skip
    return OrderTold(**{**usual, **given})


def order_in(district: District, at: datetime = AT, **given: Any) -> HotlineOrder:
    """An order that the clerk took in."""
    street = district.street
    order = take_in_order(subdistrict=street.subdistrict, told=told_of(**given), by=street.clerk, at=at)
    assert order is not None
    return order
