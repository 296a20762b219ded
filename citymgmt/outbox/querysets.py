"""Named questions about messages."""

from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from citymgmt.outbox.models import Message
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from citymgmt.refusals import NotFound


def inbox(user: User) -> QuerySet[Message]:
    """The in-app messages of a person, newest first."""
    return Message.objects.filter(recipient=user, channel=Message.Channel.IN_APP).order_by("-id")


def unread_first(messages: QuerySet[Message]) -> QuerySet[Message]:
    """The same messages, unread ones first, each part newest first."""
    is_read = ExpressionWrapper(Q(read_at__isnull=False), output_field=BooleanField())
    return messages.annotate(is_read=is_read).order_by("is_read", "-id")


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


def locked_message(pk: int) -> Message:
    """The row of this message, locked until the transaction ends. Raises: NotFound."""
    rows = Message.objects.filter(pk=pk).select_for_update(of=("self",), no_key=True)
    found = rows.first() if pk < 2**63 else None
    if found is None:
        raise NotFound
    return found


def unread_count(user: Any) -> int:
    """How many in-app messages the person has not read."""
    return Message.objects.filter(recipient_id=user.pk, channel=Message.Channel.IN_APP, read_at=None).count()


def waiting(now: datetime) -> QuerySet[Message]:
    """The messages that may be sent now and that nobody is sending."""
    return Message.objects.filter(
        Q(lease_until=None) | Q(lease_until__lt=now), state=Message.State.WAITING, next_at__lte=now
    ).order_by("next_at", "id")
