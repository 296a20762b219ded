"""Use cases of the outbox: put letters in, mark them read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from citymgmt.outbox.models import Message
from citymgmt.people.models import User


@dataclass(frozen=True)
class Letter:
    """Something to tell one person; the outbox decides by which channels."""

    dedupe: str
    kind: str
    recipient: User
    at: datetime
    params: Mapping[str, Any]
    link: str = ""
    is_urgent: bool = False


def enqueue_letters(letters: Iterable[Letter]) -> None:
    """Insert the messages of these letters, within the caller's transaction; a repeat changes nothing."""
    messages = [message for letter in letters for message in _messages(letter)]
    Message.objects.bulk_create(messages, ignore_conflicts=True)


def _messages(letter: Letter) -> Iterator[Message]:
    yield _message(letter, Message.Channel.IN_APP, state=Message.State.DELIVERED, delivered_at=letter.at)
    if wants_mail(letter.recipient, letter.is_urgent):
        yield _message(letter, Message.Channel.EMAIL, next_at=not_quiet(letter.recipient, letter.at, letter.is_urgent))


def _message(letter: Letter, channel: Message.Channel, **columns: Any) -> Message:
    return Message(
        dedupe_key=f"{letter.dedupe}.{channel}.{letter.recipient.pk}",
        channel=channel,
        recipient=letter.recipient,
        kind=letter.kind,
        params=dict(letter.params),
        link=letter.link,
        is_urgent=letter.is_urgent,
        created_at=letter.at,
        **columns,
    )


def wants_mail(user: User, is_urgent: bool) -> bool:
    """Whether the person chose to get this by e-mail."""
    choice = user.mail_choice
    return bool(user.email) and (choice == User.MailChoice.ALL or (choice == User.MailChoice.URGENT and is_urgent))


def not_quiet(user: User, at: datetime, is_urgent: bool) -> datetime:
    """The first moment from `at` on outside the person's quiet hours; urgent matters do not wait."""
    if is_urgent or user.quiet_from is None or user.quiet_until is None:
        return at
    local = timezone.localtime(at)
    if not _within(local.time(), user.quiet_from, user.quiet_until):
        return at
    until = local.replace(hour=user.quiet_until.hour, minute=user.quiet_until.minute, second=0, microsecond=0)
    return until if until > local else until + timedelta(days=1)


def _within(clock: time, start: time, end: time) -> bool:
    return start <= clock < end if start <= end else clock >= start or clock < end


def mark_read(*, by: User, at: datetime, ids: Iterable[int] | None = None) -> int:
    """Mark the person's own messages as read (all, or these); returns how many."""
    unread = Message.objects.filter(recipient=by, channel=Message.Channel.IN_APP, read_at=None)
    return (unread if ids is None else unread.filter(pk__in=list(ids))).update(read_at=at)
