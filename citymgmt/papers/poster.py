"""A notice sheet to hang up, as the PDF is made of it. Pure: no Django, no library of it."""

from dataclasses import dataclass

SIZES = ("a4", "a3")
Lines = tuple[tuple[str, str], ...]  # label and value


@dataclass(frozen=True)
class Poster:
    """A sheet about one person, portrait format, as it is read from two metres away. All texts are Chinese.

    Head: `issuer` and `title`, then `place`. Beside the portrait (a JPEG; without one a neutral figure) stand `name`
    and `facts`; below them `texts`, then `others` beside the code, an SVG, with `code_words`. `foot` is small.
    """

    title: str
    issuer: str
    place: str
    name: str
    facts: Lines
    texts: Lines
    others: Lines
    code: str
    code_words: tuple[str, ...]
    foot: str
    portrait: bytes | None = None
