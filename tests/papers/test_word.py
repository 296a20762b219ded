"""A paper as Word, read back: page, styles, head, tables, pictures, foot. Source: GB/T 9704-2012."""

import io
import re
import time
import zipfile
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree

from citymgmt.papers.paper import Heading, Paper, Paragraph, Picture, Table
from citymgmt.papers.word import word
from tests.papers.samples import BULLETIN, CHART, COMMUNITIES, ENGLISH, SENTENCE, TABLE, with_blocks

NASTY = "坏\x00\x0b\x1f\ud800\ufffe字 <script>alert(1)</script> & \"'"


@pytest.fixture(scope="module")
def bulletin(bulletin_docx: bytes) -> Document:
    return docx.Document(io.BytesIO(bulletin_docx))


def read(paper: Paper) -> Document:
    return docx.Document(io.BytesIO(word(paper)))


def lines(document: Document, style: str) -> list[str]:
    return [line.text for line in document.paragraphs if line.style is not None and line.style.name == style]


def fonts(document: Document, style: str) -> tuple[str, str]:
    """The Chinese and the Latin font of a style."""
    look = document.styles[style].element.rPr.rFonts
    return look.get(qn("w:eastAsia")), look.get(qn("w:ascii"))


def test_page_is_the_standards(bulletin: Document) -> None:
    section = bulletin.sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(size.mm) for size in sizes if size is not None] == [210, 297, 37, 28]
    assert section.page_width - section.left_margin - section.right_margin == pytest.approx(Mm(156), abs=Pt(0.1))
    assert section.page_height - section.top_margin - section.bottom_margin == pytest.approx(Mm(225), abs=Pt(0.1))


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("Body Text", "仿宋_GB2312", 16), ("Heading 1", "黑体", 16), ("Heading 2", "楷体_GB2312", 16),
        ("Heading 3", "仿宋_GB2312", 16), ("Title", "方正小标宋简体", 22), ("Paper Mark", "方正小标宋简体", 54),
        ("Paper Number", "仿宋_GB2312", 16), ("Paper Issuer", "仿宋_GB2312", 16), ("Paper Foot", "仿宋_GB2312", 14),
        ("Table Heading", "黑体", 10.5), ("Table Text", "仿宋_GB2312", 10.5), ("Footer", "宋体", 14),
    ],
)  # fmt: skip
def test_fonts_are_named_for_chinese_and_latin(bulletin: Document, style: str, font: str, points: float) -> None:
    assert fonts(bulletin, style) == (font, "Times New Roman")
    assert bulletin.styles[style].font.size == Pt(points)


def test_no_font_of_a_theme_remains_in_what_is_used(bulletin: Document) -> None:
    used = {line.style.name for line in bulletin.paragraphs if line.style is not None} | {"Normal", "Footer"}
    looks = [bulletin.styles[name].element.xml for name in used]
    defaults = etree.tostring(bulletin.styles.element.find(qn("w:docDefaults"))).decode()
    assert [look for look in (*looks, defaults) if "Theme" in look] == []


def test_text_has_28_points_and_two_characters_in(bulletin: Document) -> None:
    look = bulletin.styles["Body Text"].element.pPr
    assert (look.spacing.get(qn("w:line")), look.spacing.get(qn("w:lineRule"))) == ("560", "exact")
    assert look.ind.get(qn("w:firstLineChars")) == "200"
    # 28 characters of 16 pt, each a quarter of a point denser, in 156 mm
    spacing = int(bulletin.styles["Body Text"].element.rPr.find(qn("w:spacing")).get(qn("w:val")))
    assert 28 * (16 + spacing / 20) <= 156 / 25.4 * 72 < 29 * (16 + spacing / 20)


def test_headings_are_in_the_navigation(bulletin: Document) -> None:
    found = [(line.style.name, line.text) for line in bulletin.paragraphs if line.style.name.startswith("Heading")]
    assert found == [("Heading 1", "一、总体情况"), ("Heading 2", "（一）分社区情况"), ("Heading 3", "1.占道经营")]
    levels = [bulletin.styles[name].element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) for name, _ in found]
    assert levels == ["0", "1", "2"]


@pytest.mark.parametrize(("level", "style"), [(-1, "Heading 1"), (0, "Heading 1"), (4, "Heading 3"), (99, "Heading 3")])
def test_levels_beyond_are_the_nearest(level: int, style: str) -> None:
    assert lines(read(with_blocks(Heading("题", level))), style) == ["题"]


