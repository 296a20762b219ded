"""An official paper as Word and PDF alike are made of it. Pure: no Django, no library of either.

All texts are shown as they are, in the paper's own language. Source of the parts: GB/T 9704-2012; domain 7.1.
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3: black type, italic (kai) type, and bold text type. It brings its own numbering."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Running text, its first line two characters in. With a label: 出席: …, the label in black type. A flush one
    begins at the margin, as whom a paper is sent to (主送机关).
    """

    text: str
    label: str = ""
    is_flush: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a caption above it; its headings stand again on each page that it reaches.

    `widths` are shares of the line, one per column. The first `texts` columns are words, those after them numbers.
    `total` says that the last row sums the others.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    texts: int = 1
    total: bool = False


@dataclass(frozen=True)
class Series:
    """What a chart shows under one name: a value for each label, None where there is none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Chart:
    """A chart as a picture: lines over time, bars lying beside names, or columns. `unit` stands at the axis."""

    kind: str  # line, bars or columns
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""


@dataclass(frozen=True)
class Picture:
    """A chart with a caption below it, which also says in words what is to be seen."""

    chart: Chart
    caption: str
    told: str


Block = Heading | Paragraph | Table | Picture


@dataclass(frozen=True)
class Paper:
    """An official paper without a seal, as 简报 and 纪要 are.

    Head: `mark` in red, `number` below it, `issuer` left and the day right above the red line. Then the title, the
    blocks, and at the foot of the last page `copies` (报, 送, 发 and to whom) with who printed it and when. While
    `draft` is not empty, it is written across each page. `language` is zh-hans or en.
    """

    mark: str
    number: str
    issuer: str
    issued_on: date | None
    title: str
    blocks: tuple[Block, ...]
    copies: tuple[tuple[str, str], ...] = ()
    printed_by: str = ""
    draft: str = ""
    language: str = "zh-hans"
    keywords: tuple[str, ...] = field(default=())
