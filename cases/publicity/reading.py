"""Lists of publicity as CSV or XLSX: usual headings to our names, texts to values, what is wrong by row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.publicity.kinds import KINDS
from cases.publicity.told import ItemTold
from citymgmt.fields import day_of
from citymgmt.middleware import is_hostile
from citymgmt.refusals import Invalid
from communities.importing import RowError, texts_by_name

MOST_ROWS, MOST_DIGITS = 500, 8  # of a sheet, which one request writes; of a number
HEADINGS: Mapping[str, str] = {
    "kind": "kind", "类型": "kind", "宣传类型": "kind", "形式": "kind", "宣传形式": "kind",
    "theme": "theme", "主题": "theme", "宣传主题": "theme", "内容": "theme", "名称": "theme",
    "community": "community", "社区": "community", "所属社区": "community", "社区名称": "community",
    "place": "address", "地点": "address", "张贴地点": "address", "位置": "address",
    "maker": "maker", "制作单位": "maker", "单位": "maker", "组织单位": "maker",
    "quantity": "quantity", "数量": "quantity",
    "unit": "unit", "计量单位": "unit", "量词": "unit",
    "reached": "reached", "覆盖人数": "reached", "受众人数": "reached", "宣传人数": "reached",
    "responsible": "responsible", "责任人": "responsible",
    "planned_on": "planned_on", "计划日期": "planned_on", "日期": "planned_on",
    "put_on": "put_on", "发布日期": "put_on", "张贴日期": "put_on", "实际日期": "put_on",
    "until_on": "until_on", "撤除期限": "until_on", "到期日": "until_on",
    "down_on": "down_on", "撤除日期": "down_on",
    "web": "web", "网址": "web", "链接": "web",
}  # fmt: skip
TEMPLATE = (
    "类型", "主题", "社区", "地点", "制作单位", "数量", "计量单位", "责任人", "计划日期", "发布日期", "撤除期限",
    "撤除日期", "覆盖人数", "网址",
)  # fmt: skip
NAMES = (
    "kind", "theme", "community", "address", "maker", "quantity", "unit", "responsible", "planned_on", "put_on",
    "until_on", "down_on", "reached", "web",
)  # fmt: skip
COLUMN_OF: Mapping[str, str] = dict(zip(NAMES, TEMPLATE, strict=True))
NEEDED = ("kind", "theme", "quantity", "planned_on")
KINDS_TOLD: Mapping[str, str] = {  # as offices write them
    "墙报": "wall", "板报": "wall", "墙报(板报)": "wall", "墙报（板报）": "wall", "宣传栏": "wall",
    "单张": "leaflet", "传单": "leaflet", "宣传单张": "leaflet", "宣传资料": "leaflet", "折页": "leaflet",
    "海报": "poster", "宣传海报": "poster", "横幅": "banner", "标语": "banner", "条幅": "banner",
    "新媒体": "online", "微信": "online", "公众号": "online", "网络": "online", "微信公众号": "online",
    "宣讲": "talk", "讲座": "talk", "设摊": "talk", "摆摊": "talk", "宣传摊位": "talk", "宣讲、设摊": "talk",
    **{key: key for key in KINDS},
}  # fmt: skip


@dataclass(frozen=True)
class ItemRow:
    """An item of a file; `line` is its row there. Community is a name or a code, empty for the whole sub-district."""

    line: int
    community: str
    responsible: str
    told: ItemTold
    put_on: date | None = None
    down_on: date | None = None
    reached: int | None = None
    web: str = ""


def read_items(content: bytes) -> tuple[list[ItemRow], list[RowError]]:
    """The items in a file, and what is wrong, by row. Raises: Invalid when the file as a whole cannot be read."""
    rows, errors = list[ItemRow](), list[RowError]()
    for line, texts in texts_by_name(content, HEADINGS, NEEDED):
        if len(rows) + len(errors) >= MOST_ROWS:
            raise Invalid(_("The file has more than %(most)s rows.") % {"most": MOST_ROWS})
        try:
            rows.append(_row(line, texts))
        except ValueError as error:
            errors.append(RowError(line, str(error)))
    return rows, errors


def _row(line: int, texts: Mapping[str, str]) -> ItemRow:
    """Raises: ValueError with a sentence."""
    if is_hostile(texts.values()):
        raise ValueError(_("It holds characters that cannot be read."))
    for name in NEEDED:
        if not texts.get(name):
            raise ValueError(_("“%(name)s” is missing.") % {"name": COLUMN_OF[name]})
    kind = KINDS_TOLD.get("".join(texts["kind"].split()))
    if kind is None:
        raise ValueError(_("“%(kind)s” is no kind of publicity.") % {"kind": texts["kind"][:30]})
    days = {name: _day(texts, name) for name in ("planned_on", "put_on", "until_on", "down_on")}
    planned_on = days["planned_on"]
    assert planned_on is not None  # it is needed
    plain: dict[str, Any] = {name: texts.get(name, "") for name in ("theme", "address", "maker", "unit")}
    quantity = _whole(texts, "quantity") or 0
    told = ItemTold(kind=kind, planned_on=planned_on, quantity=quantity, until_on=days["until_on"], **plain)
    reached = _whole(texts, "reached")
    place = {"community": texts.get("community", ""), "responsible": texts.get("responsible", "")}
    return ItemRow(line, **place, told=told, put_on=days["put_on"], down_on=days["down_on"], reached=reached,
                   web=texts.get("web", ""))  # fmt: skip


def _whole(texts: Mapping[str, str], name: str) -> int | None:
    text = texts.get(name, "").replace(",", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        told = {"text": text[:30], "name": COLUMN_OF[name]}
        raise ValueError(_("“%(text)s” in “%(name)s” is no whole number.") % told)
    return int(text)


def _day(texts: Mapping[str, str], name: str) -> date | None:
    text = texts.get(name, "")
    if not text:
        return None
    parts = text.split(" ")[0].replace("/", "-").replace(".", "-").split("-")
    found = day_of("-".join(part.zfill(2) for part in parts))
    if found is None:
        told = {"text": text[:30], "name": COLUMN_OF[name]}
        raise ValueError(_("“%(text)s” in “%(name)s” is no day such as 2026-03-31.") % told)
    return found