def test_head(bulletin: Document) -> None:
    assert lines(bulletin, "Paper Mark") == ["城市管理工作简报"]
    assert bulletin.styles["Paper Mark"].font.color.rgb == docx.shared.RGBColor(255, 0, 0)
    assert lines(bulletin, "Paper Number") == ["第11期", ""]
    assert lines(bulletin, "Paper Issuer") == ["清河街道城市管理办公室\t2026年11月28日"]
    assert lines(bulletin, "Title") == [BULLETIN.title]
    (edge,) = bulletin.element.body.iter(qn("w:pBdr"))
    assert (edge[0].tag, edge[0].get(qn("w:color"))) == (qn("w:bottom"), "FF0000")


def test_long_issuer_and_day_take_a_line_each() -> None:
    assert lines(read(replace(BULLETIN, blocks=(), issuer="长" * 30)), "Paper Issuer") == ["长" * 30, "2026年11月28日"]


def test_paper_without_day_number_and_foot() -> None:
    document = read(replace(BULLETIN, blocks=(), number="", issued_on=None, copies=(), printed_by=""))
    assert (lines(document, "Paper Issuer"), lines(document, "Paper Number")) == (["清河街道城市管理办公室\t"], [""])
    assert document.tables == []


def test_label_is_black(bulletin: Document) -> None:
    (line,) = [line for line in bulletin.paragraphs if line.text == "出席：张三、李四"]
    fonts_of_runs = [run._r.rPr.rFonts.get(qn("w:eastAsia")) if run._r.rPr is not None else "" for run in line.runs]
    assert fonts_of_runs == ["黑体", ""]


def test_table(bulletin: Document) -> None:
    table = bulletin.tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows][:2] == [list(TABLE.headings), list(TABLE.rows[0])]
    assert len(table.rows) == len(COMMUNITIES) + 2
    rows = [row._tr.trPr for row in table.rows]
    assert [look.find(qn("w:tblHeader")) is not None for look in rows] == [True] + [False] * 37
    assert all(look.find(qn("w:cantSplit")) is not None for look in rows)
    styles = [cell.paragraphs[0].style.name for cell in table.rows[1].cells]
    assert styles == ["Table Text", "Table Text", "Table Number", "Table Number"]
    widths = [round(column.width.mm) for column in table.columns]
    assert (widths, sum(widths)) == ([16, 62, 31, 47], 156)
    assert lines(bulletin, "Table Caption") == [TABLE.caption]


def test_sum_is_bold_and_stays_with_the_row_above(bulletin: Document) -> None:
    rows = bulletin.tables[0].rows
    assert [bool(row.cells[1].paragraphs[0].runs[0].bold) for row in rows[-2:]] == [False, True]
    assert [bool(row.cells[1].paragraphs[0].paragraph_format.keep_with_next) for row in rows[-3:]] == [
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("rows", "widths", "cells"),
    [
        ((("a",), ("a", "b", "c")), (1, 2), [["甲", "乙"], ["a", ""], ["a", "b"]]),
        ((), (), [["甲", "乙"]]),
        (((),), (0, 0), [["甲", "乙"], ["", ""]]),
    ],
)
def test_table_that_does_not_fit_itself(rows: Any, widths: Any, cells: list[list[str]]) -> None:
    table = read(with_blocks(Table("", ("甲", "乙"), rows, widths))).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == cells


def test_picture_is_told_and_kept_with_its_caption(bulletin: Document) -> None:
    (shape,) = bulletin.inline_shapes
    assert round(shape.width.mm) == 156
    assert shape._inline.docPr.get("descr") == "占道经营由100件增加到120件。"
    assert lines(bulletin, "Caption") == ["图1 两类问题比较"]
    assert bulletin.styles["Picture"].paragraph_format.keep_with_next
    # a fixed pitch would cut the picture to one line
    assert bulletin.styles["Picture"].element.pPr.spacing.get(qn("w:lineRule")) == "auto"


def test_foot_lies_at_the_end_of_its_page(bulletin: Document) -> None:
    foot = bulletin.tables[-1]
    assert [row.cells[0].text for row in foot.rows] == [
        "报：区城市管理委员会",
        "送：各社区居委会",
        "清河街道综合办公室\t2026年11月28日印发",
    ]
    place = foot._tbl.tblPr.find(qn("w:tblpPr"))
    assert (place.get(qn("w:vertAnchor")), place.get(qn("w:tblpYSpec"))) == ("margin", "bottom")
    kept = [row.cells[0].paragraphs[0]._p.pPr.find(qn("w:keepNext")) is not None for row in foot.rows]
    assert kept == [True, True, False]  # so that no page ends within it


