"""How a message leaves: one function for each channel. It sends, or says why it cannot; it writes no row."""

import hashlib
import smtplib
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils import translation

from citymgmt.outbox.models import Message
from citymgmt.outbox.wording import subject_of

Send = Callable[[Message], None]


class Undeliverable(Exception):
    """Trying again would not help: nobody is at this address."""


def message_id(message: Message) -> str:
    """The Message-ID: the same whenever the message is sent again, so that a mailbox shows it once."""
    digest = hashlib.sha256(message.dedupe_key.encode()).hexdigest()[:40]
    return f"<{digest}@{urlsplit(settings.PUBLIC_BASE_URL).hostname or 'localhost'}>"


def absolute_link(link: str) -> str:
    """The link with the portal's public address; the portal's first page for what is no path of its own."""
    is_path = link.startswith("/") and not link.startswith("//") and "\\" not in link
    return settings.PUBLIC_BASE_URL.rstrip("/") + (link if is_path else "/")


def email_of(message: Message) -> EmailMessage:
    """The letter in the recipient's language; it names the case, never a person. Raises: Undeliverable."""
    recipient = message.recipient
    if not recipient.is_active:
        raise Undeliverable("the recipient is locked out")
    try:
        validate_email(recipient.email)
    except ValidationError as error:
        raise Undeliverable("no valid e-mail address") from error
    with translation.override(recipient.language):
        subject = subject_of(message.kind, message.params)
        context = {
            "subject": subject,
            "url": absolute_link(message.link),
            "account_url": absolute_link("/account/"),
            "is_urgent": message.is_urgent,
        }
        body = render_to_string("outbox/message.txt", context)
    headers = {"Message-ID": message_id(message), "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [recipient.email], headers=headers)


def send_email(message: Message) -> None:
    """Send by SMTP. Raises: Undeliverable when the server knows nobody there; anything else may be tried again."""
    letter = email_of(message)
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
