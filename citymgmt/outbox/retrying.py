"""Sending again what was given up, many at once."""

from collections.abc import Iterable
from datetime import datetime

from citymgmt.outbox.actions import retry_message
from citymgmt.people.models import User
from citymgmt.refusals import NotFound, WrongState

MOST_AT_ONCE = 100  # messages of one request


def retry_chosen(*, by: User, at: datetime, pks: Iterable[int]) -> int:
    """Have these messages sent again, each in a transaction of its own; returns how many.

    What is out of reach or no longer given up is left alone. Raises: NotPermitted.
    """
    again = 0
    for pk in sorted(set(pks))[:MOST_AT_ONCE]:
        try:
            retry_message(by=by, at=at, pk=pk)
        except (NotFound, WrongState):
            continue
        again += 1
    return again
