"""Does the replica follow the primary, and how far is it behind? Asked by who needs it, remembered for a moment."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connections

from citymgmt.replica.routing import PRIMARY, REPLICA

CHECKED_SECONDS = 2.0  # how long it is remembered that the replica follows
SHUNNED_SECONDS = 10.0  # how long that it does not
PAUSES = (0.0, 0.005, 0.01, 0.02, 0.04)  # a replica that follows has what was committed just now within these
Ask = Callable[..., list[tuple[Any, ...]]]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Condition:
    """What is known of the replica: it holds everything that was committed until `as_of`; `reason` why it is not used.

    `lag_seconds` is how long before the look that was, 0 when nothing is missing.
    """

    as_of: datetime | None = None
    lag_seconds: float = 0.0
    reason: str = ""

    @property
    def is_used(self) -> bool:
        """Whether pages read it."""
        return not self.reason


NOT_KNOWN = Condition(reason="not known")
SILENT = Condition(reason="does not answer")
NO_STANDBY = Condition(reason="is no standby")
NEVER_FOLLOWED = Condition(reason="has not followed since its start")


def measure(primary: Ask, replica: Ask) -> Condition:
    """Compare the two by what the primary has on its disk. Raises: what the two raise.

    While something is missing the replica is as of the last commit that it has, which is never too young a moment.
    Source: PostgreSQL documentation, 27.2.5 and 9.27.4 (recovery information functions).
    """
    now, position = primary("SELECT clock_timestamp(), pg_current_wal_flush_lsn()::text")[0]
    last_at = None
    for pause in PAUSES:
        time.sleep(pause)
        is_standby, has_all, last_at = replica(
            "SELECT pg_is_in_recovery(), coalesce(pg_last_wal_replay_lsn() >= %s::pg_lsn, false),"
            " pg_last_xact_replay_timestamp()",
            [position],
        )[0]
        if not is_standby:
            return NO_STANDBY
        if has_all:
            return Condition(now)
    return NEVER_FOLLOWED if last_at is None else _behind(last_at, (now - last_at).total_seconds())


def _behind(as_of: datetime, seconds: float) -> Condition:
    is_too_far = seconds > settings.REPLICA_MOST_LAG_SECONDS
    return Condition(as_of, max(seconds, 0.0), f"is {seconds:.0f} s behind" if is_too_far else "")


class Remembered:
    """The condition as this process saw it last. One thread looks; the others go by what was known a moment ago."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.condition = NOT_KNOWN
        self.seen = float("-inf")

    def now(self) -> Condition:
        """The condition, looked at again when it was seen too long ago."""
        age = time.monotonic() - self.seen
        if age < (CHECKED_SECONDS if self.condition.is_used else SHUNNED_SECONDS):
            return self.condition
        if not self.lock.acquire(blocking=False):
            return self.condition if age < SHUNNED_SECONDS else NOT_KNOWN
        try:
            self._keep(_look())
            return self.condition
        finally:
            self.lock.release()

    def failed(self) -> None:
        """Keep that it did not answer."""
        self._keep(SILENT)

    def forget(self) -> None:
        """Look anew next time."""
        self.condition, self.seen = NOT_KNOWN, float("-inf")

    def _keep(self, condition: Condition) -> None:
        if condition.is_used != self.condition.is_used:
            told = "pages of figures read it" if condition.is_used else f"{condition.reason}: pages read the primary"
            logger.warning("the read replica: %s", told)
        self.condition, self.seen = condition, time.monotonic()


remembered = Remembered()


def _look() -> Condition:
    """Measured on this thread's own connections. Raises: OperationalError when the primary does not answer."""
    primary = _asking(PRIMARY)
    try:
        return measure(primary, _asking(REPLICA))
    except (OperationalError, InterfaceError):
        primary("SELECT 1")  # raises when it is the one that is silent
        return SILENT


def _asking(alias: str) -> Ask:
    def ask(sql: str, parameters: Any = None) -> list[tuple[Any, ...]]:
        with connections[alias].cursor() as cursor:
            cursor.execute(sql, parameters)
            return list(cursor.fetchall())

    return ask
