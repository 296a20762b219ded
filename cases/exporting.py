"""Files of the list of cases: exactly its rows, order and columns, as CSV or Excel.

Personal data of reporters is in no column.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.utils import translation

from cases.columns import Column, headings, values
from cases.keyset import Key
from cases.listing import in_order
from cases.models import Case
from cases.named import named
from citymgmt.sheets import write_csv, write_excel

CHUNK = 1000
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


def counting(lines: Iterable[Sequence[str]], progress: Progress) -> Iterator[Sequence[str]]:
    """The lines, telling after each chunk, and at the end, how many cases went by."""
    done = -1  # the headings are no case
    for done, line in enumerate(lines):
        yield line
        if done and done % CHUNK == 0:
            progress(done)
    progress(max(done, 0))


WRITERS: dict[str, Callable[[Iterable[Sequence[str]], Path], None]] = {"csv": write_csv, "xlsx": write_excel}
