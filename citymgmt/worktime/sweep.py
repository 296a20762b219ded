"""The sweep: find what is due in PostgreSQL, settle it, commit, again.

One sweep serves everything timed. An app registers a name, the model and how a batch of its locked rows is
settled; the work grows with what is due, not with what exists, and any number of sweeps may run at once. Where more
than a batch is due, a second process settles beside this one.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from citymgmt.helping import shared
from citymgmt.worktime.models import Timed
from citymgmt.worktime.rules import Rules, current_rules, hold_rules

BATCH = 500
logger = logging.getLogger(__name__)
SettleBatch = Callable[[Sequence[Any], datetime, Rules], None]


@dataclass(frozen=True)
class Swept:
    """A timed model and how its due rows are settled."""

    model: type[Timed]
    settle: SettleBatch


_swept: dict[str, Swept] = {}


def register(name: str, model: type[Timed], settle: SettleBatch) -> None:
    """Have the rows of `model` settled when their `next_check_at` has come."""
    _swept[name] = Swept(model, settle)


def timed_models() -> list[type[Timed]]:
    """What the sweep watches, in the order of registration."""
    return [swept.model for swept in _swept.values()]


def run(now: datetime, *, batch: int = BATCH) -> Mapping[str, int]:
    """Settle everything that is due at `now`; returns how many rows were settled under each name."""
    waiting = _waiting(now, batch + 1)
    return {name: _settle_waiting(name, now, batch, waiting[name]) for name in _swept}


def _waiting(now: datetime, most: int) -> Mapping[str, int]:
    """How many rows are due under each name, counted as far as `most`: one question, since mostly nothing is due."""
    tables = tuple(model._meta.db_table for model in timed_models())
    with connection.cursor() as cursor:
        cursor.execute(_question(tables), {"now": now, "most": most})
        return dict(zip(_swept, cursor.fetchone(), strict=True))


@cache
def _question(tables: tuple[str, ...]) -> str:
    rows = "SELECT FROM {} WHERE next_check_at <= %(now)s ORDER BY next_check_at LIMIT %(most)s"
    counts = [f"(SELECT count(*) FROM ({rows.format(connection.ops.quote_name(table))}) AS due)" for table in tables]
    return f"SELECT {', '.join(counts)}"


def _settle_waiting(name: str, now: datetime, batch: int, waiting: int) -> int:
    settle_rest = partial(_settle_rest, name, now, batch)
    if waiting > batch and not connection.in_atomic_block:  # within somebody's transaction: by this connection alone
        return shared(settle_rest)
    return settle_rest() if waiting else 0


def _settle_rest(name: str, now: datetime, batch: int) -> int:
    """Settle batch after batch of what this name stands for; returns how many rows."""
    failed: set[int] = set()
    return sum(iter(partial(_settle_next, _swept[name], now, batch, failed), 0))


def _settle_next(swept: Swept, now: datetime, batch: int, failed: set[int]) -> int:
    """Settle and commit a batch; returns how many rows were settled: 0 when no more is due that can be.

    `failed` gathers what cannot be settled now.
    """
    while True:
        try:
            return _settle_some(swept, now, batch, failed)
        except Exception:
            logger.exception("a batch failed; its rows are settled one by one")
        known = len(failed)
        settled = _settle_singly(swept, now, batch, failed)
        if settled or len(failed) == known:
            return settled


def _due(swept: Swept, now: datetime, failed: set[int]) -> QuerySet[Any]:
    due = swept.model._default_manager.filter(next_check_at__lte=now)
    return due.exclude(pk__in=list(failed)).order_by("next_check_at")


def _locked(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_for_update(skip_locked=True, of=("self",), no_key=True)


def _settle_some(swept: Swept, now: datetime, batch: int, failed: set[int]) -> int:
    with transaction.atomic():
        hold_rules()
        rows = list(_locked(_due(swept, now, failed))[:batch])
        if rows:
            swept.settle(rows, now, current_rules())
    return len(rows)


def _settle_singly(swept: Swept, now: datetime, batch: int, failed: set[int]) -> int:
    """One poisoned row must not hold up the others: settle each alone and pass over what fails this time."""
    settled = 0
    for pk in list(_due(swept, now, failed).values_list("pk", flat=True)[:batch]):
        try:
            with transaction.atomic():
                hold_rules()
                rows = list(_locked(_due(swept, now, failed).filter(pk=pk)))
                if rows:
                    swept.settle(rows, now, current_rules())
                settled += len(rows)
        except Exception:
            logger.exception("%s %s cannot be settled", swept.model.__name__, pk)
            failed.add(pk)
    return settled
