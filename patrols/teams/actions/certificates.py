"""Certificates of members: kept by leader and clerks; leader and holder are told before one expires and on the day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.faults import EARLIEST, refuse
from citymgmt.found import one_of
from citymgmt.people.models import User
from citymgmt.refusals import Invalid
from citymgmt.written import faults_of
from communities.actions.periods import LATEST
from patrols.expiring import over, soon
from patrols.teams import notices
from patrols.teams.actions.frame import member_of, working_on
from patrols.teams.models import Certificate
from patrols.teams.querysets import certificates_expiring

LONGEST_NUMBER = 40  # characters


@dataclass(frozen=True)
class CertificateTold:
    """A certificate as a person writes it; `user` is the id of the holder."""

    user: int
    kind: str
    number: str
    issued_on: date
    expires_on: date


def save_certificate(*, by: User, at: datetime, team: int, told: CertificateTold, pk: int | None = None) -> Certificate:
    """Enter a certificate of a member, or change one. Saving the same again changes nothing.

    Raises: NotFound, NotPermitted, Invalid.
    """
    with working_on(team, "save_certificate", permission="certificate.keep", by=by, at=at) as found:
        row = Certificate(team=found) if pk is None else one_of(Certificate.objects.filter(team=found), pk)
        person = member_of(found, told.user, "user")
        _check(told)
        values: dict[str, Any] = {**vars(told), "user": person, "number": told.number.strip()}
        same = Certificate.objects.filter(user=person, kind=told.kind, number=values["number"])
        there = same.exclude(pk=row.pk).first()
        if there is not None:
            if pk is None and (there.issued_on, there.expires_on) == (told.issued_on, told.expires_on):
                return there
            raise Invalid(fields={"number": _("This certificate is entered already.")})
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        return row


def _check(told: CertificateTold) -> None:
    range_told = _("Choose a day between 2000 and 2100.")
    faults: dict[str, list[str]] = {
        "number": faults_of(told.number.strip(), LONGEST_NUMBER, is_needed=True),
        "kind": [] if told.kind in Certificate.Kind.values else [_("Choose one of these.")],
        "issued_on": [] if EARLIEST <= told.issued_on <= LATEST else [range_told],
        "expires_on": [] if EARLIEST <= told.expires_on <= LATEST else [range_told],
    }
    if told.expires_on < told.issued_on:
        faults["expires_on"] = [_("It cannot expire before it was issued.")]
    refuse(faults)


def tell_of_certificates(*, at: datetime) -> None:
    """Tell holders and leaders of what expires within thirty days, and of what has expired, each once for a day of
    expiry, however often and however late this runs.
    """
    today = timezone.localdate(at)
    notices.tell_of_expiry(notices.EXPIRING, certificates_expiring(soon(today)), at)
    notices.tell_of_expiry(notices.EXPIRED, certificates_expiring(over(today)), at)
