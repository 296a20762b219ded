"""Use cases of the outbox: put letters in, mark them read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.bulk import insert_new
from citymgmt.outbox.models import Message
from citymgmt.outbox.querysets import locked_message
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import WrongState


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


COLUMNS = (
    "dedupe_key", "channel", "recipient_id", "kind", "params", "link", "is_urgent", "created_at",
    "state", "attempt", "next_at", "delivered_at", "error",
)  # fmt: skip


def enqueue_letters(letters: Iterable[Letter]) -> None:
    """Insert the messages of these letters, within the caller's transaction; a repeat changes nothing."""
    insert_new(Message, COLUMNS, [message for letter in letters for message in _messages(letter)])


def _messages(letter: Letter) -> Iterator[tuple[Any, ...]]:
    """The letter as rows of COLUMNS, one for each channel."""
    user, at = letter.recipient, letter.at
    yield _message(letter, _IN_APP, _DELIVERED, None, at)
    if wants_mail(user, letter.is_urgent):
        yield _message(letter, _EMAIL, _WAITING, not_quiet(user, at, letter.is_urgent), None)


_IN_APP, _EMAIL = Message.Channel.IN_APP.value, Message.Channel.EMAIL.value
_DELIVERED, _WAITING = Message.State.DELIVERED.value, Message.State.WAITING.value


def _message(
    letter: Letter, channel: str, state: str, next_at: datetime | None, delivered_at: datetime | None
) -> tuple[Any, ...]:
    user_id = letter.recipient.pk
    return (
        f"{letter.dedupe}.{channel}.{user_id}",
        channel,
        user_id,
        letter.kind,
        letter.params,
        letter.link,
        letter.is_urgent,
        letter.at,
        state,
        0,
        next_at,
        delivered_at,
        "",
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


@transaction.atomic
def retry_message(*, by: User, at: datetime, pk: int) -> Message:
    """Have a message that was given up sent once more. Raises: NotFound, NotPermitted, WrongState."""
    message = locked_message(pk)
    require(by, "outbox.retry", message, on=timezone.localdate(at))
    if message.state != Message.State.DEAD:
        raise WrongState(_("Only a message that was given up can be sent again."))
    message.state, message.next_at, message.lease_until = Message.State.WAITING, at, None
    message.save(update_fields=["state", "next_at", "lease_until"])
    return message
