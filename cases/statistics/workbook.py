"""A frozen evaluation as an Excel file: a sheet for each dimension, and the definitions. No name becomes a formula."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.columns import local_minute
from cases.statistics import figures
from cases.statistics.frozen import formula_name, limits_of, weights_of
from cases.statistics.models import Dimension, Evaluation
from cases.statistics.ranking import Cell, Row, defined
from cases.statistics.rounding import tenths_of_percent
from cases.statistics.sources import sources_of
from cases.statistics.wording import NONE

A4 = 9  # the code of the paper
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
Written = str | int | float


@dataclass(frozen=True)
class Looks:
    """How cells look: headings, rates and scores."""

    heading: Any
    rate: Any
    score: Any


def workbook_of(evaluation: Evaluation, sheets: Mapping[str, Sequence[Row]]) -> bytes:
    """The file; counts are numbers, so that one can go on calculating, and what cannot be judged is "–"."""
    file = BytesIO()
    from xlsxwriter import Workbook  # here, because web processes seldom write one: 12 MB

    with Workbook(file, OPTIONS) as book:
        write_evaluation(book, evaluation, sheets)
    return file.getvalue()


def write_evaluation(book: Any, evaluation: Evaluation, sheets: Mapping[str, Sequence[Row]]) -> None:
    """Add a sheet for each dimension and one of the definitions to a book; rows are written in their order."""
    looks = Looks(
        book.add_format({"bold": True, "text_wrap": True, "valign": "bottom"}),
        book.add_format({"num_format": "0.0%"}),
        book.add_format({"num_format": "0.00"}),
    )
    for dimension, rows in sheets.items():
        sheet = book.add_worksheet(str(Dimension(dimension).label))
        prepare_print(sheet)
        _write_rows(sheet, dimension, rows, looks)
    _write_definitions(book.add_worksheet(_("Definitions")), evaluation, looks)


def prepare_print(sheet: Any) -> None:
    """A4 across, as wide as the paper, the headings on each page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write_rows(sheet: Any, dimension: str, rows: Sequence[Row], looks: Looks) -> None:
    around = defined(())
    heads = [pgettext("rank", "place"), str(Dimension(dimension).label), _("score")]
    for _indicator, label, _definition in around["indicators"]:
        heads += [label, _("numerator"), _("denominator")]
    sheet.freeze_panes(1, 2)
    sheet.set_column(1, 1, 24)
    for position, head in enumerate([*heads, *around["beside"]]):
        sheet.write_string(0, position, head, looks.heading)
    for number, row in enumerate(rows, 1):
        for position, (value, look) in enumerate(_cells(row, looks)):
            _write(sheet, number, position, value, look)


def _cells(row: Row, looks: Looks) -> Iterator[tuple[Written, Any]]:
    yield (NONE if row.rank is None else row.rank), None
    yield row.name, None
    yield (row.points if row.score is None else float(row.points)), looks.score
    for cell in row.cells:
        yield _rate(cell), looks.rate
        yield cell.numerator, None
        yield cell.denominator, None
    for count, _url in row.beside:
        yield count, None


def _rate(cell: Cell) -> Written:
    """The rate to a tenth of a percent, as the page shows it."""
    return NONE if cell.rate is None else tenths_of_percent(cell.rate) / 1000


def _write(sheet: Any, row: int, column: int, value: Written, look: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    else:
        sheet.write_number(row, column, value, look)


def _write_definitions(sheet: Any, evaluation: Evaluation, looks: Looks) -> None:
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    for number, (term, meaning) in enumerate(_definitions(evaluation)):
        sheet.write_string(number, 0, term, looks.heading)
        sheet.write_string(number, 1, meaning)


def _definitions(evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    """What the figures are: of which office and days, who froze and published them, and how each is counted."""
    yield _("sub-district"), str(evaluation.subdistrict)
    yield _("period"), str(evaluation)
    yield _("frozen"), f"{local_minute(evaluation.frozen_at)} {evaluation.frozen_by}"
    if evaluation.published_at is not None:
        yield _("published"), f"{local_minute(evaluation.published_at)} {evaluation.published_by}"
    if evaluation.replaces is not None:
        yield _("replaces"), local_minute(evaluation.replaces.published_at)
    if evaluation.note:
        yield _("note"), evaluation.note
    around = defined(weights_of(evaluation))
    for indicator, label, definition in around["indicators"]:
        yield label, f"{definition} {figures.sources_in_words(indicator.documents)}".strip()
    if evaluation.formula:
        told = " + ".join(f"{one['label']} × {one['points']}" for one in around["weights"])
        said = figures.sources_in_words(sources_of(evaluation.formula.get("source", "")))
        yield formula_name(evaluation), f"{told}. {said}" if said else told
    for stage, minutes in limits_of(evaluation):
        yield stage, _("%(count)s minutes of office time") % {"count": minutes}
