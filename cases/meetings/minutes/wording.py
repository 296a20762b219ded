"""Minutes in words, in the paper's own language, as an official paper. Pure.

Source: GB/T 9704-2012 (mark, attendance after the text, no seal); domain 7.1 (content of minutes, 〔year〕number号).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cases.meetings import phrases
from cases.meetings.phrases import CHINESE, ENGLISH, paragraphs
from citymgmt.papers.paper import Block, Heading, Paper, Paragraph

DIGITS = "零一二三四五六七八九"
PHRASES: Mapping[str, Mapping[str, str]] = {
    CHINESE: {
        "mark": "联席会议纪要",
        "number": "〔{year}〕{number}号",
        "number_of_draft": "〔{year}〕　号",
        "draft": "草稿",
        "opening": "{year}年{month}月{day}日{time}，{chair}在{place}主持召开{year}年第{ordinal}次联席会议。{ends}",
        "opening_nobody": "{year}年{month}月{day}日{time}，在{place}召开{year}年第{ordinal}次联席会议。{ends}",
        "opening_ends": "现将会议议定事项纪要如下。",
        "heading": "{place}、{title}",
        "resolved": "议定事项（{number}）",
        "resolution": "{text}　责任单位：{lead}。{supporting}完成时限：{limit}。",
        "supporting": "配合单位：{units}。",
        "days": "纪要印发之日起{days}个工作日内",
        "day": "{year}年{month}月{day}日前",
        "present": "出席",
        "excused": "请假",
        "observing": "列席",
        "absent": "缺席",
        "recorder": "记录",
        "correction": "更正说明",
        "corrected": "本纪要代替〔{year}〕{number}号。{reason}",
        "reports_to": "报",
        "sends_to": "送",
        "copies_to": "发",
        "comma": "、",
        "between": "；",
        "title": "{office}{year}年第{ordinal}次联席会议纪要",
        "file": "{mark}〔{year}〕{number}号",
        "file_of_draft": "{mark}（草稿）{title}",
        "stop": "。",
        "names": "{unit}　{names}",
    },
    ENGLISH: {
        "mark": "Minutes of the Joint Meeting",
        "number": "[{year}] No. {number}",
        "number_of_draft": "[{year}] No. …",
        "draft": "DRAFT",
        "opening": "On {year}-{month:02}-{day:02}, {time}, {chair} chaired meeting No. {ordinal} at {place}. {ends}",
        "opening_nobody": "On {year}-{month:02}-{day:02}, {time}, meeting No. {ordinal} was held at {place}. {ends}",
        "opening_ends": "The meeting resolved as follows.",
        "heading": "{place}. {title}",
        "resolved": "Resolved ({number})",
        "resolution": "{text} Responsible: {lead}. {supporting}By: {limit}.",
        "supporting": "Supporting: {units}. ",
        "days": "within {days} working days after issue",
        "day": "{year}-{month:02}-{day:02}",
        "present": "Present",
        "excused": "Excused",
        "observing": "Observing",
        "absent": "Absent",
        "recorder": "Recorder",
        "correction": "Correction",
        "corrected": "These minutes replace [{year}] No. {number}. {reason}",
        "reports_to": "Reported to",
        "sends_to": "Sent to",
        "copies_to": "Distributed to",
        "comma": ", ",
        "between": "; ",
        "title": "Minutes of joint meeting No. {ordinal} of {year}, {office}",
        "file": "{mark} {year} No. {number}",
        "file_of_draft": "{mark} (draft) {title}",
        "stop": ".",
        "names": "{unit} ({names})",
    },
}  # fmt: skip
ATTENDANCE = ("present", "excused", "observing", "absent")


@dataclass(frozen=True)
class Resolved:
    """A resolution as the paper says it: by `days` working days after the issue, or on a `day` (ISO)."""

    number: str
    text: str
    lead: str
    supporting: Sequence[str] = ()
    days: int | None = None
    day: str = ""


@dataclass(frozen=True)
class Item:
    """An item of the agenda with what was said and resolved."""

    title: str
    discussion: str = ""
    resolved: Sequence[Resolved] = ()


@dataclass(frozen=True)
class Content:
    """What minutes are composed of: items, units by their presence with who came, and who wrote it down."""

    items: Sequence[Item]
    attendance: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    recorder: str = ""


@dataclass(frozen=True)
class Frame:
    """What stands around the content: the lines that people write, number and day of an issued paper.

    `year` is that of the number, of a draft that of the meeting. `corrects` is year and number of the replaced minutes.
    """

    language: str
    title: str
    issuer: str
    opening: str
    year: int
    number: int | None = None
    issued_on: date | None = None
    reports_to: str = ""
    sends_to: str = ""
    copies_to: str = ""
    corrects: tuple[int, int] | None = None
    reason: str = ""


def say(language: str, phrase: str, **told: object) -> str:
    """A phrase of the language; Chinese for one we do not know. Raises KeyError for an unknown phrase."""
    return phrases.say(PHRASES, language, phrase, **told)


def counted(language: str, number: int) -> str:
    """A number from 1 to 99 as headings count: 一, 十二, 二十; in English 1."""
    if language == ENGLISH:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十") + (DIGITS[ones] if ones else "")


def paper_of(frame: Frame, content: Content) -> Paper:
    """The minutes as an official paper; marked as a draft while they have no number."""
    language = frame.language
    is_draft = frame.number is None
    number = say(language, "number_of_draft" if is_draft else "number", year=frame.year, number=frame.number)
    lines = ((say(language, name), getattr(frame, name)) for name in ("reports_to", "sends_to", "copies_to"))
    return Paper(
        mark=say(language, "mark"),
        number=number,
        issuer=frame.issuer,
        issued_on=frame.issued_on,
        title=frame.title,
        blocks=tuple(_blocks(frame, content)),
        copies=tuple((label, text) for label, text in lines if text),
        printed_by=frame.issuer,
        draft=say(language, "draft") if is_draft else "",
        language=language,
    )


def _blocks(frame: Frame, content: Content) -> Iterator[Block]:
    language = frame.language
    if frame.corrects is not None:
        year, number = frame.corrects
        told = say(language, "corrected", year=year, number=number, reason=frame.reason)
        yield Paragraph(told, label=say(language, "correction"))
    yield from map(Paragraph, paragraphs(frame.opening))
    for place, item in enumerate(content.items, 1):
        yield Heading(say(language, "heading", place=counted(language, place), title=item.title))
        yield from map(Paragraph, paragraphs(item.discussion))
        yield from (_resolution(language, one) for one in item.resolved)
    for presence in ATTENDANCE:
        units = content.attendance.get(presence, ())
        if units:
            yield Paragraph(
                say(language, "between").join(_who(language, *one) for one in units), say(language, presence)
            )
    if content.recorder:
        yield Paragraph(content.recorder, say(language, "recorder"))


def _resolution(language: str, one: Resolved) -> Paragraph:
    units = say(language, "comma").join(one.supporting)
    text = " ".join(one.text.split())
    if not text.endswith(("。", ".", "！", "!", "；", ";")):
        text += say(language, "stop")
    told = say(
        language,
        "resolution",
        text=text,
        lead=one.lead,
        supporting=say(language, "supporting", units=units) if units else "",
        limit=limit_of(language, one),
    )
    return Paragraph(told, label=say(language, "resolved", number=one.number))


def limit_of(language: str, one: Resolved) -> str:
    """By when, in words."""
    if one.days is not None:
        return say(language, "days", days=one.days)
    day = date.fromisoformat(one.day)
    return say(language, "day", year=day.year, month=day.month, day=day.day)


def _who(language: str, unit: str, names: str) -> str:
    return say(language, "names", unit=unit, names=names) if names else unit
