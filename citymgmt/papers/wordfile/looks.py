"""The page and the styles of a Word file. Sizes are those of GB/T 9704-2012; 3号 is 16 pt, 2号 22 pt, 4号 14 pt."""

from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm

from citymgmt.papers import fonts
from citymgmt.papers.texts import mark_size
from citymgmt.papers.wordfile.xml import element

PAGE_MM = (210, 297)
TOP_MM, RIGHT_MM, BOTTOM_MM, LEFT_MM = 37, 26, 35, 28
TEXT_WIDTH_MM = PAGE_MM[0] - LEFT_MM - RIGHT_MM
FOOTER_MM = 23  # its line of 5 mm then begins 7 mm below the text
TWIPS_A_MM = 1440 / 25.4
RED = "FF0000"
DENSER = -5  # twentieths of a point between characters of 16 pt: so 28 fit the line of 156 mm


@dataclass(frozen=True)
class Look:
    """A style: Chinese font, size and line pitch in points (0: as its content), first line in characters."""

    name: str
    font: str
    size: float
    pitch: float = 0
    align: str = "left"  # left, right, center, both
    first_line: int = 0
    before: float = 0
    after: float = 0
    bold: bool = False
    italic: bool = False
    colour: str = "000000"
    side: float = 0  # indent at both sides in points
    keep_next: bool = False
    spacing: int = 0


def looks(language: str, mark_pt: float) -> list[Look]:
    """All styles of a paper. In English weight and slant tell apart what Chinese tells apart by fonts."""
    latin = language == "en"
    dense = 0 if latin else DENSER
    text, black, song = fonts.WORD_TEXT, fonts.WORD_BLACK, fonts.WORD_SONG
    red: dict[str, Any] = {"colour": RED, "keep_next": True}
    flow: dict[str, Any] = {"size": 16, "pitch": 28, "first_line": 2, "keep_next": True, "spacing": dense}
    return [
        Look("Body Text", text, 16, 28, "both", 2, spacing=dense),
        Look("Heading 1", black, bold=latin, **flow),
        Look("Heading 2", fonts.WORD_KAI, bold=latin, italic=latin, **flow),
        Look("Heading 3", text, bold=True, **flow),
        Look("Title", fonts.WORD_TITLE, 22, 36, "center", before=34, after=22, bold=latin, keep_next=True),
        Look("Paper Mark", fonts.WORD_TITLE, mark_pt, align="center", before=99, bold=latin, **red),
        Look("Paper Number", text, 16, 28, "center", before=24, keep_next=True),
        Look("Paper Issuer", text, 16, 28, before=12, side=16, keep_next=True),
        Look("Caption", black, 12, 20, "center", before=4, after=12, bold=latin),
        Look("Table Caption", black, 12, 20, "center", before=8, after=4, bold=latin, keep_next=True),
        Look("Table Heading", black, 10.5, 16, "center", bold=latin),
        Look("Table Text", text, 10.5, 16),
        Look("Table Number", text, 10.5, 16, "right"),
        Look("Picture", text, 10.5, align="center", before=8, keep_next=True),
        Look("Paper Foot", text, 14, 22),
        Look("Footer", song, 14),
    ]  # fmt: skip


def lay_out(document: Document, language: str, mark: str) -> None:
    """Give the document the standard's page and the styles of papers."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE_MM[0]), Mm(PAGE_MM[1])
    section.top_margin, section.bottom_margin = Mm(TOP_MM), Mm(BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(LEFT_MM), Mm(RIGHT_MM)
    section.header_distance, section.footer_distance = Mm(15), Mm(FOOTER_MM)
    document.settings.odd_and_even_pages_header_footer = True
    _set_defaults(document, language)
    for look in looks(language, mark_size(mark)):
        _set_style(document, look, language)


def _set_defaults(document: Document, language: str) -> None:
    """Fonts and language of whatever has none; without the theme's fonts, which would win."""
    for properties in document.styles.element.iter(qn("w:rPrDefault")):
        for child in list(properties):
            properties.remove(child)
        # figures and Latin words are English ones, as Word has it: in Chinese a line may end within 100.0%
        language_of_all = element("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
        properties.append(element("rPr", _font(fonts.WORD_TEXT, language), language_of_all))
    normal = document.styles["Normal"].element
    _empty(normal)
    normal.append(element("rPr", _font(fonts.WORD_TEXT, language), element("sz", val=32), element("szCs", val=32)))


def _font(east: str, language: str) -> Any:
    if language == "en":
        latin = fonts.WORD_LATIN
        return element("rFonts", ascii=latin, hAnsi=latin, eastAsia=east, cs=latin)
    # the hint makes “ ” and — Chinese ones
    return element(
        "rFonts", ascii=fonts.WORD_LATIN, hAnsi=fonts.WORD_LATIN, eastAsia=east, cs=fonts.WORD_LATIN, hint="eastAsia"
    )


def _empty(style: Any) -> None:
    for tag in ("w:pPr", "w:rPr"):
        for child in style.findall(qn(tag)):
            style.remove(child)


def _set_style(document: Document, look: Look, language: str) -> None:
    known = {style.name for style in document.styles}
    style: Any = (
        document.styles[look.name]
        if look.name in known
        else document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    )
    style.base_style = document.styles["Normal"]
    style.quick_style, style.hidden = True, False
    _empty(style.element)
    style.element.append(_paragraph(look))
    style.element.append(_characters(look, language))


def _paragraph(look: Look) -> Any:
    made = element("pPr")
    if look.keep_next:
        made.append(element("keepNext"))
    made.append(element("widowControl", val=1 if look.name == "Body Text" else 0))
    made.append(element("snapToGrid", val=0))
    lines = {"line": round(look.pitch * 20), "lineRule": "exact"} if look.pitch else {"line": 240, "lineRule": "auto"}
    made.append(element("spacing", before=round(look.before * 20), after=round(look.after * 20), **lines))
    if look.first_line or look.side:
        ends = {"left": round(look.side * 20), "right": round(look.side * 20)}
        first = {"firstLineChars": look.first_line * 100, "firstLine": round(look.first_line * look.size * 20)}
        made.append(element("ind", **ends, **(first if look.first_line else {})))
    made.append(element("jc", val=look.align))
    if look.name.startswith("Heading"):
        made.append(element("outlineLvl", val=int(look.name[-1]) - 1))
    return made


def _characters(look: Look, language: str) -> Any:
    made = element("rPr", _font(look.font, language))
    made.append(element("b", val=int(look.bold)))
    made.append(element("i", val=int(look.italic)))
    made.append(element("color", val=look.colour))
    if look.spacing:
        made.append(element("spacing", val=look.spacing))
    made.append(element("sz", val=round(look.size * 2)))
    made.append(element("szCs", val=round(look.size * 2)))
    return made
