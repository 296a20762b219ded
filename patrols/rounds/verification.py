"""Is every round what its history says? The check behind `verify_history` and behind the tests' fixture."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from patrols.rounds.journal import differences
from patrols.rounds.models import PatrolRound, RoundEvent, Visit

BATCH = 500


def verify_rounds(*, after: int = 0) -> Iterator[tuple[str, list[str]]]:
    """Each round with what its replay and its rows say differently, in batches of ids after `after`."""
    while found := list(PatrolRound.objects.filter(pk__gt=after).order_by("pk")[:BATCH]):
        ids = [one.pk for one in found]
        events = _by_round(RoundEvent.objects.filter(round__in=ids).order_by("round", "seq"))
        visits = _by_round(Visit.objects.filter(round__in=ids))
        for one in found:
            yield f"round {one.pk}", differences(one, events[one.pk], visits[one.pk])
        after = ids[-1]


def _by_round(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.round_id].append(row)
    return found
