"""Agreements of the three responsibilities (门前三包责任书): signed, renewed, ended."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from citymgmt.documents import fault_of_pdf
from citymgmt.faults import day_faults, refuse
from citymgmt.people.models import User
from citymgmt.photos.actions import keep_uploads, received
from citymgmt.refusals import KeyReused, WrongState, refusing
from citymgmt.worktime.repeats import scoped_key
from citymgmt.written import faults_of
from communities.institutions.actions.frame import MOST_PHOTOS, check_active, earlier, keeping
from communities.institutions.actions.register import KEEP
from communities.institutions.querysets import one_of
from communities.models import Agreement, AgreementPaper, Institution, InstitutionPhoto
from communities.models.institutions import LONGEST_REASON

LONGEST_TERM = timedelta(days=5 * 366)


@dataclass(frozen=True)
class AgreementTold:
    """An agreement as it was signed."""

    signed_on: date
    valid_until: date


def sign_agreement(
    *,
    by: User,
    at: datetime,
    institution: int,
    told: AgreementTold,
    photos: Iterable[bytes] = (),
    paper: bytes | None = None,
    request_key: str | None = None,
) -> Agreement:
    """Keep an agreement that was signed, with photos of the paper or its PDF; one that is still in force is renewed by
    it. A resend acts once.

    Raises: NotFound, NotPermitted, KeyReused, WrongState (no longer active), Invalid (also: neither photo nor PDF).
    """
    key = scoped_key(by, request_key)
    elsewhere = refusing(KeyReused(), "communities_agreement_request_key_key")
    writing = keeping(institution, "sign_agreement", permission=KEEP, by=by, at=at)
    with received(photos, MOST_PHOTOS) as uploads, elsewhere, writing as found:
        same: dict[str, Any] = {"institution_id": found.pk, "signed_on": told.signed_on}
        if (known := earlier(Agreement, key, **same, valid_until=told.valid_until)) is not None:
            return known
        check_active(found)
        _check(found, told, at, paper, has_photos=bool(uploads))
        days = {"signed_on": told.signed_on, "valid_until": told.valid_until}
        made = Agreement.objects.create(institution=found, by=by, created_at=at, request_key=key, **days)
        if paper is not None:
            told_of_file = {"sha256": hashlib.sha256(paper).hexdigest(), "size": len(paper)}
            AgreementPaper.objects.create(agreement=made, content=paper, **told_of_file)
        keep_uploads(InstitutionPhoto, uploads, at, institution=found, agreement=made, by=by)
        return made


def _check(found: Institution, told: AgreementTold, at: datetime, paper: bytes | None, *, has_photos: bool) -> None:
    """Raises: Invalid."""
    faults: dict[str, Any] = {"signed_on": day_faults(told.signed_on, at)}
    if not faults["signed_on"] and found.agreements.filter(signed_on=told.signed_on).exists():
        faults["signed_on"] = _("An agreement of this day is entered already.")
    if not timedelta() < told.valid_until - told.signed_on <= LONGEST_TERM:
        faults["valid_until"] = _("A day after it was signed, at most five years later.")
    if paper is not None:
        faults["paper"] = fault_of_pdf(paper)
    elif not has_photos:
        faults["paper"] = _("Add the signed paper: its PDF, or photos of it.")
    refuse(faults)


def end_agreement(*, by: User, at: datetime, pk: int, on: date, reason: str) -> Agreement:
    """Note that an agreement holds no longer from a day on, and why: it was terminated, or entered by mistake.

    Raises: NotFound, NotPermitted, WrongState (it has ended), Invalid.
    """
    institution = one_of(Agreement.objects.all(), pk).institution_id
    with keeping(institution, "end_agreement", permission=KEEP, by=by, at=at):
        found = Agreement.objects.get(pk=pk)
        if found.ended_on is not None:
            raise WrongState(_("This agreement has ended already."))
        faults: dict[str, Any] = {"reason": faults_of(reason.strip(), LONGEST_REASON, is_needed=True)}
        faults["on"] = day_faults(on, at)
        if not found.signed_on <= on <= found.valid_until:
            faults["on"] = _("A day on which it was in force.")
        refuse(faults)
        found.ended_on, found.end_reason = on, reason.strip()
        found.save(update_fields=["ended_on", "end_reason"])
        return found
