"""Delivery: claim with a lease, send outside the transaction, mark by compare-and-set. At least once.

A crash between sending and marking sends again once the lease has run out, under the same Message-ID.
Source: reliability.md P4, house.md 7.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from typing import Any

from django.db import transaction

from citymgmt.outbox.channels import TOGETHER, Send, SendTogether, Undeliverable
from citymgmt.outbox.claiming import LEASE, claim, claim_gathered
from citymgmt.outbox.models import Message
from citymgmt.outbox.querysets import locked

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
GIVE_UP_AFTER = timedelta(hours=24)  # of trying
MOST = 500  # messages (and as many gathered mails) of one channel in one run
FAILURES_IN_A_ROW = 3  # then the receiver is down: leave the rest untouched until the next run
logger = logging.getLogger(__name__)
Now = Callable[[], datetime]
Parcel = tuple[Sequence[Message], Callable[[], None]]  # what is leased together, and how it is sent
__all__ = ["GIVE_UP_AFTER", "LEASE", "claim", "claim_gathered", "deliver", "pause_after"]


def pause_after(attempt: int) -> timedelta:
    """How long to wait after the failed attempt with this number: 1 minute, doubling up to 1 hour."""
    return min(FIRST_PAUSE * 2 ** min(attempt - 1, 16), LONGEST_PAUSE)


def tried_for(attempt: int) -> timedelta:
    """How long the pauses before the attempt with this number last together."""
    short = sum((pause_after(number) for number in range(1, min(attempt, 7))), timedelta())
    return short + max(0, attempt - 7) * LONGEST_PAUSE


def deliver(
    now: Now, senders: Mapping[str, Send], *, together: Mapping[str, SendTogether] = TOGETHER, most: int = MOST
) -> Mapping[str, int]:
    """Send what waits, each channel for itself, so that a slow one holds up no other.

    `now` is asked anew before each claim and mark, because a run may last longer than a lease. Returns how
    many messages were delivered, put off ("waiting") and given up ("dead"). Any number of runs may overlap.
    """
    counts: Counter[str] = Counter()
    for channel, send in senders.items():
        send_all = together.get(channel)
        singles = _alone(now, channel, send, most, gathers=send_all is not None)
        parcels = chain(singles, _gathered(now, channel, send_all, most))
        counts.update(_deliver_channel(now, channel, parcels))
    return counts


def _alone(now: Now, channel: str, send: Send, most: int, *, gathers: bool) -> Iterator[Parcel]:
    for _turn in range(most):
        message = claim(now(), channel, gathers=gathers)
        if message is None:
            return
        yield [message], partial(send, message)


def _gathered(now: Now, channel: str, send: SendTogether | None, most: int) -> Iterator[Parcel]:
    for _turn in range(most if send else 0):
        messages = claim_gathered(now(), channel)
        if messages is None:
            return
        if messages and send:
            yield messages, partial(send, messages)


def _deliver_channel(now: Now, channel: str, parcels: Iterator[Parcel]) -> Counter[str]:
    counts: Counter[str] = Counter()
    failures = 0
    for messages, send in parcels:
        state = _attempt(messages, send, now)
        counts[state] += len(messages)
        failures = failures + 1 if state == Message.State.WAITING else 0
        if failures == FAILURES_IN_A_ROW:
            logger.warning("%s: %s failures in a row, the rest waits for the next run", channel, failures)
            break
    return counts


def _attempt(messages: Sequence[Message], send: Callable[[], None], now: Now) -> str:
    """Send once and mark what came of it; returns the new state."""
    try:
        send()
    except Undeliverable as error:
        return _give_up(messages, str(error))
    except Exception as error:
        return _put_off(messages, error, now())
    return _mark(messages, state=Message.State.DELIVERED, delivered_at=now(), next_at=None, error="")


def _put_off(messages: Sequence[Message], error: Exception, now: datetime) -> str:
    told = f"{type(error).__name__}: {error}".replace("\0", "")[:300]
    attempt = max(message.attempt for message in messages)
    if tried_for(attempt) >= GIVE_UP_AFTER:
        return _give_up(messages, told)
    logger.warning("message %s, attempt %s: %s", messages[0].pk, attempt, type(error).__name__)
    return _mark(messages, state=Message.State.WAITING, next_at=now + pause_after(attempt), error=told)


def _give_up(messages: Sequence[Message], told: str) -> str:
    for message in messages:
        logger.error("message %s to %s is given up: %s", message.pk, message.to_key, told.split(":")[0])
    return _mark(messages, state=Message.State.DEAD, next_at=None, error=told)


def _mark(messages: Sequence[Message], *, state: Message.State, **columns: Any) -> str:
    """Write the outcome, unless another deliverer took the messages over after our lease ran out."""
    leased = {"state": Message.State.WAITING, "lease_until": messages[0].lease_until}
    with transaction.atomic():
        ours = locked(Message.objects.filter(pk__in=[message.pk for message in messages], **leased))
        pks = list(ours.values_list("pk", flat=True))
        Message.objects.filter(pk__in=pks).update(state=state, lease_until=None, **columns)
    if not pks:
        logger.warning("message %s, attempt %s: overtaken", messages[0].pk, messages[0].attempt)
    return state.value
