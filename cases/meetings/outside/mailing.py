"""Mail to units that nobody reads for in the portal: each mail leads behind a link of its own, which opens once.

The secret of such a link is worked out of the message's key and the portal's secret key, so it stands nowhere; when
that key is changed, links that wait no longer open, and the unit asks for a new one.
"""

import base64
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from cases.meetings.models import MemberUnit
from cases.meetings.outside.models import SECRET_BYTES, TO_BE_OPENED, UnitLink, digest_of_secret
from citymgmt.bulk import insert_new
from citymgmt.outbox import addressees
from citymgmt.outbox.actions import Letter, enqueue_letters
from citymgmt.outbox.addressees import Addressee, Mailbox
from citymgmt.outbox.models import Message

UNIT = "unit"
CLOSING = _(
    "The link opens once, within 14 days. What was answered and reported behind it stays with the sub-district office."
    " Do not pass this mail on."
)
COLUMNS = ("unit_id", "digest", "made_at", "expires_at")


def register() -> None:
    """Say where mail to units goes and what it leads to, when the app is ready."""
    addressees.register(UNIT, addressees.Register(mailbox=_mailbox, path=_path))


def address_of(unit: MemberUnit) -> str:
    """The contact person's office address, else the substitute's; "" when the office keeps none."""
    return unit.contact_email or unit.substitute_email


def addressee_of(unit: MemberUnit) -> Addressee | None:
    """The unit as a mail is addressed to it; None when the office keeps no address or the unit sits no more."""
    is_there = unit.is_active and address_of(unit)
    return Addressee(UNIT, unit.pk, unit.name_zh, unit.subdistrict_id) if is_there else None


def post(letters: Iterable[Letter]) -> None:
    """Put letters to people and units into the outbox, and make the links that the mails to units will lead to, within
    the caller's transaction. A repeat makes none again.
    """
    letters = list(letters)
    insert_new(UnitLink, COLUMNS, list(filter(None, map(_link, letters))))
    enqueue_letters(letters)


def _link(letter: Letter) -> tuple[Any, ...] | None:
    to, at = letter.recipient, letter.at
    if not isinstance(to, Addressee):
        return None
    return to.number, digest_of_secret(_secret(to.dedupe_key(letter.dedupe))), at, at + TO_BE_OPENED


def _secret(dedupe_key: str) -> str:
    keyed = salted_hmac("citymgmt.unit_link", dedupe_key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(keyed[:SECRET_BYTES]).decode().rstrip("=")


def _mailbox(number: int) -> Mailbox | None:
    unit = MemberUnit.objects.filter(pk=number, is_active=True).first()
    return Mailbox(address_of(unit), settings.LANGUAGE_CODE, CLOSING) if unit else None


def _path(message: Message) -> str:
    return reverse("meetings:knock", args=[_secret(message.dedupe_key)])
