"""Lists of residential areas as CSV or XLSX: usual headings to our names, texts to values, what is wrong by row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from citymgmt.fields import day_of
from citymgmt.middleware import is_hostile
from citymgmt.refusals import Invalid
from communities.importing import RowError, columns_of, file_lines
from communities.models import ResidentialArea

MOST_ROWS = 500  # of a sheet; one request writes them
HEADINGS: Mapping[str, str] = {
    "name": "name", "小区": "name", "小区名称": "name", "名称": "name",
    "community": "community", "社区": "community", "社区名称": "community", "所属社区": "community",
    "address": "address", "地址": "address",
    "kind": "kind", "类型": "kind", "小区类型": "kind",
    "buildings": "building_count", "楼栋数": "building_count", "楼栋": "building_count",
    "households": "household_count", "户数": "household_count",
    "floor_area_m2": "floor_area_m2", "建筑面积": "floor_area_m2", "建筑面积(㎡)": "floor_area_m2",
    "建筑面积（平方米）": "floor_area_m2", "建筑面积(平方米)": "floor_area_m2",
    "built_year": "built_year", "建成年份": "built_year", "建成年代": "built_year",
    "provider": "provider", "物业公司": "provider", "物业服务企业": "provider", "物业服务人": "provider",
    "fee": "fee", "物业费": "fee", "物业费(元/㎡·月)": "fee", "物业费（元/平方米·月）": "fee",
    "contract_from": "from_on", "合同起始": "from_on", "合同起始日": "from_on",
    "contract_until": "until_on", "合同终止": "until_on", "合同到期日": "until_on",
}  # fmt: skip
TEMPLATE = (
    "小区名称", "社区", "地址", "类型", "楼栋数", "户数", "建筑面积", "建成年份",
    "物业公司", "物业费", "合同起始日", "合同到期日",
)  # fmt: skip
COLUMN_OF: Mapping[str, str] = dict(
    zip(
        ("name", "community", "address", "kind", "building_count", "household_count", "floor_area_m2", "built_year",
         "provider", "fee", "from_on", "until_on"),
        TEMPLATE,
        strict=True,
    )
)  # fmt: skip
NEEDED = ("name", "community", "building_count", "household_count", "floor_area_m2")
KINDS: Mapping[str, str] = {  # as offices write them
    "旧小区": "old", "老旧小区": "old", "旧居住小区": "old", "商品房": "market", "单位宿舍": "unit", "单位房": "unit",
    "回迁房": "relocation", "安置房": "relocation", "公租房": "public", "城中村": "village", "其他": "other",
    "": "other",
    **{key: key for key in ResidentialArea.Kind.values},
}  # fmt: skip
CONTRACT = ("provider", "fee", "from_on", "until_on")


@dataclass(frozen=True)
class AreaRow:
    """A residential area of a file; `line` is its row there. `contract` has its four values, or is empty."""

    line: int
    community: str  # its name, or its code
    facts: Mapping[str, Any]
    contract: tuple[str, Decimal, date, date] | None = None


def read_areas(content: bytes) -> tuple[list[AreaRow], list[RowError]]:
    """The areas in a file, and what is wrong, by row. Raises: Invalid when the file as a whole cannot be read."""
    lines = file_lines(content)
    columns = columns_of(next(lines, (1, []))[1], HEADINGS, NEEDED)
    rows, errors = list[AreaRow](), list[RowError]()
    for line, cells in lines:
        if not any(cells):
            continue
        if len(rows) + len(errors) >= MOST_ROWS:
            raise Invalid(_("The file has more than %(most)s rows.") % {"most": MOST_ROWS})
        texts = {name: cells[column] if column < len(cells) else "" for name, column in columns.items()}
        try:
            rows.append(_row(line, texts))
        except ValueError as error:
            errors.append(RowError(line, str(error)))
    return rows, errors


def _row(line: int, texts: Mapping[str, str]) -> AreaRow:
    """Raises: ValueError with a sentence."""
    if is_hostile(texts.values()):
        raise ValueError(_("It holds characters that cannot be read."))
    for name in NEEDED:
        if not texts[name]:
            raise ValueError(_("“%(name)s” is missing.") % {"name": COLUMN_OF[name]})
    kind = KINDS.get("".join(texts.get("kind", "").split()))
    if kind is None:
        raise ValueError(_("“%(kind)s” is no kind of residential area.") % {"kind": texts["kind"][:30]})
    facts: dict[str, Any] = {"name": texts["name"], "address": texts.get("address", ""), "kind": kind}
    facts |= {name: _whole(texts[name], name) for name in ("building_count", "household_count")}
    facts["floor_area_m2"] = _decimal(texts["floor_area_m2"], "floor_area_m2")
    year = texts.get("built_year", "").removesuffix("年")
    facts["built_year"] = _whole(year, "built_year") if year else None
    return AreaRow(line, texts["community"], facts, _contract(texts))


def _contract(texts: Mapping[str, str]) -> tuple[str, Decimal, date, date] | None:
    given = [texts.get(name, "") for name in CONTRACT]
    if not any(given):
        return None
    if not all(given):
        raise ValueError(_("A contract has provider, fee, first and last day."))
    return given[0], _decimal(given[1], "fee"), _day(given[2], "from_on"), _day(given[3], "until_on")


def _whole(text: str, name: str) -> int:
    number = _decimal(text, name)
    if number != number.to_integral_value():
        raise ValueError(
            _("“%(text)s” in “%(name)s” is no whole number.") % {"text": text[:30], "name": COLUMN_OF[name]}
        )
    return int(number)


def _decimal(text: str, name: str) -> Decimal:
    try:
        number = Decimal(text.replace(",", "")) if text.isascii() and len(text) <= 20 else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= 10**9:
        raise ValueError(_("“%(text)s” in “%(name)s” is no number.") % {"text": text[:30], "name": COLUMN_OF[name]})
    return number


def _day(text: str, name: str) -> date:
    parts = text.split(" ")[0].replace("/", "-").replace(".", "-").split("-")
    found = day_of("-".join(part.zfill(2) for part in parts))
    if found is None:
        raise ValueError(
            _("“%(text)s” in “%(name)s” is no day such as 2026-03-31.") % {"text": text[:30], "name": COLUMN_OF[name]}
        )
    return found
