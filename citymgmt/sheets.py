"""Lines written as CSV or Excel, safe to open in a spreadsheet.

A cell of a CSV that a spreadsheet would take for a formula begins with an apostrophe; Excel cells are all text.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from django.utils import timezone

BOM = "\ufeff"
R = TypeVar("R")
Columns = tuple[tuple[Any, Callable[[R], Any]], ...]  # heading and cell
KINDS = ("xlsx", "csv")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def safe(cell: str) -> str:
    """The cell as text for every spreadsheet: what it would take for a formula begins with an apostrophe."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(lines: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines as CSV with a byte order mark, by which Excel knows the encoding."""
    writer = csv.writer(_Echo())
    return chain([BOM], (writer.writerow([safe(cell) for cell in line]) for line in lines))


def write_csv(lines: Iterable[Sequence[str]], path: Path) -> None:
    """Write the lines as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(csv_lines(lines))


def write_excel(
    lines: Iterable[Sequence[str]],
    target: Path | BinaryIO,
    *,
    made_at: datetime | None = None,
    widths: Sequence[int] = (),
) -> None:
    """Write the lines as an Excel sheet whose cells are all text; memory stays small however many there are.

    With `made_at` the same lines give the same bytes again. `widths` are those of the first columns, in characters.
    """
    from xlsxwriter import Workbook  # here, because web processes seldom write one: 12 MB

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(str(target) if isinstance(target, Path) else target, options) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 20, 18)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        if made_at is not None:
            book.set_properties({"created": made_at.astimezone(UTC)})
        bold = book.add_format({"bold": True})
        for number, line in enumerate(lines):
            for position, cell in enumerate(line):
                sheet.write_string(number, position, cell, bold if number == 0 else None)


def table(columns: Columns[R], rows: Iterable[R]) -> Iterator[list[str]]:
    """The headings, then a line for each row, in the reader's language."""
    yield [str(heading) for heading, _cell in columns]
    for row in rows:
        yield [_text(cell(row)) for _heading, cell in columns]


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
