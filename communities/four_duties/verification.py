"""Is every sheet of duties what its history says? The check behind `verify_history` and behind the tests' fixture."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from communities.four_duties.journal import differences
from communities.models import DutyAnswer, DutySheet, SheetEvent

BATCH = 500


def verify_duties(*, after: int = 0) -> Iterator[tuple[str, list[str]]]:
    """Each sheet with what its replay and its rows say differently, in batches of ids after `after`."""
    while found := list(DutySheet.objects.filter(pk__gt=after).order_by("pk")[:BATCH]):
        events = _by_sheet(SheetEvent.objects.filter(sheet__in=found).order_by("sheet", "seq"))
        answers = _by_sheet(DutyAnswer.objects.filter(sheet__in=found).order_by("sheet", "ordinal"))
        for one in found:
            yield f"sheet of duties {one.pk}", differences(one, events[one.pk], answers[one.pk])
        after = found[-1].pk


def _by_sheet(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.sheet_id].append(row)
    return found
