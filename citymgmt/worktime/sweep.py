"""The sweep: find what is due in PostgreSQL, settle it, commit, again.

One sweep serves everything timed. An app registers a name, the model and how a batch of its locked rows is
settled; the work grows with what is due, not with what exists, and any number of sweeps may run at once. Where more
than a few are due, two threads settle at once, each by its own connection.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from citymgmt.worktime.models import Timed
from citymgmt.worktime.rules import Rules, current_rules, hold_rules

BATCH = 500
FEW = 100  # that one thread settles sooner than a second one has begun
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
    return {name: _sweep(swept, now, batch) for name, swept in _swept.items()}


def _sweep(swept: Swept, now: datetime, batch: int) -> int:
    settle_next = partial(_settle_next, swept, now, batch, set[int]())
    waiting = _due(swept, now, set())[: FEW + 1].count()
    if waiting <= FEW or connection.in_atomic_block:  # few, or within somebody's transaction: by this connection alone
        return _settle_rest(settle_next) if waiting else 0
    with ThreadPoolExecutor(1) as pool:  # while the one waits for the database, the other thinks
        beside = pool.submit(copy_context().run, _settle_beside, settle_next)
        return _settle_rest(settle_next) + beside.result()


def _settle_rest(settle_next: Callable[[], int]) -> int:
    return sum(iter(settle_next, 0))


def _settle_beside(settle_next: Callable[[], int]) -> int:
    try:
        return _settle_rest(settle_next)
    finally:
        connection.close()  # this thread's own


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
