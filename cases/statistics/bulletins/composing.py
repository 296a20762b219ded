"""A bulletin as an official paper: its text with the tables and charts of each section, in the order of its text."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils import timezone

from cases.statistics.bulletins.models import Bulletin
from cases.statistics.bulletins.month import Month
from cases.statistics.bulletins.phrases import Speech
from cases.statistics.bulletins.snapshots import month_of
from cases.statistics.bulletins.tables import shown_in
from cases.statistics.bulletins.wording import SECTIONS, draw_up
from citymgmt.papers.paper import Block, Heading, Paper, Paragraph, Picture

COPIES = ("reports_to", "sends_to", "copies_to")


def first_sections(month: Month) -> list[dict[str, Any]]:
    """All sections as they are drawn up from the figures."""
    speech = Speech(month.language)
    return [
        {"key": key, "heading": speech.say(key), "text": draw_up(key, month), "is_left_out": False} for key in SECTIONS
    ]


def paper_of(bulletin: Bulletin) -> Paper:
    """The paper as it stands now; marked as a draft until it is issued."""
    month, speech = month_of(bulletin), Speech(bulletin.language)
    issued_on = timezone.localdate(bulletin.issued_at) if bulletin.issued_at else None
    return Paper(
        mark=speech.say("mark"),
        number=number_of(bulletin, speech),
        issuer=bulletin.issuer,
        issued_on=issued_on,
        title=bulletin.title,
        blocks=tuple(_blocks(bulletin, month, speech)),
        copies=tuple((speech.say(name), getattr(bulletin, name)) for name in COPIES if getattr(bulletin, name)),
        printed_by=bulletin.issuer,
        draft=speech.say("draft") if bulletin.is_draft else "",
        language=bulletin.language,
    )


def without_pictures(paper: Paper) -> Paper:
    """The same without its charts, for a machine that cannot draw them."""
    return replace(paper, blocks=tuple(block for block in paper.blocks if not isinstance(block, Picture)))


def number_of(bulletin: Bulletin, speech: Speech) -> str:
    """第N期; without a number while it is a draft."""
    if bulletin.is_draft:
        return speech.say("number_of_draft")
    return speech.say("number", number=bulletin.number, year=bulletin.year)


def file_name(bulletin: Bulletin, kind: str) -> str:
    """The name under which people save a file."""
    speech = Speech(bulletin.language)
    mark = speech.say("mark")
    if bulletin.is_draft:
        return f"{speech.say('file_of_draft', mark=mark, month=speech.month(bulletin.month))}.{kind}"
    return f"{speech.say('file', mark=mark, year=bulletin.year, number=bulletin.number)}.{kind}"


def _blocks(bulletin: Bulletin, month: Month, speech: Speech) -> Iterator[Block]:
    kept = [section for section in bulletin.sections if not section["is_left_out"]]
    for place, section in enumerate(kept, 1):
        yield Heading(speech.numbered(place, section["heading"]))
        for paragraph in section["text"].splitlines():
            if paragraph.strip():
                yield Paragraph(paragraph.strip())
        yield from shown_in(section["key"], month)