def test_page_numbers_stand_outside(bulletin: Document) -> None:
    section = bulletin.sections[0]
    assert bulletin.settings.odd_and_even_pages_header_footer
    sides = []
    for footer in (section.footer, section.even_page_footer):
        line = footer.paragraphs[0]
        assert "".join(node.text for node in line._p.iter(qn("w:t"))) == "— 1 —"
        assert [field.get(qn("w:instr")) for field in line._p.iter(qn("w:fldSimple"))] == ["PAGE"]
        sides.append(line._p.pPr.find(qn("w:jc")).get(qn("w:val")))
    assert sides == ["right", "left"]


@pytest.mark.parametrize(("draft", "written"), [("草稿", ["草稿", "草稿"]), ("", []), ('a"&<\x00', ['a"&<', 'a"&<'])])
def test_draft_is_written_across_every_page(draft: str, written: list[str]) -> None:
    section = read(replace(BULLETIN, blocks=(), draft=draft)).sections[0]
    shapes = [
        shape.get("string")
        for header in (section.header, section.even_page_header)
        for shape in header._element.iter("{urn:schemas-microsoft-com:vml}textpath")
        if shape.get("string") is not None
    ]
    assert shapes == written


def test_about_the_file(bulletin: Document) -> None:
    about = bulletin.core_properties
    assert (about.title, about.author, about.keywords) == (BULLETIN.title, BULLETIN.issuer, "城市管理, 简报")
    assert (about.language, about.created.date()) == ("zh-CN", date(2026, 11, 28))
    languages = bulletin.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert (languages.get(qn("w:val")), languages.get(qn("w:eastAsia"))) == ("en-US", "zh-CN")


def test_english() -> None:
    document = read(ENGLISH)
    assert lines(document, "Paper Issuer") == ["City Management Office\t28 November 2026"]
    assert lines(document, "Body Text")[-1] == "Present: Zhang San"
    assert document.tables[-1].rows[-1].cells[0].text == "General Office\tPrinted on 28 November 2026"
    assert (document.styles["Heading 1"].font.bold, document.styles["Heading 2"].font.italic) == (True, True)
    assert fonts(document, "Body Text")[1] == "Times New Roman"
    assert document.core_properties.language == "en-GB"


def test_texts_are_shown_as_they_are() -> None:
    shown = "坏\n字 <script>alert(1)</script> & \"'"
    document = read(
        Paper(
            NASTY, NASTY, NASTY, None, NASTY,
            (
                Heading(NASTY), Paragraph(NASTY, NASTY), Table(NASTY, (NASTY,), ((NASTY,),), (1,)),
                Picture(CHART, NASTY, NASTY),
            ),
            ((NASTY, NASTY),), NASTY, keywords=(NASTY,),
        )
    )  # fmt: skip
    styles = ("Paper Mark", "Title", "Heading 1", "Table Caption", "Caption")
    assert [lines(document, style) for style in styles] == [[shown]] * 5
    assert lines(document, "Body Text") == [f"{shown}：{shown}"]
    assert [cell.text for row in document.tables[0].rows for cell in row.cells] == [shown, shown]


def test_empty_paper() -> None:
    document = read(Paper("", "", "", None, "", ()))
    assert "".join(line.text for line in document.paragraphs).strip() == ""


def test_much_is_written_in_time() -> None:
    rows = tuple((str(at), SENTENCE, "1", "2") for at in range(2000))
    began = time.process_time()
    document = word(
        with_blocks(Table("", ("序号", "情况", "收案", "结案"), rows, (1, 5, 1, 1), 2), Paragraph("城" * 10_000))
    )
    assert time.process_time() - began < 20
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        written = parts.read("word/document.xml").decode()
    assert (written.count("<w:tr>"), len(re.findall("城{10000}", written))) == (2001 + 3, 1)


def test_same_paper_same_bytes_and_no_moment_of_making(bulletin_docx: bytes) -> None:
    assert word(BULLETIN) == bulletin_docx
    with zipfile.ZipFile(io.BytesIO(bulletin_docx)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        about = parts.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+", about)) == {datetime(2026, 11, 28).isoformat()}
