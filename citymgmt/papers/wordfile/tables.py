"""Tables of a Word file, built as XML: python-docx looks through the whole table for every cell."""

from collections.abc import Sequence
from typing import Any

from citymgmt.papers.paper import Table
from citymgmt.papers.texts import shares, squared
from citymgmt.papers.wordfile.looks import TEXT_WIDTH_MM, TWIPS_A_MM
from citymgmt.papers.wordfile.xml import borders, element, run

WIDTH = round(TEXT_WIDTH_MM * TWIPS_A_MM)
THIN, THICK = (4, "000000"), (8, "000000")
HEADING_GROUND = "F2F2F2"


def paragraph(style: str, text: str = "", *, keep: bool = False) -> Any:
    """<w:p> in the style with that id, with the next one on the same page if it is to be kept."""
    made = element("p", element("pPr", element("pStyle", val=style)))
    if keep:
        made[0].append(element("keepNext"))
    if text:
        made.append(run(text))
    return made


def table(content: Table, styles: dict[str, str]) -> Any:
    """<w:tbl> over the whole line. Its head stands again on each page, no row is torn, the last two stay together."""
    columns = len(content.headings)
    widths = [round(WIDTH * share) for share in shares(content.widths, columns)]
    look = element(
        "tblPr",
        element("tblW", w=sum(widths), type="dxa"),
        element("jc", val="center"),
        borders("tblBorders", top=THICK, left=THIN, bottom=THICK, right=THIN, insideH=THIN, insideV=THIN),
        element("tblLayout", type="fixed"),
        _margins(),
    )
    grid = element("tblGrid", *[element("gridCol", w=width) for width in widths])
    made = element("tbl", look, grid, _head(content.headings, widths, styles["Table Heading"]))
    rows = squared(content.rows, columns)
    kinds = ["Table Text"] * min(content.texts, columns) + ["Table Number"] * max(0, columns - content.texts)
    for number, row in enumerate(rows):
        is_sum = content.total and number == len(rows) - 1
        kept = number == len(rows) - 2
        made.append(_row(row, widths, [styles[kind] for kind in kinds], bold=is_sum, keep=kept))
    return made


def _margins() -> Any:
    sides = [element(side, w=width, type="dxa") for side, width in zip(_SIDES, (40, 85, 40, 85), strict=True)]
    return element("tblCellMar", *sides)


_SIDES = ("top", "left", "bottom", "right")


def _head(headings: Sequence[str], widths: Sequence[int], style: str) -> Any:
    made = element("tr", element("trPr", element("cantSplit"), element("tblHeader")))
    for heading, width in zip(headings, widths, strict=True):
        look = element("tcPr", element("tcW", w=width, type="dxa"))
        look.append(element("shd", val="clear", color="auto", fill=HEADING_GROUND))
        look.append(element("vAlign", val="center"))
        made.append(element("tc", look, paragraph(style, heading, keep=True)))
    return made


def _row(texts: Sequence[str], widths: Sequence[int], styles: Sequence[str], *, bold: bool, keep: bool) -> Any:
    made = element("tr", element("trPr", element("cantSplit")))
    for text, width, style in zip(texts, widths, styles, strict=True):
        written = paragraph(style, text, keep=keep)
        if bold and text:
            written[-1].insert(0, element("rPr", element("b")))
        look = element("tcPr", element("tcW", w=width, type="dxa"), element("vAlign", val="center"))
        made.append(element("tc", look, written))
    return made


def foot(lines: Sequence[tuple[str, str]], style: str) -> Any:
    """<w:tbl> without sides that lies whole at the end of its page: 版记. Each line has a left and a right part.

    Source: GB/T 9704-2012, 7.4: outer lines 0.35 mm, inner ones 0.25 mm, one character free at both sides. LibreOffice
    before 7.6 leaves a floating table of full width where the text ends.
    """
    place = {"horzAnchor": "margin", "vertAnchor": "margin", "tblpXSpec": "center", "tblpYSpec": "bottom"}
    look = element(
        "tblPr",
        element("tblpPr", leftFromText=0, rightFromText=0, topFromText=200, bottomFromText=0, **place),
        element("tblOverlap", val="never"),
        element("tblW", w=WIDTH, type="dxa"),
        borders("tblBorders", top=THICK, bottom=THICK, insideH=(6, "000000")),
        element("tblLayout", type="fixed"),
    )
    made = element("tbl", look, element("tblGrid", element("gridCol", w=WIDTH)))
    for number, (left, right) in enumerate(lines, 1):
        written = paragraph(style, left, keep=number < len(lines))
        written[0].append(element("ind", left=280, right=280))
        if right:
            written[0].insert(1, element("tabs", element("tab", val="right", pos=WIDTH - 280)))
            written.append(element("r", element("tab")))
            written.append(run(right))
        cell = element("tc", element("tcPr", element("tcW", w=WIDTH, type="dxa")), written)
        made.append(element("tr", element("trPr", element("cantSplit")), cell))
    return made
