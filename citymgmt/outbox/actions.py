"""Use cases of the outbox: put letters in, mark them read, follow what people choose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.bulk import insert_new
from citymgmt.outbox.addressees import Addressee
from citymgmt.outbox.models import TO_NAME, Message
from citymgmt.outbox.querysets import locked, locked_message
from citymgmt.outbox.schedule import Ask, asked_once, mail_at, wants_mail
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import WrongState


@dataclass(frozen=True)
class Letter:
    """Something to tell one person; the outbox decides whether it leaves by mail too. An addressee without a log-in
    gets a mail.
    """

    dedupe: str
    kind: str
    recipient: User | Addressee
    at: datetime
    params: Mapping[str, Any]
    link: str = ""
    is_urgent: bool = False


COLUMNS = (
    "dedupe_key", "recipient_id", "addressee", "subdistrict_id", "channel", "kind", "params", "link", "is_urgent",
    "created_at", "state", "attempt", "next_at", "delivered_at", "error", "batch",
)  # fmt: skip


def enqueue_letters(letters: Iterable[Letter]) -> None:
    """Insert the messages of these letters, within the caller's transaction; a repeat changes nothing."""
    calendar = asked_once()
    insert_new(Message, COLUMNS, [_message(letter, _mail_moment(letter, calendar)) for letter in letters])


def _mail_moment(letter: Letter, calendar: Ask) -> datetime | None:
    """When the letter may leave by mail; None when it stands in the inbox alone."""
    user = letter.recipient
    if isinstance(user, Addressee):
        return letter.at
    if not wants_mail(user, letter.kind, letter.is_urgent):
        return None
    return mail_at(user, letter.at, is_urgent=letter.is_urgent, calendar=calendar)


_IN_APP, _EMAIL = Message.Channel.IN_APP.value, Message.Channel.EMAIL.value
_DELIVERED, _WAITING = Message.State.DELIVERED.value, Message.State.WAITING.value


def _message(letter: Letter, next_at: datetime | None) -> tuple[Any, ...]:
    """The letter as a row of COLUMNS; `next_at` is when it leaves by mail, if it does."""
    return (
        *_addressed(letter.recipient, letter.dedupe),
        _EMAIL if next_at else _IN_APP,
        letter.kind,
        {**letter.params, TO_NAME: letter.recipient.name} if isinstance(letter.recipient, Addressee) else letter.params,
        letter.link,
        letter.is_urgent,
        letter.at,
        _WAITING if next_at else _DELIVERED,
        0,
        next_at,
        None if next_at else letter.at,
        "",
        "",
    )


def _addressed(to: User | Addressee, dedupe: str) -> tuple[Any, ...]:
    """The columns that say whom it is for."""
    if isinstance(to, Addressee):
        return to.dedupe_key(dedupe), None, to.key, to.subdistrict_id
    return f"{dedupe}.{to.pk}", to.pk, "", None


def follow_choice(*, user: User, at: datetime, **_signal: Any) -> None:
    """Have what waits for a person follow the person's new choice, within the transaction that changes it.

    What is not wanted any more is left out; what was not tried yet gets its moment anew, as if it had come up now.
    What is being sent at this moment stays as it is.
    """
    free = Message.objects.filter(recipient=user, channel=_EMAIL, state=_WAITING, lease_until=None)
    waiting = list(locked(free))
    unwanted = [message.pk for message in waiting if not wants_mail(user, message.kind, message.is_urgent)]
    left_out = {"state": Message.State.UNWANTED, "next_at": None}
    Message.objects.filter(pk__in=unwanted).update(**left_out)
    untried = Message.objects.filter(pk__in=[message.pk for message in waiting], state=_WAITING, attempt=0)
    untried.filter(is_urgent=False).update(next_at=mail_at(user, at, is_urgent=False, calendar=asked_once()))


@transaction.atomic
def mark_read(*, by: User, at: datetime, ids: Iterable[int] | None = None) -> int:
    """Mark the person's own messages as read (all, or these); returns how many."""
    unread = Message.objects.filter(recipient=by, read_at=None)
    found = locked(unread if ids is None else unread.filter(pk__in=list(ids)))
    return Message.objects.filter(pk__in=list(found.values_list("pk", flat=True))).update(read_at=at)


@transaction.atomic
def retry_message(*, by: User, at: datetime, pk: int) -> Message:
    """Have a message that was given up sent once more, no longer as a part of the mail that failed.

    Raises: NotFound, NotPermitted, WrongState.
    """
    message = locked_message(pk)
    require(by, "outbox.retry", message, on=timezone.localdate(at))
    if message.state != Message.State.DEAD:
        raise WrongState(_("Only a message that was given up can be sent again."))
    message.state, message.next_at, message.lease_until, message.batch = Message.State.WAITING, at, None, ""
    message.save(update_fields=["state", "next_at", "lease_until", "batch"])
    return message
