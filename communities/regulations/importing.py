"""Reading lists of regulations from CSV and XLSX files: text in, rows and errors by row out; writes nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from citymgmt.middleware import is_hostile
from communities.importing import RowError, texts_by_name
from communities.models import Regulation
from communities.regulations.told import RegulationTold

HEADINGS: Mapping[str, str] = {
    "title": "title", "名称": "title", "标题": "title", "文件名称": "title", "制度名称": "title",
    "number": "number", "文号": "number", "发文字号": "number",
    "kind": "kind", "类别": "kind", "类型": "kind", "效力级别": "kind",
    "issuer": "issuer", "发文机关": "issuer", "发布机关": "issuer", "制定机关": "issuer",
    "issued_on": "issued_on", "发布日期": "issued_on", "发文日期": "issued_on", "公布日期": "issued_on",
    "effective_on": "effective_on", "施行日期": "effective_on", "生效日期": "effective_on", "实施日期": "effective_on",
    "source": "source", "网址": "source", "来源": "source",
}  # fmt: skip
KINDS: Mapping[str, str] = {
    **{kind: kind for kind in Regulation.Kind.values},
    "法律": "law", "行政法规": "state", "部门规章": "rule", "规章": "rule", "地方性法规": "local", "地方法规": "local",
    "地方政府规章": "local", "规范性文件": "policy", "管理制度": "office", "制度": "office", "内部制度": "office",
}  # fmt: skip
DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?: 00:00:00)?\Z", re.ASCII)
NEEDED = ("title", "kind", "issuer", "issued_on", "effective_on")


@dataclass(frozen=True)
class RegulationRow:
    """One regulation of a file; `line` is its row there, the heading being row 1."""

    line: int
    told: RegulationTold


def read_regulations(content: bytes) -> tuple[list[RegulationRow], list[RowError]]:
    """The regulations in a CSV (UTF-8 or GB18030) or XLSX file, and what is wrong, by row.

    Raises: Invalid when the file as a whole cannot be read.
    """
    rows: list[RegulationRow] = []
    errors: list[RowError] = []
    for line, texts in texts_by_name(content, HEADINGS, NEEDED):
        days = {name: _day(texts.get(name, "")) for name in ("issued_on", "effective_on")}
        sentence = _fault(texts, days)
        if sentence:
            errors.append(RowError(line, sentence))
        else:
            told: dict[str, Any] = {**texts, **days, "kind": KINDS[texts["kind"]]}
            rows.append(RegulationRow(line, RegulationTold(**told)))
    return rows, errors


def _fault(texts: Mapping[str, str], days: Mapping[str, date | None]) -> str:
    """The first thing wrong with a row; empty when there is none."""
    if is_hostile(texts.values()):
        return _("It holds characters that cannot be read.")
    if texts.get("kind", "") not in KINDS:
        return _("“%(name)s” is no known kind of regulation.") % {"name": texts.get("kind", "")}
    wrong = [name for name, day in days.items() if day is None]
    return _("“%(text)s” is no day.") % {"text": texts.get(wrong[0], "")} if wrong else ""


def _day(text: str) -> date | None:
    found = DAY.match(text)
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None
