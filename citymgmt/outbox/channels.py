"""How messages leave: for each channel a function for one, and perhaps one for many. They send, or say why they
cannot; they write no row.
"""

import hashlib
import smtplib
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import ngettext

from citymgmt.outbox.models import Message
from citymgmt.outbox.wording import subject_of
from citymgmt.people.models import User

Send = Callable[[Message], None]
SendTogether = Callable[[Sequence[Message]], None]


class Undeliverable(Exception):
    """Trying again would not help: nobody is at this address."""


def message_id(message: Message) -> str:
    """The Message-ID: the same whenever the mail is sent again, so that a mailbox shows it once."""
    digest = hashlib.sha256((message.batch or message.dedupe_key).encode()).hexdigest()[:40]
    return f"<{digest}@{urlsplit(settings.PUBLIC_BASE_URL).hostname or 'localhost'}>"


def absolute_link(link: str) -> str:
    """The link with the portal's public address; the portal's first page for what is no path of its own."""
    is_path = link.startswith("/") and not link.startswith("//") and "\\" not in link
    return settings.PUBLIC_BASE_URL.rstrip("/") + (link if is_path else "/")


def email_of(message: Message) -> EmailMessage:
    """The letter in the recipient's language; it names the case, and of people only a colleague who mentions.

    Raises: Undeliverable.
    """
    recipient = message.recipient
    _check_address(recipient)
    with translation.override(recipient.language):
        subject = subject_of(message.kind, message.params)
        context = {
            "subject": subject,
            "url": absolute_link(message.link),
            "account_url": absolute_link("/account/"),
            "is_urgent": message.is_urgent,
        }
        body = render_to_string("outbox/message.txt", context)
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [recipient.email], headers=_headers(message))


def digest_of(messages: Sequence[Message]) -> EmailMultiAlternatives:
    """One letter that lists messages to one person, in the person's language. Raises: Undeliverable."""
    recipient = messages[0].recipient
    _check_address(recipient)
    with translation.override(recipient.language):
        count = len(messages)
        subject = ngettext("%(count)s new message", "%(count)s new messages", count) % {"count": count}
        context = {
            "subject": subject,
            "lines": [_line(message) for message in messages],
            "language": recipient.language,
            "account_url": absolute_link("/account/"),
        }
        body, table = (render_to_string(f"outbox/digest.{kind}", context) for kind in ("txt", "html"))
    sender, to = settings.DEFAULT_FROM_EMAIL, [recipient.email]
    letter = EmailMultiAlternatives(subject, body, sender, to, headers=_headers(messages[0]))
    letter.attach_alternative(table, "text/html")
    return letter


def _line(message: Message) -> dict[str, Any]:
    return {
        "number": str(message.params.get("number", "")),
        "subject": subject_of(message.kind, message.params),
        "at": message.created_at,
        "url": absolute_link(message.link),
    }


def _check_address(recipient: User) -> None:
    if not recipient.is_active:
        raise Undeliverable("the recipient is locked out")
    try:
        validate_email(recipient.email)
    except ValidationError as error:
        raise Undeliverable("no valid e-mail address") from error


def _headers(message: Message) -> dict[str, str]:
    return {"Message-ID": message_id(message), "Auto-Submitted": "auto-generated"}


def send_email(message: Message) -> None:
    """Send by SMTP. Raises: Undeliverable when the server knows nobody there; anything else may be tried again."""
    _post(email_of(message))


def send_digest(messages: Sequence[Message]) -> None:
    """The same for many messages to one person, as one mail."""
    _post(digest_of(messages))


def _post(letter: EmailMessage) -> None:
    try:
        letter.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = sorted(_code(answer) for answer in error.recipients.values())
        if codes and codes[0] >= 500:
            raise Undeliverable(f"the mail server refuses the address ({codes[0]})") from error
        raise


def _code(answer: Any) -> int:
    return int(answer[0]) if isinstance(answer, tuple) else 0


SENDERS: Mapping[str, Send] = {Message.Channel.EMAIL.value: send_email}
TOGETHER: Mapping[str, SendTogether] = {Message.Channel.EMAIL.value: send_digest}
