"""WordprocessingML that python-docx has no call for. Elements are built, never put together from text."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

VML, OFFICE = "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office"


def element(tag: str, /, *children: Any, **attributes: Any) -> Any:
    """<w:tag> with attributes of the same namespace."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def run(text: str) -> Any:
    """<w:r> with the text; a newline in it is a line break."""
    made = element("r")
    for number, line in enumerate(text.split("\n")):
        if number:
            made.append(element("br"))
        words = element("t")
        words.text = line
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(words)
    return made


def page_number() -> Any:
    """The field that Word fills with the number of the page."""
    return element("fldSimple", run("1"), instr="PAGE")


def borders(tag: str, /, **lines: tuple[int, str]) -> Any:
    """<w:tag> with a line for each edge: its width in eighths of a point and its colour; 0 for none."""
    edges = [
        element(edge, val="single" if width else "nil", sz=width, space=0, color=colour)
        for edge, (width, colour) in lines.items()
    ]
    return element(tag, *edges)


def watermark(text: str, number: int, font: str) -> Any:
    """<w:r> with grey slanting letters in the middle of the page, in the form in which Word itself keeps them."""
    width, height = min(440, 110 * len(text)), min(110, 440 // max(1, len(text)) + 20)
    style = (
        f"position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:{height}pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    shape = etree.Element(f"{{{VML}}}shape", nsmap={"v": VML, "o": OFFICE})
    for name, value in {
        "id": f"PowerPlusWaterMarkObject{number}", "type": "#_x0000_t136", "style": style, "fillcolor": "#c8c8c8",
        "stroked": "f", f"{{{OFFICE}}}spid": f"_x0000_s{2048 + number}", f"{{{OFFICE}}}allowincell": "f",
    }.items():  # fmt: skip
        shape.set(name, value)
    etree.SubElement(shape, f"{{{VML}}}fill", opacity=".5")
    letters = {"style": f'font-family:"{font}";font-size:1pt', "string": " ".join(text.split())}
    etree.SubElement(shape, f"{{{VML}}}textpath", letters)
    return element("r", element("rPr", element("noProof")), element("pict", _letter_shape(), shape))


def _letter_shape() -> Any:
    """Word's own kind of shape for letters in a line; the shape refers to it by its id."""
    kind = etree.Element(f"{{{VML}}}shapetype", nsmap={"v": VML, "o": OFFICE})
    for name, value in {
        "id": "_x0000_t136", "coordsize": "21600,21600", "adj": "10800", "path": "m@7,l@8,m@5,21600l@6,21600e",
        f"{{{OFFICE}}}spt": "136",
    }.items():  # fmt: skip
        kind.set(name, value)
    formulas = etree.SubElement(kind, f"{{{VML}}}formulas")
    for equation in (
        "sum #0 0 10800", "prod #0 2 1", "sum 21600 0 @1", "sum 0 0 @2", "sum 21600 0 @3", "if @0 @3 0",
        "if @0 21600 @1", "if @0 0 @2", "if @0 @4 21600", "mid @5 @6", "mid @8 @5", "mid @7 @8", "mid @6 @7",
        "sum @6 0 @5",
    ):  # fmt: skip
        etree.SubElement(formulas, f"{{{VML}}}f", eqn=equation)
    path = etree.SubElement(kind, f"{{{VML}}}path", textpathok="t")
    path.set(f"{{{OFFICE}}}connecttype", "rect")
    etree.SubElement(kind, f"{{{VML}}}textpath", on="t", fitshape="t")
    return kind
