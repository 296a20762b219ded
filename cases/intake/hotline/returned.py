"""The sheet that the hotline takes back: its columns and words are the hotline's, so they are Chinese for everybody."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

from django.utils import timezone, translation

from cases.intake.hotline.models import HotlineExport, HotlineReply
from cases.intake.models.judging import Judgement
from citymgmt.sheets import write_excel

HEADINGS = ("工单编号", "办理单位", "办理结果", "办理时间", "答复内容", "是否解决", "满意度")
WIDTHS = (22, 18, 14, 18, 80, 10, 12)  # characters
INTERIM = "阶段性答复"
OUTCOMES: Mapping[str, str] = {  # how a case ended
    "closed": "已办结", "declined": "不予受理", "not_filed": "不予立案", "merged": "合并办理", "void": "作废",
}  # fmt: skip
YES_OR_NO: Mapping[bool | None, str] = {True: "是", False: "否", None: ""}


def cells_of(reply: HotlineReply, judgement: Judgement | None) -> list[str]:
    """A reply as a row of the sheet. What the caller said of the end counts before what the office says."""
    case = reply.order.case
    is_solved = judgement.is_solved if judgement and reply.is_final else reply.is_solved
    return [
        reply.order.number,
        reply.order.subdistrict.name_zh,
        OUTCOMES.get(case.state, INTERIM) if reply.is_final else INTERIM,
        _local(case.closed_at or reply.at) if reply.is_final else _local(reply.at),
        reply.text,
        YES_OR_NO[is_solved],
        _satisfaction(judgement) if reply.is_final else "",
    ]


def _satisfaction(judgement: Judgement | None) -> str:
    with translation.override("zh-hans"):
        return judgement.get_score_display() if judgement else ""


def _local(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def sheet_of(export: HotlineExport) -> bytes:
    """The sheet as an Excel file, the same bytes each time."""
    lines = [HEADINGS, *export.rows.order_by("id").values_list("cells", flat=True)]
    file = BytesIO()
    write_excel(lines, file, made_at=export.at, widths=WIDTHS)
    return file.getvalue()
