"""Named questions about messages."""

from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from citymgmt.outbox.models import Message
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from citymgmt.refusals import NotFound


def inbox(user: User) -> QuerySet[Message]:
    """The messages to a person, newest first."""
    return Message.objects.filter(recipient=user).order_by("-id")


def unread_first(messages: QuerySet[Message]) -> QuerySet[Message]:
    """The same messages, unread ones first, each part newest first: what fell due long ago may be told late."""
    is_read = ExpressionWrapper(Q(read_at__isnull=False), output_field=BooleanField())
    return messages.annotate(is_read=is_read).order_by("is_read", "-created_at", "-id")


def own_message(user: User, pk: int) -> Message:
    """A message of the person's inbox. Raises: NotFound."""
    found = inbox(user).filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise NotFound
    return found


def ledger(user: User, on: date) -> QuerySet[Message]:
    """What left or should leave the portal, to people within reach of the person; newest first."""
    leaving = Message.objects.exclude(channel=Message.Channel.IN_APP)
    return visible_to(user, leaving, on=on).select_related("recipient").order_by("-id")


def locked(messages: QuerySet[Message]) -> QuerySet[Message]:
    """The same messages, their rows locked until the transaction ends: in the order of their ids, so that a reader and
    a deliverer of the same ones never wait in a circle.
    """
    return messages.order_by("pk").select_for_update(of=("self",), no_key=True)


def locked_message(pk: int) -> Message:
    """The row of this message, locked until the transaction ends. Raises: NotFound."""
    found = locked(Message.objects.filter(pk=pk)).first() if pk < 2**63 else None
    if found is None:
        raise NotFound
    return found


UNREAD = f"SELECT count(*) FROM {Message._meta.db_table} WHERE recipient_id = %s AND read_at IS NULL"


def unread_count(user: Any) -> int:
    """How many messages the person has not read."""
    with connection.cursor() as cursor:  # by hand: every page asks
        cursor.execute(UNREAD, [user.pk])
        count: int = cursor.fetchone()[0]
    return count


def free(now: datetime, channel: str) -> QuerySet[Message]:
    """The messages that wait and that nobody is sending, in the order of their moments."""
    rows = Message.objects.filter(state=Message.State.WAITING, channel=channel)
    return rows.filter(Q(lease_until=None) | Q(lease_until__lt=now)).order_by("next_at", "id")


def alone(now: datetime, channel: str, *, gathers: bool = True) -> QuerySet[Message]:
    """Those due now that leave each by itself: urgent ones, those of people who want all at once, and those to
    addressees without a log-in.

    Where the channel cannot gather, that is everything.
    """
    due = free(now, channel).filter(next_at__lte=now)
    at_once = Q(is_urgent=True) | Q(recipient=None) | Q(recipient__mail_rhythm=User.MailRhythm.AT_ONCE)
    return due.filter(at_once, batch="") if gathers else due


def gathered(now: datetime, channel: str) -> QuerySet[Message]:
    """Those due now that leave with others: of people who gather, or as a part of a mail that was tried already."""
    together = ~Q(batch="") | ~Q(recipient__mail_rhythm=User.MailRhythm.AT_ONCE)
    return free(now, channel).filter(together, next_at__lte=now, is_urgent=False, recipient__isnull=False)
