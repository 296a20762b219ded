"""The sweep: find what is due in PostgreSQL, settle it, commit, again.

One sweep serves everything timed. An app registers a name, the model and how a batch of its locked rows is
settled; the work grows with what is due, not with what exists, and any number of sweeps may run at once.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

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
    return {name: _sweep(swept, now, batch) for name, swept in _swept.items()}


def _sweep(swept: Swept, now: datetime, batch: int) -> int:
    settled, failed = 0, set[int]()
    while True:
        try:
            count = _settle_some(swept, now, batch, failed)
        except Exception:
            if batch == 1:
                raise
            logger.exception("a batch failed; its rows are settled one by one")
            count = _settle_singly(swept, now, batch, failed)
        if not count:
            return settled
        settled += count


def _due_ids(swept: Swept, now: datetime, batch: int, failed: set[int]) -> list[int]:
    due = swept.model._default_manager.filter(next_check_at__lte=now).exclude(pk__in=failed)
    return list(due.order_by("next_check_at").values_list("pk", flat=True)[:batch])


def _settle_some(swept: Swept, now: datetime, batch: int, failed: set[int]) -> int:
    with transaction.atomic():
        hold_rules()
        due = swept.model._default_manager.filter(next_check_at__lte=now).exclude(pk__in=failed)
        rows = list(
            due.order_by("next_check_at").select_for_update(skip_locked=True, of=("self",), no_key=True)[:batch]
        )
        if rows:
            swept.settle(rows, now, current_rules())
    return len(rows)


def _settle_singly(swept: Swept, now: datetime, batch: int, failed: set[int]) -> int:
    """One poisoned row must not hold up the others: settle each alone and pass over what fails this time."""
    settled = 0
    for pk in _due_ids(swept, now, batch, failed):
        try:
            with transaction.atomic():
                hold_rules()
                row = swept.model._default_manager.filter(pk=pk, next_check_at__lte=now).select_for_update(
                    skip_locked=True, of=("self",), no_key=True
                )
                swept.settle(list(row), now, current_rules())
                settled += 1
        except Exception:
            logger.exception("%s %s cannot be settled", swept.model.__name__, pk)
            failed.add(pk)
    return settled
