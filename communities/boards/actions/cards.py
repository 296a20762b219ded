"""What the public is told of people and offices: numbers, duties, hours, and a portrait with consent."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import partial

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.people.models import SubDistrict, User
from citymgmt.people.permissions import require
from citymgmt.photos.actions import Upload, forget_files, received, ring
from citymgmt.refusals import Invalid
from citymgmt.worktime.rules import hold_rules
from citymgmt.written import faults_of, faults_of_office_phone, in_lines
from communities.boards.actions.comparing import compare_boards, compare_boards_of
from communities.boards.querysets import officer_named
from communities.models import Board, Portrait, PublicCard, PublicOffice
from communities.models.boards import LONGEST_BADGE, LONGEST_DUTIES, LONGEST_HOURS, LONGEST_PHONE
from communities.querysets import locked_office

MOST_LINES = 8  # of the duties: a sheet has room for them


@dataclass(frozen=True)
class CardTold:
    """What the public is told of a person."""

    phone: str
    badge_number: str = ""
    duties: str = ""
    hours: str = ""


@dataclass(frozen=True)
class PortraitTold:
    """A new portrait, and the day on which the person consented to its being shown."""

    photo: bytes
    consent_on: date | None


def save_card(
    *, by: User, at: datetime, username: str, told: CardTold, portrait: PortraitTold | None = None
) -> PublicCard:
    """Say what the public is told of an officer of the own office; a new portrait takes the place of the one before.
    The boards that show something else by now are to be renewed. The same again changes nothing.

    Raises: NotFound, NotPermitted, Invalid (a private mobile number; a portrait without consent, or no photo).
    """
    with received([portrait.photo] if portrait else [], 1) as uploads, _keeping("save_card", by, at) as office:
        person = officer_named(office.pk, username)
        _check_card(told)
        card = PublicCard.objects.filter(user=person).first() or PublicCard(user=person)
        columns = {name: in_lines(text) for name, text in asdict(told).items()}
        if card.pk is None or any(getattr(card, name) != text for name, text in columns.items()):
            for name, text in columns.items():
                setattr(card, name, text)
            card.save()
        if portrait:
            _replace_portrait(person, portrait, uploads[0], by, at)
        compare_boards_of(person, at)
    return card


def withdraw_portrait(*, by: User, at: datetime, username: str) -> bool:
    """Remove the portrait of an officer, row and files, because the consent was taken back or the picture is wrong;
    returns whether there was one. Boards that show it are to be renewed. Raises: NotFound, NotPermitted.
    """
    with _keeping("withdraw_portrait", by, at) as office:
        person = officer_named(office.pk, username)
        was_there = _remove_portrait(person)
        compare_boards_of(person, at)
    return was_there


def save_office(*, by: User, at: datetime, phone: str, hours: str = "") -> PublicOffice:
    """Say where the public complains about officers of the own office. The boards that show something else by now are
    to be renewed. Raises: NotFound, NotPermitted, Invalid.
    """
    with _keeping("save_office", by, at) as office:
        faults = {
            "phone": faults_of_office_phone(phone, LONGEST_PHONE, is_needed=True),
            "hours": faults_of(hours.strip(), LONGEST_HOURS),
        }
        _refuse(faults)
        found = PublicOffice.objects.filter(subdistrict=office).first() or PublicOffice(subdistrict=office)
        if (found.phone, found.hours) != (phone.strip(), hours.strip()):
            found.phone, found.hours = phone.strip(), hours.strip()
            found.save()
        standing = Board.objects.filter(community__subdistrict=office).order_by("community")
        for pk in dict.fromkeys(standing.values_list("community", flat=True)):
            compare_boards(community=pk, at=at)
    return found


@contextmanager
def _keeping(action: str, by: User, at: datetime) -> Iterator[SubDistrict]:
    """The locked row of the person's sub-district, of whose people `by` may tell the public, in a transaction that the
    audit trail names by the action. Raises: NotFound, NotPermitted.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action=action):
        hold_rules()
        office = locked_office(by.subdistrict_id)
        require(by, "board.keep", office, on=timezone.localdate(at))
        yield office


def _check_card(told: CardTold) -> None:
    """Raises: Invalid."""
    _refuse(
        {
            "phone": faults_of_office_phone(told.phone, LONGEST_PHONE, is_needed=True),
            "badge_number": faults_of(told.badge_number.strip(), LONGEST_BADGE),
            "duties": _faults_of_duties(in_lines(told.duties)),
            "hours": faults_of(told.hours.strip(), LONGEST_HOURS),
        }
    )


def _faults_of_duties(text: str) -> list[str]:
    faults = faults_of(text, LONGEST_DUTIES, is_one_line=False)
    if not faults and text.count("\n") >= MOST_LINES:
        faults = [_("At most %(most)s lines.") % {"most": MOST_LINES}]
    return faults


def _refuse(faults: dict[str, list[str]]) -> None:
    """Raises: Invalid, when there is a fault."""
    found = {name: sentences for name, sentences in faults.items() if sentences}
    if found:
        raise Invalid(fields=found)


def _replace_portrait(person: User, told: PortraitTold, upload: Upload, by: User, at: datetime) -> None:
    """Raises: Invalid."""
    today = timezone.localdate(at)
    if told.consent_on is None or told.consent_on > today:
        raise Invalid(fields={"consent_on": _("Without the person's consent, given by today, no portrait is shown.")})
    same = Portrait.objects.filter(user=person, upload_sha256=upload.digest, consent_on=told.consent_on)
    if same.exists():
        return
    _remove_portrait(person)
    Portrait.objects.create(
        user=person,
        by=by,
        consent_on=told.consent_on,
        created_at=at,
        upload_sha256=upload.digest,
        incoming=upload.name,
    )
    transaction.on_commit(ring)


def _remove_portrait(person: User) -> bool:
    """Remove the row and, once that is certain, its files; returns whether there was one."""
    found = Portrait.objects.filter(user=person).first()
    if found is None:
        return False
    files = [digest for digest in (found.sha256, found.thumbnail_sha256) if digest]
    found.delete()
    transaction.on_commit(partial(forget_files, files))
    return True
