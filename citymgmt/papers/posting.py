"""Renders notice sheets (templates/papers/poster.html, poster.css) with WeasyPrint. Imported by `poster` if needed."""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import weasyprint
from django.template.loader import render_to_string
from weasyprint.text.fonts import FontConfiguration

from citymgmt.papers.poster import Poster
from citymgmt.papers.rendering import Known
from citymgmt.papers.texts import ems

LOOK = Path(__file__).with_name("poster.css")
# The layout is in units of 10 pt on A4; on A3 everything is larger by the square root of two
OF_SIZE = {
    "a4": "@page { size: A4 } html { font-size: 10pt }",
    "a3": "@page { size: A3 } html { font-size: 14.142pt }",
}
FIGURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 120"><rect width="90" height="120" fill="#e8edee"/>'
    '<circle cx="45" cy="44" r="19" fill="#9fb0b2"/>'
    '<path d="M9 120c0-27 16-43 36-43s36 16 36 43z" fill="#9fb0b2"/></svg>'
)

# Sizes of running text in rem, as poster.css has them (.size-0 ...), and the room for it, in rem
TEXT_SIZES, LINE, WIDTH, HEIGHT = (1.6, 1.45, 1.3, 1.15, 1.0, 0.85), 1.4, 50.0, 13.5


@dataclass(frozen=True)
class Text:
    """A text with its label, and which size it is set in."""

    label: str
    text: str
    size: int


def rendered(posters: Sequence[Poster], size: str) -> bytes:
    """The sheets as PDF. Raises KeyError for an unknown size."""
    settings = FontConfiguration()
    looks = [
        weasyprint.CSS(string=look, font_config=settings, url_fetcher=Known({}))
        for look in (LOOK.read_text("utf-8"), OF_SIZE[size])
    ]
    pictures: dict[str, str | bytes] = {"paper:figure.svg": FIGURE}
    for number, poster in enumerate(posters):
        pictures[f"paper:{number}.svg"] = poster.code
        if poster.portrait is not None:
            pictures[f"paper:{number}.jpg"] = poster.portrait
    shown = [(one, [Text(label, text, size_of(text)) for label, text in one.texts]) for one in posters]
    page = render_to_string("papers/poster.html", {"first": posters[0], "shown": shown})
    name = hashlib.sha256(page.encode())
    for content in pictures.values():
        name.update(content if isinstance(content, bytes) else content.encode())
    made = weasyprint.HTML(string=page, url_fetcher=Known(pictures)).write_pdf(
        stylesheets=looks, font_config=settings, pdf_tags=True, pdf_identifier=name.hexdigest()[:32].encode()
    )
    return bytes(made)


def size_of(text: str) -> int:
    """The largest size in which a text finds room; the smallest when none is small enough."""
    fitting = (number for number, size in enumerate(TEXT_SIZES) if _lines(text, WIDTH / size) * size * LINE <= HEIGHT)
    return next(fitting, len(TEXT_SIZES) - 1)


def _lines(text: str, width: float) -> int:
    """How many lines of a width (in characters) a text takes."""
    return sum(max(1, math.ceil(ems(line) / width)) for line in text.splitlines())
