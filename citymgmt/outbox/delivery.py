"""Delivery: claim with a lease, send outside the transaction, mark by compare-and-set. At least once.

A crash between sending and marking sends again once the lease has run out, under the same Message-ID.
Source: reliability.md P4, house.md 7.
"""

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from citymgmt.outbox.channels import Send, Undeliverable
from citymgmt.outbox.models import Message
from citymgmt.outbox.querysets import waiting

LEASE = timedelta(minutes=5)  # longer than the slowest sending: a dozen answers of the mail server, 10 s each
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
GIVE_UP_AFTER = timedelta(hours=24)
MOST = 500  # messages of one channel in one run
FAILURES_IN_A_ROW = 3  # then the receiver is down: leave the rest untouched until the next run
logger = logging.getLogger(__name__)
Now = Callable[[], datetime]


def database_now() -> datetime:
    """The time of the one clock that all hosts share: PostgreSQL's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def pause_after(attempt: int) -> timedelta:
    """How long to wait after the failed attempt with this number: 1 minute, doubling up to 1 hour."""
    return min(FIRST_PAUSE * 2 ** min(attempt - 1, 16), LONGEST_PAUSE)


def deliver(now: Now, senders: Mapping[str, Send], *, most: int = MOST) -> Mapping[str, int]:
    """Send what waits, each channel for itself, so that a slow one holds up no other.

    `now` is asked anew before each claim and mark, because a run may last longer than a lease. Returns how
    many messages were delivered, put off ("waiting") and given up ("dead"). Any number of runs may overlap.
    """
    counts: Counter[str] = Counter()
    for channel, send in senders.items():
        counts.update(_deliver_channel(now, channel, send, most))
    return counts


def _deliver_channel(now: Now, channel: str, send: Send, most: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    failures = 0
    for _turn in range(most):
        message = claim(now(), channel)
        if message is None:
            break
        state = _attempt(message, send, now)
        counts[state] += 1
        failures = failures + 1 if state == Message.State.WAITING else 0
        if failures == FAILURES_IN_A_ROW:
            logger.warning("%s: %s failures in a row, the rest waits for the next run", channel, failures)
            break
    return counts


def claim(now: datetime, channel: str) -> Message | None:
    """The next waiting message, leased to the caller until `now` + LEASE; None when there is none."""
    with transaction.atomic():
        free = waiting(now).filter(channel=channel).select_related("recipient")
        message = free.select_for_update(skip_locked=True, of=("self",), no_key=True).first()
        if message is not None:
            message.attempt += 1
            message.lease_until = now + LEASE
            message.save(update_fields=["attempt", "lease_until"])
    return message


def _attempt(message: Message, send: Send, now: Now) -> str:
    """Send once and mark what came of it; returns the new state."""
    try:
        send(message)
    except Undeliverable as error:
        return _give_up(message, str(error))
    except Exception as error:
        return _put_off(message, error, now())
    return _mark(message, state=Message.State.DELIVERED, delivered_at=now(), next_at=None, error="")


def _put_off(message: Message, error: Exception, now: datetime) -> str:
    told = f"{type(error).__name__}: {error}".replace("\0", "")[:300]
    if now - message.created_at >= GIVE_UP_AFTER:
        return _give_up(message, told)
    logger.warning("message %s, attempt %s: %s", message.pk, message.attempt, type(error).__name__)
    return _mark(message, state=Message.State.WAITING, next_at=now + pause_after(message.attempt), error=told)


def _give_up(message: Message, told: str) -> str:
    logger.error("message %s to user %s is given up: %s", message.pk, message.recipient_id, told.split(":")[0])
    return _mark(message, state=Message.State.DEAD, next_at=None, error=told)


def _mark(message: Message, *, state: Message.State, **columns: Any) -> str:
    """Write the outcome, unless another deliverer took the message over after our lease ran out."""
    ours = Message.objects.filter(pk=message.pk, attempt=message.attempt, state=Message.State.WAITING)
    if not ours.update(state=state, lease_until=None, **columns):
        logger.warning("message %s, attempt %s: overtaken by another delivery", message.pk, message.attempt)
    return state.value
