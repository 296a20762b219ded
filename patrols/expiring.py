"""Papers that expire (certificates of people, permits of sites): when they are told of, and how they look meanwhile.

Whoever answers for one is told thirty days before, and on the day of expiry, each once for a day of expiry.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

AMBER = timedelta(days=30)  # before it expires
TOLD_LATE = timedelta(days=30)  # how long ago one may have expired that is still told of, after the worker stood still


@dataclass(frozen=True)
class Window:
    """Days of expiry: after one day, until and including another."""

    after: date
    by: date

    @property
    def question(self) -> Q:
        """What expires in these days."""
        return Q(expires_on__gt=self.after, expires_on__lte=self.by)


def soon(today: date) -> Window:
    """What expires within thirty days."""
    return Window(after=today, by=today + AMBER)


def over(today: date) -> Window:
    """What has expired, and not too long ago to be told of."""
    return Window(after=today - TOLD_LATE, by=today)


def tone_of(expires_on: date, today: date) -> str:
    """`expired` from the day of expiry on, `soon` in the thirty days before, else `valid`."""
    if expires_on <= today:
        return "expired"
    return "soon" if expires_on <= today + AMBER else "valid"
