"""Reading lists of institutions from CSV and XLSX files: text in, rows and errors by row out; writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from citymgmt.middleware import is_hostile
from communities.importing import RowError, texts_by_name
from communities.institutions.told import InstitutionTold
from communities.models import InstitutionKind

# heading of a column, as offices write it, to our name; compared without spaces and in lower case
HEADINGS: Mapping[str, str] = {
    "community": "community", "社区": "community", "所属社区": "community", "社区名称": "community",
    "社区代码": "community",
    "name": "name", "名称": "name", "单位名称": "name", "机团单位": "name",
    "kind": "kind", "类型": "kind", "单位类型": "kind", "类别": "kind", "单位性质": "kind",
    "credit_code": "credit_code", "统一社会信用代码": "credit_code", "信用代码": "credit_code",
    "address": "address", "地址": "address", "单位地址": "address",
    "area_text": "area_text", "责任区": "area_text", "责任区范围": "area_text", "门前三包范围": "area_text",
    "frontage_m": "frontage_m", "临街长度": "frontage_m", "临街长度(米)": "frontage_m", "临街长度（米）": "frontage_m",
    "contact_name": "contact_name", "联系人": "contact_name",
    "office_phone": "office_phone", "办公电话": "office_phone", "联系电话": "office_phone", "电话": "office_phone",
}  # fmt: skip
KINDS: Mapping[str, str] = {  # as offices write them
    **{kind: kind for kind in InstitutionKind.values},
    "机关": "office", "机关单位": "office", "党政机关": "office", "事业": "public", "事业单位": "public",
    "企业": "company", "公司": "company", "学校": "school", "幼儿园": "school", "学校、幼儿园": "school",
    "医院": "hospital", "诊所": "hospital", "医疗机构": "hospital", "商户": "shop", "商铺": "shop", "店铺": "shop",
    "餐饮": "shop", "其他": "other", "其它": "other", "社会团体": "other", "团体": "other",
}  # fmt: skip
MOST_DIGITS = 9


@dataclass(frozen=True)
class InstitutionRow:
    """One institution of a file; `line` is its row there, the heading being row 1. `community` is a name or a code."""

    line: int
    community: str
    told: InstitutionTold


def read_institutions(content: bytes) -> tuple[list[InstitutionRow], list[RowError]]:
    """The institutions in a CSV (UTF-8 or GB18030) or XLSX file, and what is wrong, by row.

    Raises: Invalid when the file as a whole cannot be read.
    """
    rows: list[InstitutionRow] = []
    errors: list[RowError] = []
    for line, texts in texts_by_name(content, HEADINGS, ("community", "name", "kind")):
        sentence = _fault(texts)
        if sentence:
            errors.append(RowError(line, sentence))
        else:
            rows.append(_row(line, texts))
    return rows, errors


def _fault(texts: Mapping[str, str]) -> str:
    """The first thing wrong with a row; empty when there is none."""
    metres = texts.get("frontage_m", "")
    if is_hostile(texts.values()):
        return _("It holds characters that cannot be read.")
    if not texts.get("name"):
        return _("The institution has no name.")
    if texts.get("kind", "").lower() not in KINDS:
        return _("“%(name)s” is no known kind of institution.") % {"name": texts.get("kind", "")}
    if metres and not (metres.isascii() and metres.isdigit() and len(metres) <= MOST_DIGITS):
        return _("The frontage must be a whole number of metres.")
    return ""


def _row(line: int, texts: Mapping[str, str]) -> InstitutionRow:
    metres = texts.get("frontage_m", "")
    told: dict[str, Any] = {name: text for name, text in texts.items() if name != "community"}
    told |= {"kind": KINDS[texts["kind"].lower()], "frontage_m": int(metres) if metres else None}
    return InstitutionRow(line, texts.get("community", ""), InstitutionTold(**told))
