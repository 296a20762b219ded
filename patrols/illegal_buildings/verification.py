"""Is every illegal building what its history says, and does its account add up? The check behind `verify_history`."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from patrols.illegal_buildings.journal import differences
from patrols.illegal_buildings.models import AreaEntry, BuildingEvent, IllegalBuilding

BATCH = 500


def verify_buildings(*, after: int = 0) -> Iterator[tuple[str, list[str]]]:
    """Each building's number with what its replay, its rows and its account say differently, in batches of ids after
    `after`.
    """
    while found := list(IllegalBuilding.objects.filter(pk__gt=after).order_by("pk")[:BATCH]):
        ids = [one.pk for one in found]
        events = _by_building(BuildingEvent.objects.filter(building__in=ids).order_by("building", "seq"))
        entries = _by_building(AreaEntry.objects.filter(building__in=ids).order_by("building", "ordinal"))
        for one in found:
            yield one.number, differences(one, events[one.pk], entries[one.pk]) + _account(one, entries[one.pk])
        after = ids[-1]


def _account(building: IllegalBuilding, entries: list[AreaEntry]) -> list[str]:
    added = sum((one.signed for one in entries), Decimal())
    return [] if added == building.remaining_m2 else [f"remaining_m2: {building.remaining_m2}, account {added}"]


def _by_building(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.building_id].append(row)
    return found
