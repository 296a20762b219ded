"""Is every resolution what its history says? The check behind `verify_history` and behind the tests' fixture."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from cases.meetings.journal import differences
from cases.meetings.models import Resolution, ResolutionCase, ResolutionEvent

BATCH = 500


def verify_resolutions(*, after: int = 0) -> Iterator[tuple[str, list[str]]]:
    """Each resolution's number with what its replay and its rows say differently, in batches of ids after `after`."""
    while found := list(Resolution.objects.filter(pk__gt=after).order_by("pk")[:BATCH]):
        ids = [one.pk for one in found]
        events = _by_resolution(ResolutionEvent.objects.filter(resolution__in=ids).order_by("resolution", "seq"))
        parts = _by_resolution(ResolutionCase.objects.filter(resolution__in=ids))
        for one in found:
            yield one.number, differences(one, events[one.pk], parts[one.pk])
        after = ids[-1]


def _by_resolution(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.resolution_id].append(row)
    return found
