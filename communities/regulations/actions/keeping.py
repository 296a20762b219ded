"""Regulations are published, corrected, replaced and abolished."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.documents import fault_of, form_of, words_of
from citymgmt.people.models import User
from citymgmt.people.permissions import require, require_role
from citymgmt.refusals import Invalid, KeyReused, WrongState, refusing
from citymgmt.worktime.repeats import scoped_key
from citymgmt.written import faults_of, folded, in_lines
from communities.models import Regulation, RegulationFile
from communities.models.regulations import (
    LONGEST_ISSUER,
    LONGEST_NUMBER,
    LONGEST_SOURCE,
    LONGEST_TITLE,
    LONGEST_WORDS,
)
from communities.regulations.querysets import KEEP, SHARE, keeps, locked_regulations
from communities.regulations.told import RegulationTold

OLDEST = date(1949, 10, 1)
LINES = {"number": LONGEST_NUMBER, "source": LONGEST_SOURCE}


def publish_regulation(
    *,
    by: User,
    at: datetime,
    told: RegulationTold,
    is_shared: bool = False,
    file: bytes | None = None,
    request_key: str | None = None,
) -> Regulation:
    """Enter a regulation: the office's own, or one that all offices share. A resend acts once.

    Raises: NotPermitted, Invalid (also: it is entered already), KeyReused.
    """
    require_role(by, SHARE if is_shared else KEEP)
    key = scoped_key(by, request_key)
    taken = refusing(Invalid(fields={"title": already()}), "regulation_once")
    with taken, transaction.atomic(), pghistory.context(user=by.pk, action="publish_regulation"):
        if (earlier := _earlier(key, told)) is not None:
            return earlier
        check_told(told, file, is_shared=is_shared)
        office = None if is_shared else by.subdistrict
        row = Regulation(subdistrict=office, request_key=key, **told.columns)
        _save(row, file, by, at)
        return row


def already() -> str:
    """Why a regulation cannot be entered a second time."""
    return _("This regulation is entered already with the same first day.")


def _earlier(key: str | None, told: RegulationTold) -> Regulation | None:
    row = Regulation.objects.filter(request_key=key).first() if key else None
    if row is not None and row.title != told.columns["title"]:
        raise KeyReused
    return row


def change_regulation(
    *, by: User, at: datetime, pk: int, told: RegulationTold, file: bytes | None = None
) -> Regulation:
    """Correct what is known of a regulation, or add a newer file; the same again changes nothing.

    Raises: NotFound, NotPermitted, Invalid (also: it would be in force after what replaces it).
    """
    taken = refusing(Invalid(fields={"title": already()}), "regulation_once")
    with taken, _keeping(by, at, "change_regulation", pk) as rows:
        row = rows[pk]
        check_told(told, file, is_shared=row.is_shared)
        _check_order(row, told.effective_on)
        if row.abolished_on is not None and row.abolished_on < told.effective_on:
            raise Invalid(fields={"effective_on": _("It was abolished before that.")})
        changed = {name: value for name, value in told.columns.items() if getattr(row, name) != value}
        for name, value in changed.items():
            setattr(row, name, value)
        _save(row, file, by, at)
        return row


def _check_order(row: Regulation, effective_on: date) -> None:
    later = row.replaced_by
    if later is not None and later.effective_on <= effective_on:
        raise Invalid(
            fields={"effective_on": _("What replaces it is in force from %(day)s.") % {"day": later.effective_on}}
        )
    if row.replaces.filter(effective_on__gte=effective_on).exists():
        raise Invalid(fields={"effective_on": _("What it replaces took effect later than that.")})


def replace_regulation(*, by: User, at: datetime, pk: int, by_pk: int, on: date | None = None) -> Regulation:
    """Say that a regulation is replaced by a later one, from a day on: that on which the other one takes effect, unless
    another is given. Raises: NotFound, NotPermitted, WrongState (it is abolished already), Invalid.
    """
    with _keeping(by, at, "replace_regulation", pk, by_pk) as rows:
        row, later = rows[pk], rows[by_pk]
        if later.effective_on <= row.effective_on:
            raise Invalid(fields={"replaced_by": _("A regulation is replaced only by one that took effect later.")})
        if not later.is_shared and later.subdistrict_id != row.subdistrict_id:
            raise Invalid(fields={"replaced_by": _("Choose one of these.")})
        row.replaced_by = later
        return _end(row, on or later.effective_on)


def abolish_regulation(*, by: User, at: datetime, pk: int, on: date) -> Regulation:
    """Say that a regulation is abolished from a day on, and nothing follows it. Raises: NotFound, NotPermitted,
    WrongState, Invalid.
    """
    with _keeping(by, at, "abolish_regulation", pk) as rows:
        return _end(rows[pk], on)


def _end(row: Regulation, on: date) -> Regulation:
    if row.abolished_on is not None:
        raise WrongState(_("This regulation is abolished already."))
    if not row.effective_on <= on <= date(2100, 12, 31):
        raise Invalid(fields={"on": _("A day from %(day)s on.") % {"day": row.effective_on}})
    row.abolished_on = on
    row.save(update_fields=["abolished_on", "replaced_by"])
    return row


@contextmanager
def _keeping(by: User, at: datetime, action: str, pk: int, *others: int) -> Iterator[dict[int, Regulation]]:
    """The locked rows: the one that `by` keeps, and others that the person need only see. Raises: NotFound,
    NotPermitted.
    """
    on = timezone.localdate(at)
    with transaction.atomic(), pghistory.context(user=by.pk, action=action):
        rows = locked_regulations([pk, *others])
        require(by, keeps(rows[pk]), rows[pk], on=on)
        for other in others:
            require(by, "regulation.view", rows[other], on=on)
        yield rows


def check_told(told: RegulationTold, file: bytes | None = None, *, is_shared: bool) -> None:
    """Raises: Invalid (by field)."""
    faults: dict[str, Any] = faults_of_told(told, is_shared=is_shared)
    if file is not None and (fault := fault_of(file)):
        faults["file"] = fault
    if faults:
        raise Invalid(fields=faults)


def faults_of_told(told: RegulationTold, *, is_shared: bool) -> dict[str, list[str]]:
    """What is wrong with what was written, by field."""
    columns = told.columns
    faults = {name: faults_of(columns[name], most) for name, most in LINES.items()}
    faults["title"] = faults_of(columns["title"], LONGEST_TITLE, is_needed=True)
    faults["issuer"] = faults_of(columns["issuer"], LONGEST_ISSUER, is_needed=True)
    faults["words"] = faults_of(in_lines(told.words), LONGEST_WORDS, is_one_line=False)
    kinds = [kind for kind in Regulation.Kind.values if not (is_shared and kind == Regulation.Kind.OFFICE)]
    faults["kind"] = [] if told.kind in kinds else [_("Choose one of these.")]
    faults["issued_on"] = [] if OLDEST <= told.issued_on <= date(2100, 12, 31) else [_("Choose a day since 1949.")]
    if not told.issued_on <= told.effective_on <= date(2100, 12, 31):
        faults["effective_on"] = [_("Not before the day on which it was issued.")]
    if columns["source"] and not columns["source"].startswith(("https://", "http://")):
        faults["source"] = [_("An address that begins with https://.")]
    return {name: found for name, found in faults.items() if found}


def _save(row: Regulation, file: bytes | None, by: User, at: datetime) -> None:
    """Write the row with what is searched of it, and its file, each once; a file's own words are taken where none were
    typed.
    """
    row.words = in_lines(row.words) or (words_of(file)[:LONGEST_WORDS] if file else "")
    row.folded = folded("\n".join((row.title, row.number, row.issuer, row.words)))
    row.save()
    if file:
        digest = hashlib.sha256(file).hexdigest()
        told = {"content": file, "form": form_of(file), "size": len(file), "by": by, "created_at": at}
        RegulationFile.objects.get_or_create(regulation=row, sha256=digest, defaults=told)
