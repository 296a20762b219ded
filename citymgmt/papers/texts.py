"""The texts of a paper: what Word and PDF can carry of them, and the few words that the layout itself writes. Pure."""

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any, TypeVar

Part = TypeVar("Part")

LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# No XML carries them, or they would turn the order of what follows round: controls, surrogates, bidirectional overrides
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


@dataclass(frozen=True)
class Wording:
    """What the layout writes itself, in one language. `day` and `printed` are patterns of str.format."""

    tag: str
    colon: str
    day: str
    printed: str
    months: tuple[str, ...] = ()


ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WORDINGS = {
    "zh-hans": Wording("zh-CN", "：", "{year}年{month}月{day}日", "{day}印发"),
    "en": Wording("en-GB", ": ", "{day} {month} {year}", "Printed on {day}", ENGLISH_MONTHS),
}


def wording(language: str) -> Wording:
    """That of the language; Chinese for one we do not know."""
    return WORDINGS.get(language, WORDINGS["zh-hans"])


def day_of(on: date | None, language: str) -> str:
    """The day as papers write it: 2026年3月5日, 5 March 2026; empty without one. Source: GB/T 9704-2012, 7.3.5.4."""
    if on is None:
        return ""
    words = wording(language)
    month = words.months[on.month - 1] if words.months else on.month
    return words.day.format(year=on.year, month=month, day=on.day)


def printed_on(on: date | None, language: str) -> str:
    """The day of printing in the foot: 2026年3月5日印发; empty without one."""
    return wording(language).printed.format(day=day_of(on, language)) if on else ""


def printable(text: str) -> str:
    """The text without what no paper can show; every kind of line end becomes a newline, a tab a space."""
    return UNPRINTABLE.sub("", LINE_ENDS.sub("\n", text).replace("\t", " "))


def cleaned(part: Part) -> Part:
    """The same paper, or part of one, with every text printable."""
    return _cleaned(part)


def _cleaned(part: Any) -> Any:
    if isinstance(part, str):
        return printable(part)
    if isinstance(part, tuple):
        return tuple(_cleaned(one) for one in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{each.name: _cleaned(getattr(part, each.name)) for each in fields(part)})
    return part


def ems(text: str) -> float:
    """About how wide the text is, in widths of a Chinese character."""
    return sum(0.55 if ord(character) < 0x2E80 else 1.0 for character in text)


def mark_size(mark: str) -> float:
    """The size of a red mark in points: one line of 156 mm wherever that is possible, 22 to 56."""
    return min(56.0, max(22.0, round(430 / max(1.0, ems(mark)))))


def shortened(text: str, most_ems: float) -> str:
    """The text on one line, its end cut with … where it is wider than so many Chinese characters."""
    line = " ".join(text[: int(most_ems * 4) + 4].split())
    if ems(line) <= most_ems and len(text) <= int(most_ems * 4) + 4:
        return line
    while line and ems(line) > most_ems - 1:
        line = line[:-1]
    return line + "…"


def squared(rows: tuple[tuple[str, ...], ...], columns: int) -> list[tuple[str, ...]]:
    """The rows with exactly so many cells each: missing ones are empty, those beyond are left out."""
    return [(*row[:columns], *[""] * (columns - len(row))) for row in rows]


def shares(widths: tuple[int, ...], columns: int) -> list[float]:
    """Each column's part of the line, together 1. Equal parts where the widths do not fit the columns."""
    fit = widths if len(widths) == columns and all(width > 0 for width in widths) else (1,) * columns
    return [width / sum(fit) for width in fit]
