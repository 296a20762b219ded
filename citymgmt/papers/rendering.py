"""Renders a paper's page (templates/papers/paper.html, paper.css) with WeasyPrint. Imported by `pdf` when needed.

Nothing is fetched: the page refers to its charts by addresses that only this module knows, and all others are refused.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import weasyprint
from django.template.loader import render_to_string
from PIL import ImageFile
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from citymgmt.papers import charts, fonts
from citymgmt.papers.paper import Block, Heading, Paper, Paragraph, Picture, Table
from citymgmt.papers.texts import day_of, ems, mark_size, printed_on, shares, squared, wording

# WeasyPrint has the whole process take half a picture for one; checked photos of residents pass the same worker
ImageFile.LOAD_TRUNCATED_IMAGES = False

LOOK = Path(__file__).with_name("paper.css")
VARIANT = "pdf/a-2a"
DRAFT = "paper:draft.svg"


def rendered(paper: Paper) -> bytes:
    """The paper, its texts printable, as PDF."""
    settings = FontConfiguration()
    looks = [
        weasyprint.CSS(string=look, font_config=settings, url_fetcher=Known({}))
        for look in (LOOK.read_text("utf-8"), _own_look(paper))
    ]
    pictures = {
        f"paper:{number}.svg": charts.svg(block.chart)
        for number, block in enumerate(paper.blocks)
        if isinstance(block, Picture)
    }
    page = render_to_string("papers/paper.html", _context(paper))
    made = weasyprint.HTML(string=page, url_fetcher=Known(pictures | {DRAFT: _across(paper.draft)})).write_pdf(
        stylesheets=looks, font_config=settings, pdf_variant=VARIANT, pdf_tags=True,
        pdf_identifier=hashlib.sha256(page.encode()).hexdigest()[:32].encode(),
    )  # fmt: skip
    return bytes(made)


def _own_look(paper: Paper) -> str:
    """The rules that hold for this paper alone; numbers of ours and no text of the paper."""
    rules = [f".mark {{ font-size: {mark_size(paper.mark)}pt }}"]
    if paper.draft:
        rules.append(f'@page {{ background: url("{DRAFT}") center / 156mm 225mm no-repeat }}')
    for number, block in enumerate(paper.blocks):
        if isinstance(block, Table):
            for column, share in enumerate(shares(block.widths, len(block.headings)), 1):
                rules.append(f".table-{number} col:nth-child({column}) {{ width: {100 * share:.3f}% }}")
    return "\n".join(rules)


def _across(draft: str) -> str:
    """The word of a draft as a picture of the size of the text: grey, slanting, behind everything."""
    word = " ".join(draft[:20].split())
    size = min(110.0, 420 / max(1.0, ems(word)))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="442" height="638" viewBox="0 0 442 638">'
        f'<text x="221" y="319" font-size="{size:.0f}" text-anchor="middle" fill="#dddddd" '
        f'font-family="Noto Sans CJK SC, sans-serif" transform="rotate(-45 221 319)">{escape(word)}</text></svg>'
    )


class Known(URLFetcher):
    """Answers the addresses of the given pictures (SVG as text, JPEG as bytes) and opens nothing else: no file, no
    host, no data address.
    """

    def __init__(self, pictures: Mapping[str, str | bytes]) -> None:
        super().__init__(allowed_protocols=("paper",), allow_redirects=False)
        self.pictures = pictures

    def fetch(self, url: str, headers: Any = None) -> Any:
        """The picture of that address. Raises ValueError for every other address."""
        if url not in self.pictures:
            raise ValueError("a paper opens no address")
        picture = self.pictures[url]
        kind = "image/jpeg" if isinstance(picture, bytes) else "image/svg+xml"
        return URLFetcherResponse(url, picture, {"Content-Type": kind})


@dataclass(frozen=True)
class Shown:
    """A block as the template needs it."""

    kind: str
    block: Block
    label: str = ""
    address: str = ""
    told: str = ""  # never empty: readers of the file by ear would be told nothing
    rows: tuple[tuple[str, ...], ...] = ()


def _context(paper: Paper) -> dict[str, Any]:
    words = wording(paper.language)
    return {
        "paper": paper,
        "tag": words.tag,
        "heavy": paper.language == "en" or not fonts.has_title_font(),
        "day": day_of(paper.issued_on, paper.language),
        "printed_on": printed_on(paper.issued_on, paper.language),
        "copies": [(f"{label}{words.colon}", to) for label, to in paper.copies],
        "keywords": ", ".join(paper.keywords),
        "blocks": [_shown(block, number, words.colon) for number, block in enumerate(paper.blocks)],
    }


def _shown(block: Block, number: int, colon: str) -> Shown:
    if isinstance(block, Heading):
        return Shown(f"h{min(3, max(1, block.level)) + 1}", block)
    if isinstance(block, Paragraph):
        return Shown("paragraph", block, label=block.label + colon if block.label else "")
    if isinstance(block, Table):
        return Shown("table", block, rows=tuple(squared(block.rows, len(block.headings))))
    return Shown("picture", block, address=f"paper:{number}.svg", told=block.told or block.caption or "–")
