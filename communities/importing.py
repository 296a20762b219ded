"""Reading lists of communities from CSV and XLSX files: text in, rows and errors by row out; writes nothing."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _

from citymgmt.middleware import is_hostile
from citymgmt.refusals import Invalid

MOST_ROWS, MOST_COLUMNS = 20_000, 60
LARGEST_FILE, LARGEST_UNPACKED = 20_000_000, 200_000_000  # bytes

# heading of a column, as offices write it, to our name; compared without spaces and in lower case
HEADINGS: Mapping[str, str] = {
    "district_code": "district_code", "区代码": "district_code", "区划代码": "district_code",
    "district": "district", "区": "district", "区县": "district",
    "street_code": "street_code", "街道代码": "street_code",
    "street": "street", "街道": "street", "街道名称": "street",
    "street_en": "street_en", "街道英文名": "street_en",
    "code": "code", "community_code": "code", "社区代码": "code", "代码": "code",
    "community": "community", "社区": "community", "社区名称": "community", "name": "community",
    "community_en": "community_en", "社区英文名": "community_en",
    "urban_rural_class": "urban_rural_class", "城乡分类": "urban_rural_class",
    "office_address": "office_address", "办公地址": "office_address", "地址": "office_address",
    "office_phone": "office_phone", "办公电话": "office_phone", "电话": "office_phone",
}  # fmt: skip
LONGEST: Mapping[str, int] = {
    "district": 60, "street": 120, "street_en": 160, "community": 120, "community_en": 160,
    "urban_rural_class": 20, "office_address": 200, "office_phone": 30,
}  # fmt: skip


@dataclass(frozen=True)
class ImportRow:
    """One community of a file; `line` is its row there, the heading being row 1. Missing texts are empty."""

    line: int
    street_code: str  # nine digits
    community: str
    district_code: str = ""  # six digits
    district: str = ""
    street: str = ""
    street_en: str = ""
    code: str = ""  # twelve digits
    community_en: str = ""
    urban_rural_class: str = ""
    office_address: str = ""
    office_phone: str = ""


@dataclass(frozen=True)
class RowError:
    """What is wrong with a row of the file."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return _("Row %(line)s: %(what)s") % {"line": self.line, "what": self.sentence}


NAMES = tuple(field.name for field in fields(ImportRow) if field.name != "line")


def read_rows(content: bytes) -> tuple[list[ImportRow], list[RowError]]:
    """The communities in a CSV (UTF-8 or GB18030) or XLSX file, and what is wrong, by row.

    Raises: Invalid when the file as a whole cannot be read.
    """
    return _checked(texts_by_name(content, HEADINGS, ("street_code", "community")))


def file_lines(content: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows of a CSV (UTF-8 or GB18030) or XLSX file with their numbers, the heading being row 1.

    Raises: Invalid, also while it is read, when the file as a whole cannot be read.
    """
    if len(content) > LARGEST_FILE:
        raise Invalid(_("The file is larger than 20 MB."))
    return _xlsx_lines(content) if content.startswith(b"PK") else _csv_lines(content)


def _csv_lines(content: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    text = _decoded(content)
    heading = text.partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for line, cells in enumerate(reader, start=1):
            yield line, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise Invalid(_("The file is no readable CSV: %(why)s") % {"why": error}) from error


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid(_("The file is neither UTF-8 nor GB18030 text, nor an XLSX workbook."))


def _xlsx_lines(content: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    from openpyxl import load_workbook  # here, because web processes seldom read one: 20 MB
    from openpyxl.utils.exceptions import InvalidFileException

    broken = (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError, OSError, EOFError)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST_UNPACKED:
                raise Invalid(_("The workbook unpacks to more than 200 MB."))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says about its size need not be true
        for line, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield line, [_as_text(cell) for cell in cells[:MOST_COLUMNS]]
    except (*broken, IndexError) as error:
        raise Invalid(_("The file is no readable XLSX workbook.")) from error


def _as_text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()


def texts_by_name(
    content: bytes, headings: Mapping[str, str], needed: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a file that are not empty, by their line: the texts of the columns that `headings` knows, by our
    names. Raises: Invalid, also while it is read (no readable file; a needed column is missing; too many rows).
    """
    lines = file_lines(content)
    columns = columns_of(next(lines, (1, []))[1], headings, needed)
    filled = ((line, cells) for line, cells in lines if any(cells))
    for number, (line, cells) in enumerate(filled, start=1):
        if number > MOST_ROWS:
            raise Invalid(_("The file has more than %(most)s rows.") % {"most": MOST_ROWS})
        yield line, {name: cells[column] for name, column in columns.items() if column < len(cells)}


def _checked(lines: Iterator[tuple[int, dict[str, str]]]) -> tuple[list[ImportRow], list[RowError]]:
    rows: list[ImportRow] = []
    errors: list[RowError] = []
    for line, texts in lines:
        sentence = _fault(texts)
        if sentence:
            errors.append(RowError(line, sentence))
        else:
            rows.append(_row(line, texts))
    return rows, errors


def columns_of(headings: Sequence[str], known: Mapping[str, str], needed: Iterable[str]) -> dict[str, int]:
    """The column of each of our names, by the headings that are known (without spaces, in lower case).

    Raises: Invalid when a needed one is missing or one is named twice.
    """
    columns: dict[str, int] = {}
    for column, heading in enumerate(headings[:MOST_COLUMNS]):
        name = known.get("".join(heading.split()).lower())
        if name in columns:
            raise Invalid(_("The column “%(name)s” stands in the file twice.") % {"name": heading})
        if name:
            columns[name] = column
    missing = [name for name in needed if name not in columns]
    if missing:
        raise Invalid(_("The heading has no column “%(names)s”.") % {"names": ", ".join(missing)})
    return columns


def _fault(texts: Mapping[str, str]) -> str:
    """The first thing wrong with a row; empty when there is none."""
    checks: Iterable[tuple[bool, str]] = (
        (is_hostile(texts.values()), _("It holds characters that cannot be read.")),
        (not texts.get("community"), _("The community has no name.")),
        (not _is_digits(texts.get("street_code", ""), 9, 12), _("The sub-district code must have 9 or 12 digits.")),
        (not _is_digits(texts.get("district_code", ""), 0, 6), _("The district code must have six digits.")),
        (not _is_digits(texts.get("code", ""), 0, 12), _("The community code must have twelve digits.")),
        (not _codes_agree(texts), _("The codes of district, sub-district and community do not fit together.")),
    )
    for is_wrong, sentence in checks:
        if is_wrong:
            return sentence
    return _too_long(texts)


def _too_long(texts: Mapping[str, str]) -> str:
    long = [name for name, most in LONGEST.items() if len(texts.get(name, "")) > most]
    return _("The text in “%(name)s” is too long.") % {"name": long[0]} if long else ""


def _is_digits(text: str, *lengths: int) -> bool:
    return len(text) in lengths and (not text or (text.isascii() and text.isdigit()))


def _codes_agree(texts: Mapping[str, str]) -> bool:
    street = texts["street_code"][:9] if texts.get("street_code") else ""
    return street.startswith(texts.get("district_code", "")) and (
        not texts.get("code") or texts["code"].startswith(street)
    )


def _row(line: int, texts: Mapping[str, str]) -> ImportRow:
    given = {name: text for name, text in texts.items() if name in NAMES}
    return ImportRow(line=line, **{**given, "street_code": texts["street_code"][:9]})
