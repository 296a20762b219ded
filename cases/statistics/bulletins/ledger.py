"""The ledgers of a bulletin as one Excel file: the evaluation by community and department, the cases, what is open.

The cases are those that the bulletin counts as reported, in the order of their reports; whether each was on time is as
it was judged then, and what happened to it later is not told. Texts are in the bulletin's language; none is a formula.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.columns import local_minute
from cases.named import named
from cases.statistics.bulletins.models import Bulletin
from cases.statistics.bulletins.month import Month
from cases.statistics.bulletins.phrases import NONE
from cases.statistics.bulletins.snapshots import month_of
from cases.statistics.models import Dimension, FrozenFact
from cases.statistics.querysets import Asked, frozen_counted
from cases.statistics.ranking import rows_of_frozen
from cases.statistics.workbook import prepare_print, write_evaluation

CHUNK = 500
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
Progress = Callable[[int], None]
Line = Sequence[str | int]


@dataclass(frozen=True)
class Column:
    """A column of the ledger: its heading, its width in characters, and what it holds of a case at a moment."""

    label: Promise | str
    width: int
    read: Callable[[FrozenFact, datetime], str | int]


def _of_case(name: str) -> Callable[[FrozenFact, datetime], str]:
    return lambda fact, _at: str(getattr(fact.case, name) or "")


def _until(name: str) -> Callable[[FrozenFact, datetime], str]:
    """A moment of the case, unless it came after the figures were judged."""

    def read(fact: FrozenFact, at: datetime) -> str:
        moment: datetime | None = getattr(fact.case, name)
        return local_minute(moment) if moment is not None and moment <= at else ""

    return read


def _disorder(fact: FrozenFact, _at: datetime) -> str:
    category = fact.case.category
    return str(category.disorder) if category is not None else ""


def _place(fact: FrozenFact, _at: datetime) -> str:
    """The key place, else the address."""
    return str(fact.case.key_place or fact.case.address)


def _who(fact: FrozenFact, _at: datetime) -> str:
    """The team, else the officer."""
    return str(fact.case.team or fact.case.officer or "")


def _on_time(fact: FrozenFact, _at: datetime) -> str:
    """Whether it was handled on time, as it counted; "–" for what was not to be handled, or is not due yet."""
    if "handled_on_time" in fact.measures:
        return _("yes")
    return _("no") if {"overdue_unhandled", "handled_late"} & set(fact.measures) else NONE


COLUMNS = (
    Column(gettext_lazy("case number"), 22, _of_case("number")),
    Column(gettext_lazy("reported at"), 16, lambda fact, _at: local_minute(fact.case.created_at)),
    Column(gettext_lazy("community"), 16, _of_case("community")),
    Column(gettext_lazy("place"), 26, _place),
    Column(gettext_lazy("disorder"), 14, _disorder),
    Column(gettext_lazy("category"), 16, _of_case("category")),
    Column(gettext_lazy("description"), 40, _of_case("description")),
    Column(gettext_lazy("officer or team"), 16, _who),
    Column(gettext_lazy("due"), 16, lambda fact, _at: local_minute(fact.case.due_at)),
    Column(gettext_lazy("handled at"), 16, _until("handled_at")),
    Column(gettext_lazy("ended at"), 16, _until("closed_at")),
    Column(gettext_lazy("on time?"), 8, _on_time),
    Column(gettext_lazy("times of rework"), 8, lambda fact, _at: fact.reworks),
    Column(gettext_lazy("extensions"), 8, lambda fact, _at: fact.extensions),
)
PENDING = (
    (gettext_lazy("supervision number"), 26),
    (gettext_lazy("case number"), 22),
    (gettext_lazy("place"), 32),
    (gettext_lazy("category"), 18),
    (gettext_lazy("department"), 24),
    (gettext_lazy("since"), 12),
    (gettext_lazy("ladder"), 24),
)


def cases_of(bulletin: Bulletin) -> Any:
    """The cases of the ledger as they counted, in the order of their reports."""
    facts = frozen_counted(bulletin.evaluation, Asked("reported", bulletin.evaluation.period))
    return named(facts.select_related("case").order_by("case__created_at", "case_id"))


def ledger_of(bulletin: Bulletin, progress: Progress = lambda done: None) -> bytes:
    """The file; `progress` is told after each chunk how many cases are written. Raises: what `progress` raises."""
    file = BytesIO()
    from xlsxwriter import Workbook  # here, because web processes seldom write one: 12 MB

    with translation.override(bulletin.language), Workbook(file, OPTIONS) as book:
        dimensions = (Dimension.COMMUNITY.value, Dimension.DEPARTMENT.value)
        sheets = {one: rows_of_frozen(bulletin.evaluation, one) for one in dimensions}
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1})
        _write_cases(book, bulletin, bold, progress)
        _write_pending(book, month_of(bulletin), bold)
        write_evaluation(book, bulletin.evaluation, sheets)
    return file.getvalue()


def _write_cases(book: Any, bulletin: Bulletin, bold: Any, progress: Progress) -> None:
    sheet = _sheet(book, _("Ledger of cases"), [(column.label, column.width) for column in COLUMNS], bold)
    at, done = bulletin.evaluation.frozen_at, 0
    for done, fact in enumerate(cases_of(bulletin).iterator(chunk_size=CHUNK), 1):
        _write_line(sheet, done, [column.read(fact, at) for column in COLUMNS])
        if done % CHUNK == 0:
            progress(done)
    progress(done)


def _write_pending(book: Any, month: Month, bold: Any) -> None:
    sheet = _sheet(book, _("Open escalations"), PENDING, bold)
    for row, one in enumerate(month.pending, 1):
        line = (one.number, one.case, one.place, one.category, one.department, one.since.isoformat(), one.rung)
        _write_line(sheet, row, line)


def _sheet(book: Any, name: str, heads: Iterable[tuple[Promise | str, int]], bold: Any) -> Any:
    """A sheet with its headings, which stay in sight and stand on each printed page."""
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    prepare_print(sheet)
    for position, (label, width) in enumerate(heads):
        sheet.set_column(position, position, width)
        sheet.write_string(0, position, str(label), bold)
    return sheet


def _write_line(sheet: Any, row: int, line: Line) -> None:
    for position, cell in enumerate(line):
        if isinstance(cell, str):
            sheet.write_string(row, position, cell)
        else:
            sheet.write_number(row, position, cell)
