"""Save the text of a draft, or draw up a section anew from the figures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.statistics.bulletins.actions.locking import check_version, locked_bulletin
from cases.statistics.bulletins.models import LONGEST_COPIES, LONGEST_ISSUER, LONGEST_TITLE, Bulletin
from cases.statistics.bulletins.phrases import Speech
from cases.statistics.bulletins.snapshots import month_of
from cases.statistics.bulletins.wording import SECTIONS, draw_up
from citymgmt.paperwork.actions import renew_waiting
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import Invalid, KeyReused, NotFound, WrongState
from citymgmt.worktime.repeats import scoped_key
from citymgmt.written import faults_of, in_lines

LONGEST_HEADING, LONGEST_TEXT = 40, 5000  # characters


@dataclass(frozen=True)
class Section:
    """A part of the text as somebody wrote it."""

    key: str
    heading: str
    text: str
    is_left_out: bool = False

    def as_kept(self) -> dict[str, str | bool]:
        """As the row keeps it."""
        told = {"heading": self.heading.strip(), "text": in_lines(self.text)}
        return {"key": self.key, **told, "is_left_out": self.is_left_out}


@dataclass(frozen=True)
class Text:
    """All that people write of a bulletin; the sections in their order."""

    title: str
    issuer: str
    sections: Sequence[Section]
    reports_to: str = ""
    sends_to: str = ""
    copies_to: str = ""

    @property
    def lines(self) -> Mapping[str, tuple[str, int]]:
        """What stands beside the sections: the text of each column, and how long it may be."""
        return {
            "title": (self.title.strip(), LONGEST_TITLE),
            "issuer": (self.issuer.strip(), LONGEST_ISSUER),
            **{name: (getattr(self, name).strip(), LONGEST_COPIES) for name in ("reports_to", "sends_to", "copies_to")},
        }


def save_bulletin(
    *, by: User, at: datetime, pk: int, version: int, text: Text, request_key: str | None = None
) -> Bulletin:
    """Keep a new text of a draft in place of the version that the person saw. A resend acts once.

    Raises: NotFound, NotPermitted, WrongState, Stale (somebody else saved meanwhile), Invalid, KeyReused.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="save_bulletin"):
        bulletin, key = _locked_draft(by, at, pk), scoped_key(by, request_key)
        if key and bulletin.save_key == key:
            return bulletin
        if key and Bulletin.objects.filter(save_key=key).exists():
            raise KeyReused
        _check(text)
        check_version(bulletin, version)
        for name, (line, _most) in text.lines.items():
            setattr(bulletin, name, line)
        bulletin.sections = [section.as_kept() for section in text.sections]
        bulletin.save_key = key
        return _saved(bulletin, by, at)


def redraw_section(*, by: User, at: datetime, pk: int, version: int, key: str) -> Bulletin:
    """Draw up heading and text of a section anew from the figures; what was written there is given up.

    Doing it twice changes nothing more: a text that is drawn up already is no new version, so no request key is
    needed. Raises: NotFound (also for an unknown section), NotPermitted, WrongState, Stale.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="redraw_section"):
        bulletin = _locked_draft(by, at, pk)
        fresh = drawn_anew(bulletin, key)
        sections = [{**section, **fresh} if section["key"] == key else section for section in bulletin.sections]
        if sections == bulletin.sections:
            return bulletin
        check_version(bulletin, version)
        bulletin.sections = sections
        return _saved(bulletin, by, at)


def drawn_anew(bulletin: Bulletin, key: str) -> dict[str, str]:
    """Heading and text of a section as the figures give them. Raises: NotFound for an unknown section."""
    if key not in SECTIONS:
        raise NotFound
    return {"heading": Speech(bulletin.language).say(key), "text": draw_up(key, month_of(bulletin))}


def _locked_draft(by: User, at: datetime, pk: int) -> Bulletin:
    bulletin = locked_bulletin(pk)
    require(by, "bulletin.write", bulletin, on=timezone.localdate(at))
    if not bulletin.is_draft:
        raise WrongState(_("This bulletin is issued already. Draft a correction."))
    return bulletin


def _saved(bulletin: Bulletin, by: User, at: datetime) -> Bulletin:
    bulletin.version += 1
    bulletin.saved_at, bulletin.saved_by = at, by
    renew_waiting(bulletin, at)  # before the row changes: the worker looks at the bulletin while it holds its job
    columns = ("title", "issuer", "sections", "reports_to", "sends_to", "copies_to", "save_key")
    bulletin.save(update_fields=[*columns, "version", "saved_at", "saved_by"])
    return bulletin


def _check(text: Text) -> None:
    """Raises: Invalid."""
    if sorted(section.key for section in text.sections) != sorted(SECTIONS):
        raise Invalid(_("The form was damaged. Load the page again."))
    wrong: dict[str, str] = {}
    for name, sentence in _faults(text):
        wrong.setdefault(name, sentence)
    if wrong:
        raise Invalid(fields=wrong)


def _faults(text: Text) -> Iterator[tuple[str, str]]:
    """Fields with what is wrong with them; those of sections are named by key, as `overview-heading`."""
    for name, (line, most) in text.lines.items():
        yield from ((name, fault) for fault in faults_of(line, most, is_needed=name in ("title", "issuer")))
    for section in text.sections:
        kept = section.as_kept()
        heading = faults_of(str(kept["heading"]), LONGEST_HEADING, is_needed=True)
        yield from ((f"{section.key}-heading", fault) for fault in heading)
        written = faults_of(str(kept["text"]), LONGEST_TEXT, is_one_line=False)
        yield from ((f"{section.key}-text", fault) for fault in written)
    if all(section.is_left_out for section in text.sections):
        yield f"{text.sections[0].key}-is_left_out", _("Leave at least one section in.")
