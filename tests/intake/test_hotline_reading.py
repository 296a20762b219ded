"""Sheets of the hotline: usual headings, moments as people write them, and what makes a row or a sheet unusable."""

from datetime import datetime
from typing import Any

import pytest

from cases.intake.hotline.reading import HEADINGS, MOST_ROWS, read_orders
from cases.intake.hotline.told import OrderTold, as_text, from_text
from citymgmt.refusals import Invalid
from communities.importing import file_lines
from tests.intake.conftest import AT
from tests.intake.hotline_sheets import ROW, csv_of, row, xlsx_of
from tests.office import china

WHOLE = OrderTold(
    number="GZ0001",
    kind="complain",
    urgency="normal",
    title="占道经营",
    called_at=china("2026-03-04 08:30"),
    description="路口有人摆摊",
    community="甲街第1社区",
    address="天河路1号",
    caller="王小明",
    phone="13800001234",
    line=2,
)


def one(**given: str) -> OrderTold:
    """The order of a sheet of one row."""
    orders, faults = read_orders(csv_of(row(**given)), now=AT)
    assert faults == []
    return orders[0]


@pytest.mark.parametrize("content", [csv_of(ROW), xlsx_of(ROW), csv_of(ROW).decode().encode("gb18030")])
def test_a_row_is_an_order(content: bytes) -> None:
    assert read_orders(content, now=AT) == ([WHOLE], [])
    assert from_text(as_text([WHOLE])) == [WHOLE]
    assert from_text("") == []


def test_cells_of_a_workbook_may_be_moments_and_numbers() -> None:
    given = {**ROW, "来电时间": datetime(2026, 3, 4, 8, 30), "工单编号": 20260304001, "办结时限": datetime(2026, 3, 9)}
    orders, faults = read_orders(xlsx_of(given), now=AT)
    assert (faults, orders[0].number, orders[0].called_at) == ([], "20260304001", WHOLE.called_at)
    assert orders[0].finish_due_at == china("2026-03-09 23:59")


def test_other_headings_mean_the_same_and_the_first_of_several_is_read() -> None:
    headings = (
        "工单号",
        "受理时间",
        "登记时间",
        "诉求人",
        "联系人",
        "来电号码",
        "工单类型",
        "紧急级别",
        "内容",
        "派单时间",
    )
    cells = ("A1", "2026-03-03", "2026-03-04 08:00", "甲", "乙", "1", "咨询", "特急", "x", "2026-03-04 08:20")
    orders, faults = read_orders(csv_of(dict(zip(headings, cells, strict=True)), headings=headings), now=AT)
    assert (faults, orders[0].called_at, orders[0].caller) == ([], china("2026-03-04 08:00"), "甲")
    assert (orders[0].kind, orders[0].urgency, orders[0].title) == ("consult", "critical", "")
    assert orders[0].sent_at == china("2026-03-04 08:20")
    assert {heading for heading in HEADINGS if heading != heading.lower()} == set()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-03-04 08:05", "2026-03-04 08:05"),
        ("2026/3/4 8:05:59", "2026-03-04 08:05:59"),
        ("2026.03.04 08:05", "2026-03-04 08:05"),
        ("2026年3月4日 8时5分", "2026-03-04 08:05"),
        ("2026年3月4日8:05", "2026-03-04 08:05"),
        ("2026-03-04T08:05:00", "2026-03-04 08:05"),
        ("2026-03-04 08:05:00.500000", "2026-03-04 08:05"),
        ("2026-03-04", "2026-03-04 00:00"),
    ],
)
def test_moments_as_people_write_them(written: str, meant: str) -> None:
    assert one(来电时间=written).called_at == china(meant)


def test_limits_of_a_day_hold_until_it_is_over() -> None:
    order = one(受理时限="2026-03-04", 办结时限="2026年3月9日")
    assert (order.accept_due_at, order.finish_due_at) == (china("2026-03-04 23:59"), china("2026-03-09 23:59"))


def test_what_is_sent_on_the_day_of_the_call_is_not_before_it() -> None:
    content = csv_of({**ROW, "派单时间": "2026-03-04"}, headings=(*ROW, "派单时间"))
    assert read_orders(content, now=AT)[0][0].sent_at == WHOLE.called_at


def test_without_kind_and_urgency_it_is_an_ordinary_request_for_help() -> None:
    order = one(诉求类型="", 紧急程度="", 诉求内容="")
    assert (order.kind, order.urgency, order.description) == ("help", "normal", "占道经营")


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"工单编号": ""}, "The number is missing."),
        ({"工单编号": "1" * 41}, "The text in “工单编号” is longer than 40 characters."),
        ({"来电时间": ""}, "The time of the call is missing."),
        ({"来电时间": "昨天"}, "The time of the call cannot be read."),
        ({"来电时间": "2026-02-30 08:00"}, "The time of the call cannot be read."),
        ({"来电时间": "1999-12-31"}, "The time of the call cannot be read."),
        ({"来电时间": "2026-03-04 09:01"}, "The call lies in the future."),
        ({"诉求类型": "表扬"}, "This kind of call is not known."),
        ({"紧急程度": "马上"}, "This urgency is not known."),
        ({"诉求内容": "", "标题": ""}, "Nothing describes the matter."),
        ({"诉求内容": "x" * 2001}, "The text in “诉求内容” is longer than 2000 characters."),
        ({"来电人": "\x01"}, "It holds characters that cannot be read."),
        ({"受理时限": "x"}, "The limit for accepting cannot be read."),
        ({"办结时限": "2026-13-01"}, "The limit for finishing cannot be read."),
        ({"办结时限": "2026-03-03"}, "A limit lies before the call."),
        ({"派单时间": "x"}, "The time of sending cannot be read."),
        ({"派单时间": "2026-03-03 23:00"}, "It was sent before the call."),
    ],
)
def test_a_wrong_row_is_told_and_the_others_are_read(given: dict[str, str], sentence: str) -> None:
    headings = (*ROW, "受理时限", "办结时限", "派单时间")
    orders, faults = read_orders(csv_of(row(**given), row(工单编号="GZ0002"), headings=headings), now=AT)
    assert [order.number for order in orders] == ["GZ0002"]
    assert [str(fault) for fault in faults] == [f"Row 2: {sentence}"]
    assert "王小明" not in f"{faults}"


@pytest.mark.usefixtures("english")
def test_the_second_row_of_a_number_is_told() -> None:
    orders, faults = read_orders(csv_of(ROW, {}, ROW), now=AT)
    assert (len(orders), [str(one) for one in faults]) == (1, ["Row 4: The same number stands in row 2 already."])


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file has no column “工单编号”."),
        ("工单编号,诉求内容\n1,x".encode(), "The file has no column “来电时间”."),
        ("工单编号,来电时间\n1,2026-03-04".encode(), "The file has no column “诉求内容”."),
        (b"PK\x03\x04 no workbook", "The file is no readable XLSX workbook."),
        (b"\xff\xff\xff", "The file is neither UTF-8 nor GB18030 text, nor an XLSX workbook."),
    ],
)
def test_sheets_that_cannot_be_read(content: bytes, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_orders(content, now=AT)
    assert str(refused.value) == sentence


def test_a_sheet_of_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def lines(content: bytes) -> Any:
        yield from ((line, cells) for line, cells in file_lines(content) if line == 1)
        yield MOST_ROWS + 2, ["x"]

    monkeypatch.setattr("cases.intake.hotline.reading.file_lines", lines)
    with pytest.raises(Invalid):
        read_orders(csv_of(), now=AT)
