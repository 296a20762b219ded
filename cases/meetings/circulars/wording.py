"""A circular in words, in the paper's own language, as an official paper. Pure.

Source: GB/T 9704-2012 (mark, 〔year〕number号, whom it is sent to flush under the title); domain 7.1 (通报).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cases.meetings import phrases
from cases.meetings.phrases import CHINESE, ENGLISH, paragraphs
from citymgmt.papers.paper import Block, Paper, Paragraph, Table

PHRASES: Mapping[str, Mapping[str, str]] = {
    CHINESE: {
        "information": "情况通报",
        "commendation": "表扬通报",
        "criticism": "批评通报",
        "number": "〔{year}〕{number}号",
        "number_of_draft": "〔{year}〕　号",
        "draft": "草稿",
        "to": "{units}：",
        "comma": "、",
        "correction": "更正说明",
        "corrected": "本通报更正〔{year}〕{number}号《{title}》。",
        "confirm": "签收要求",
        "confirm_by": "请于{year}年{month}月{day}日前签收。",
        "cases": "涉及案件",
        "case": "案件编号",
        "place": "地点",
        "state": "办理状态",
        "no_place": "—",
        "file": "{mark}〔{year}〕{number}号",
        "file_of_draft": "{mark}（草稿）{title}",
    },
    ENGLISH: {
        "information": "Circular: Information",
        "commendation": "Circular: Commendation",
        "criticism": "Circular: Criticism",
        "number": "[{year}] No. {number}",
        "number_of_draft": "[{year}] No. …",
        "draft": "DRAFT",
        "to": "To: {units}",
        "comma": ", ",
        "correction": "Correction",
        "corrected": "This circular corrects [{year}] No. {number}, “{title}”.",
        "confirm": "Receipt",
        "confirm_by": "Please confirm the receipt by {year}-{month:02}-{day:02}.",
        "cases": "Cases concerned",
        "case": "Case number",
        "place": "Place",
        "state": "State",
        "no_place": "–",
        "file": "{mark} {year} No. {number}",
        "file_of_draft": "{mark} (draft) {title}",
    },
}
WIDTHS = (5, 7, 3)  # of the table of cases: number, place, state


@dataclass(frozen=True)
class Concerned:
    """A case as the paper tells it: its number, where, and how it stands."""

    number: str
    place: str
    state: str


@dataclass(frozen=True)
class Content:
    """What a circular reads from elsewhere: names of the units, the cases, and (year, number, title) of what it
    corrects.
    """

    units: Sequence[str]
    cases: Sequence[Concerned] = ()
    corrects: tuple[int, int, str] | None = None


@dataclass(frozen=True)
class Frame:
    """What people write of a circular; number and day of an issued one. `year` is that of the number, of a draft that
    of its drafting.
    """

    kind: str
    language: str
    title: str
    issuer: str
    body: str
    year: int
    number: int | None = None
    issued_on: date | None = None
    confirm_by: date | None = None


def say(language: str, phrase: str, **told: object) -> str:
    """A phrase of the language; Chinese for one we do not know. Raises KeyError for an unknown phrase."""
    return phrases.say(PHRASES, language, phrase, **told)


def paper_of(frame: Frame, content: Content) -> Paper:
    """The circular as an official paper; marked as a draft while it has no number."""
    language = frame.language
    is_draft = frame.number is None
    return Paper(
        mark=say(language, frame.kind),
        number=say(language, "number_of_draft" if is_draft else "number", year=frame.year, number=frame.number),
        issuer=frame.issuer,
        issued_on=frame.issued_on,
        title=frame.title,
        blocks=tuple(_blocks(frame, content)),
        printed_by=frame.issuer,
        draft=say(language, "draft") if is_draft else "",
        language=language,
    )


def _blocks(frame: Frame, content: Content) -> Iterator[Block]:
    language = frame.language
    if content.units:
        units = say(language, "comma").join(content.units)
        yield Paragraph(say(language, "to", units=units), is_flush=True)
    if content.corrects is not None:
        year, number, title = content.corrects
        told = say(language, "corrected", year=year, number=number, title=title)
        yield Paragraph(told, label=say(language, "correction"))
    yield from map(Paragraph, paragraphs(frame.body))
    if content.cases:
        yield _table(language, content.cases)
    if frame.confirm_by is not None:
        day = frame.confirm_by
        told = say(language, "confirm_by", year=day.year, month=day.month, day=day.day)
        yield Paragraph(told, label=say(language, "confirm"))


def _table(language: str, cases: Sequence[Concerned]) -> Table:
    return Table(
        caption=say(language, "cases"),
        headings=tuple(say(language, name) for name in ("case", "place", "state")),
        rows=tuple((one.number, one.place or say(language, "no_place"), one.state) for one in cases),
        widths=WIDTHS,
        texts=len(WIDTHS),
    )
