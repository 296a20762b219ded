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

from citymgmt.outbox.addressees import Mailbox, enclosure_of, mailbox_of, path_of
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
    """The letter in the language of who gets it; it names the case, and of people only a colleague who mentions.

    Raises: Undeliverable.
    """
    mailbox = _mailbox(message)
    with translation.override(mailbox.language):
        subject = subject_of(message.kind, message.params)
        context = {
            "subject": subject,
            "url": absolute_link(path_of(message)),
            "closing": mailbox.closing,
            "account_url": absolute_link("/account/"),
            "is_urgent": message.is_urgent,
        }
        body = render_to_string("outbox/message.txt", context)
    letter = EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [mailbox.address], headers=_headers(message))
    _enclose([message], letter)
    return letter


def digest_of(messages: Sequence[Message]) -> EmailMultiAlternatives:
    """One letter that lists messages to one person, in the person's language. Raises: Undeliverable."""
    mailbox = _mailbox(messages[0])
    with translation.override(mailbox.language):
        count = len(messages)
        subject = ngettext("%(count)s new message", "%(count)s new messages", count) % {"count": count}
        context = {
            "subject": subject,
            "lines": [_line(message) for message in messages],
            "language": mailbox.language,
            "account_url": absolute_link("/account/"),
        }
        body, table = (render_to_string(f"outbox/digest.{kind}", context) for kind in ("txt", "html"))
    sender, to = settings.DEFAULT_FROM_EMAIL, [mailbox.address]
    letter = EmailMultiAlternatives(subject, body, sender, to, headers=_headers(messages[0]))
    letter.attach_alternative(table, "text/html")
    _enclose(messages, letter)
    return letter


def _enclose(messages: Sequence[Message], letter: EmailMessage) -> None:
    """The files that go with these messages."""
    for found in filter(None, map(enclosure_of, messages)):
        letter.attach(found.name, found.content, found.content_type)


def _line(message: Message) -> dict[str, Any]:
    return {
        "number": str(message.params.get("number", "")),
        "subject": subject_of(message.kind, message.params),
        "at": message.created_at,
        "url": absolute_link(path_of(message)),
    }


def _mailbox(message: Message) -> Mailbox:
    """Where it goes. Raises: Undeliverable."""
    found = mailbox_of(message) if message.recipient is None else _mailbox_of_person(message.recipient)
    if found is None:
        raise Undeliverable("the recipient is not there any more")
    try:
        validate_email(found.address)
    except ValidationError as error:
        raise Undeliverable("no valid e-mail address") from error
    return found


def _mailbox_of_person(person: User) -> Mailbox:
    if not person.is_active:
        raise Undeliverable("the recipient is locked out")
    return Mailbox(person.email, person.language)


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
