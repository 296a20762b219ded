"""How often: requests are counted in PostgreSQL, so that all workers and hosts share one count.

Fixed windows, of a minute where nothing is said: whoever comes at the end of one and the beginning of the next gets at
most twice the limit in a moment, and never more than the limit in a window by the clock. One statement counts and asks.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from citymgmt.people.models import RateCount
from citymgmt.refusals import Refusal

WINDOW_SECONDS = 60
KEPT = timedelta(hours=2)
# The count stops one above the limit, and a host whose clock is behind never takes a window back.
COUNT = """
INSERT INTO people_ratecount AS kept (name, window_at, count) VALUES (%(name)s, %(window_at)s, 1)
ON CONFLICT (name) DO UPDATE SET
    window_at = greatest(kept.window_at, excluded.window_at),
    count = CASE WHEN kept.window_at < excluded.window_at THEN 1 ELSE least(kept.count, %(limit)s) + 1 END
RETURNING window_at, count
"""


class TooMany(Refusal):
    """Somebody asks too often."""

    status = 429
    code = "too_many_requests"
    sentence: Any = _("Too many requests. Wait a moment.")


@dataclass(frozen=True)
class Rate:
    """What is left of a limit in the present window, and in how many seconds the next one begins."""

    kind: str
    limit: int
    left: int
    seconds: int


def count_request(*, kind: str, who: object, limit: int, at: datetime, window: int = WINDOW_SECONDS) -> Rate | None:
    """Count one request of this kind in its window of so many seconds, at most an hour; None when there is no
    limit (0). Raises: TooMany once over the limit.
    """
    if not limit:
        return None
    window_at = datetime.fromtimestamp(int(at.timestamp()) // window * window, UTC)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"name": f"{kind}.{who}"[:80], "window_at": window_at, "limit": limit})
        window_at, count = cursor.fetchone()
    seconds = max(1, int((window_at - at).total_seconds()) + window)
    if count > limit:
        raise TooMany(retry_after=seconds)
    return Rate(kind, limit, limit - count, seconds)


def forget_counts(*, at: datetime) -> int:
    """Remove counts of windows that ended an hour ago or longer; returns how many."""
    return RateCount.objects.filter(window_at__lt=at - KEPT).delete()[0]
