"""Writes a paper into a Word file, part by part."""

import io
import zipfile
from datetime import datetime, time
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as Line

from citymgmt.papers import charts, fonts
from citymgmt.papers.paper import Block, Heading, Paper, Paragraph, Picture, Table
from citymgmt.papers.texts import day_of, ems, printed_on, wording
from citymgmt.papers.wordfile import tables
from citymgmt.papers.wordfile.looks import RED, TEXT_WIDTH_MM, lay_out
from citymgmt.papers.wordfile.xml import borders, element, page_number, run, watermark

SAME_MOMENT = (1980, 1, 1, 0, 0, 0)  # what a zip can say at the earliest
ONE_LINE_EMS = 25  # issuer and day beside each other


def written(paper: Paper) -> bytes:
    """The paper, its texts printable, as the bytes of a .docx."""
    document = docx.Document()
    lay_out(document, paper.language, paper.mark)
    _describe(document, paper)
    _write_edges(document, paper)
    _write_head(document, paper)
    for block in paper.blocks:
        _write_block(document, block, paper.language)
    _write_foot(document, paper)
    stream = io.BytesIO()
    document.save(stream)
    return _timeless(stream)


def _timeless(stream: io.BytesIO) -> bytes:
    """The same zip without the moment of its making."""
    made = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, SAME_MOMENT), old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _describe(document: Document, paper: Paper) -> None:
    about = document.core_properties
    about.title, about.author, about.subject = paper.title[:255], paper.issuer[:255], paper.number[:255]
    about.keywords, about.language = ", ".join(paper.keywords)[:255], wording(paper.language).tag
    about.comments, about.last_modified_by = "", paper.issuer[:255]
    if paper.issued_on:
        about.created = about.modified = datetime.combine(paper.issued_on, time())


def _write_edges(document: Document, paper: Paper) -> None:
    """Page numbers at the outer side, and what is written across the pages of a draft."""
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        line = footer.paragraphs[0]
        line.style = document.styles["Footer"]
        look = line._p.get_or_add_pPr()
        look.append(element("ind", **{side: 280}))
        look.append(element("jc", val=side))
        line._p.extend([run("— "), page_number(), run(" —")])
    if paper.draft:
        for number, header in enumerate((section.header, section.even_page_header), 1):
            header.paragraphs[0]._p.append(watermark(paper.draft[:20], number, fonts.WORD_SONG))


def _write_head(document: Document, paper: Paper) -> None:
    """The red mark, the number, the issuer and the day above the red line, and the title."""
    document.add_paragraph(paper.mark, "Paper Mark")
    if paper.number:
        document.add_paragraph(paper.number, "Paper Number")
    day = day_of(paper.issued_on, paper.language)
    issuer = document.add_paragraph(paper.issuer, "Paper Issuer")
    if ems(paper.issuer + day) > ONE_LINE_EMS:
        document.add_paragraph(day, "Paper Issuer").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    else:
        issuer.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH_MM) - Pt(16), WD_TAB_ALIGNMENT.RIGHT)
        issuer.add_run("\t" + day)
    line = document.add_paragraph(style="Paper Number")
    line.paragraph_format.space_before = Pt(0)
    line.paragraph_format.line_spacing = Pt(8)
    look = line._p.get_or_add_pPr()
    look.insert_element_before(
        borders("pBdr", bottom=(16, RED)), "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing"
    )
    document.add_paragraph(paper.title, "Title")


def _write_block(document: Document, block: Block, language: str) -> None:
    if isinstance(block, Heading):
        document.add_paragraph(block.text, f"Heading {min(3, max(1, block.level))}")
    elif isinstance(block, Paragraph):
        _write_paragraph(document, block, language)
    elif isinstance(block, Table):
        _write_table(document, block)
    else:
        _write_picture(document, block)


def _write_paragraph(document: Document, block: Paragraph, language: str) -> None:
    line = document.add_paragraph(style="Body Text")
    if block.is_flush:
        indent = line._p.get_or_add_pPr().get_or_add_ind()
        for name in ("firstLineChars", "firstLine"):
            indent.set(qn(f"w:{name}"), "0")
    if block.label:
        label = line.add_run(block.label + wording(language).colon)
        if language == "en":
            label.bold = True
        label._r.get_or_add_rPr().insert(0, element("rFonts", eastAsia=fonts.WORD_BLACK))
    line._p.append(run(block.text))


def _write_table(document: Document, block: Table) -> None:
    if block.caption:
        document.add_paragraph(block.caption, "Table Caption")
    if block.headings:
        names = ("Table Heading", "Table Text", "Table Number")
        styles: dict[str, str] = {name: str(document.styles[name].style_id) for name in names}
        _append(document, tables.table(block, styles))
    gap = document.add_paragraph(style="Table Text")  # two tables without anything between them would be one
    gap.paragraph_format.line_spacing = Pt(10)


def _write_picture(document: Document, block: Picture) -> None:
    line: Line = document.add_paragraph(style="Picture")
    drawn = line.add_run().add_picture(io.BytesIO(charts.png(block.chart)), Mm(TEXT_WIDTH_MM))
    drawn._inline.docPr.set("descr", block.told)
    drawn._inline.docPr.set("title", block.caption)
    document.add_paragraph(block.caption, "Caption")


def _write_foot(document: Document, paper: Paper) -> None:
    """报, 送, 发 and who printed it, at the end of the last page."""
    colon = wording(paper.language).colon
    lines = [(f"{label}{colon}{to}", "") for label, to in paper.copies]
    if paper.printed_by:
        lines.append((paper.printed_by, printed_on(paper.issued_on, paper.language)))
    if lines:
        _append(document, tables.foot(lines, str(document.styles["Paper Foot"].style_id)))
        end = document.add_paragraph(style="Table Text")  # a file does not end with a table; it holds the foot's place
        end.paragraph_format.line_spacing = Pt(1)


def _append(document: Document, made: Any) -> None:
    document.element.body.insert_element_before(made, "w:sectPr")
