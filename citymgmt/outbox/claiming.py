"""Claiming what is due with a lease, in a short transaction of its own: one message, or all that one person gathers.

Gathered mail is claimed under the lock of its recipient's row, so that two deliverers never share one person's
messages between two mails, and the choice does not change meanwhile. What one mail holds is kept as its `batch`
before it is sent: sent again after a crash, it is that mail, with its Message-ID, and nothing else.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from citymgmt.outbox.models import Message
from citymgmt.outbox.querysets import alone, free, gathered, locked
from citymgmt.outbox.schedule import Ask, asked_once, is_gathering, mail_at
from citymgmt.people.models import User

LEASE = timedelta(minutes=5)  # longer than the slowest sending: a dozen answers of the mail server, 10 s each
MOST_LINES = 200  # of one gathered mail; the rest follows in the next one


@transaction.atomic
def claim(now: datetime, channel: str, *, gathers: bool = True) -> Message | None:
    """The next message that leaves by itself, leased to the caller until `now` + LEASE; None when there is none."""
    calendar = asked_once()
    while True:
        due = alone(now, channel, gathers=gathers).select_related("recipient")
        message = due.select_for_update(skip_locked=True, of=("self",), no_key=True).first()
        if message is None:
            return None
        if message.recipient is None or not _is_put_off(message, message.recipient, now, calendar):
            _lease([message], now)
            return message


@transaction.atomic
def claim_gathered(now: datetime, channel: str) -> list[Message] | None:
    """What the next person gathers, leased in the same way; None when nobody's is due.

    The list is empty when what seemed due waits on, or was read in the inbox.
    """
    waiting = gathered(now, channel).order_by().values("recipient_id")
    people = User.objects.filter(pk__in=waiting).order_by("pk")
    person = people.select_for_update(skip_locked=True, of=("self",), no_key=True).first()
    if person is None:
        return None
    rows = _without_read(_of_one_mail(person, now, channel))
    if rows:
        batch = rows[0].batch or hashlib.sha256("\n".join(row.dedupe_key for row in rows).encode()).hexdigest()[:40]
        _lease(rows, now, batch)
    return rows


def _of_one_mail(person: User, now: datetime, channel: str) -> list[Message]:
    """The rows of a mail that was tried already, else all that the person gathers if some of it is due; by id."""
    own = free(now, channel).filter(recipient=person, is_urgent=False)
    tried = own.exclude(batch="").filter(next_at__lte=now).values_list("batch", flat=True).first()
    if tried is not None:
        return _locked(own.filter(batch=tried), person)
    if not is_gathering(person):
        return []  # chosen anew since it was looked for
    new, calendar = own.filter(batch=""), asked_once()
    rows = _locked(new.filter(pk__in=new.values("pk")[:MOST_LINES]), person)
    is_due = any(row.next_at and row.next_at <= now and not _is_put_off(row, person, now, calendar) for row in rows)
    return rows if is_due else []


def _locked(rows: QuerySet[Message], person: User) -> list[Message]:
    found = list(locked(rows))
    for row in found:
        row.recipient = person
    return found


def _is_put_off(message: Message, person: User, now: datetime, calendar: Ask) -> bool:
    """Whether the message, not tried yet, has to wait after all, by what the person chose meanwhile."""
    moment = mail_at(person, message.created_at, is_urgent=message.is_urgent, calendar=calendar)
    if message.attempt or moment <= now:
        return False
    Message.objects.filter(pk=message.pk).update(next_at=moment)
    return True


def _without_read(rows: Sequence[Message]) -> list[Message]:
    """Those that the person has not read in the inbox; the others need no mail."""
    done = [row.pk for row in rows if row.read_at]
    if done:
        left_out = {"state": Message.State.READ_FIRST, "next_at": None, "lease_until": None}
        Message.objects.filter(pk__in=done).update(**left_out)
    return [row for row in rows if not row.read_at]


def _lease(rows: Sequence[Message], now: datetime, batch: str = "") -> None:
    until = now + LEASE
    ids = [row.pk for row in rows]
    Message.objects.filter(pk__in=ids).update(attempt=F("attempt") + 1, lease_until=until, batch=batch)
    for row in rows:
        row.attempt, row.lease_until, row.batch = row.attempt + 1, until, batch
