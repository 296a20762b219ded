"""Is every daily check what its history says? The check behind `verify_history` and behind the tests' fixture."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from patrols.stations.journal import differences
from patrols.stations.models import CheckAnswer, CheckEvent, DailyCheck

BATCH = 500


def verify_checks(*, after: int = 0) -> Iterator[tuple[str, list[str]]]:
    """Each check (id, station, day) with what its replay and its rows say differently, in batches after `after`."""
    while found := list(DailyCheck.objects.filter(pk__gt=after).select_related("station").order_by("pk")[:BATCH]):
        ids = [one.pk for one in found]
        events = _by_check(CheckEvent.objects.filter(daily_check__in=ids).order_by("daily_check", "seq"))
        answers = _by_check(CheckAnswer.objects.filter(daily_check__in=ids).order_by("daily_check", "ordinal"))
        for one in found:
            yield f"{one.pk} {one}", differences(one, events[one.pk], answers[one.pk])
        after = ids[-1]


def _by_check(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.daily_check_id].append(row)
    return found
