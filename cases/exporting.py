"""Files of the list of cases: exactly its rows, order and columns, as CSV or Excel, safe to open in a spreadsheet.

A cell of a CSV that a spreadsheet would take for a formula begins with an apostrophe; Excel cells are all text.
Personal data of reporters is in no column.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from django.utils import translation

from cases.columns import Column, headings, values
from cases.keyset import Key
from cases.listing import in_order
from cases.models import Case
from cases.named import named

CHUNK = 1000
BOM = "\ufeff"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
Progress = Callable[[int], None]


def table(rows: Any, keys: Sequence[Key], columns: Sequence[Column], language: str) -> Iterator[list[str]]:
    """The headings, then a line for each case, read through a cursor of the server."""
    with translation.override(language):
        yield headings(columns)
    cases: Iterator[Case] = in_order(named(rows), keys).iterator(chunk_size=CHUNK)
    for case in cases:
        with translation.override(language):
            line = values(columns, case)
        yield line


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


def counting(lines: Iterable[Sequence[str]], progress: Progress) -> Iterator[Sequence[str]]:
    """The lines, telling after each chunk, and at the end, how many cases went by."""
    done = -1  # the headings are no case
    for done, line in enumerate(lines):
        yield line
        if done and done % CHUNK == 0:
            progress(done)
    progress(max(done, 0))


WRITERS: dict[str, Callable[[Iterable[Sequence[str]], Path], None]] = {"csv": write_csv, "xlsx": write_excel}
