"""Named questions about messages."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from citymgmt.outbox.models import Message
from citymgmt.people.models import User


def inbox(user: User) -> QuerySet[Message]:
    """The in-app messages of a person, newest first."""
    return Message.objects.filter(recipient=user, channel=Message.Channel.IN_APP).order_by("-id")


def unread_count(user: Any) -> int:
    """How many in-app messages the person has not read."""
    return Message.objects.filter(recipient_id=user.pk, channel=Message.Channel.IN_APP, read_at=None).count()


def waiting(now: datetime) -> QuerySet[Message]:
    """The messages that may be sent now and that nobody is sending."""
    return Message.objects.filter(
        Q(lease_until=None) | Q(lease_until__lt=now), state=Message.State.WAITING, next_at__lte=now
    ).order_by("next_at", "id")
