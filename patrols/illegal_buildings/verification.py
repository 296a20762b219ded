"""Is every illegal building what its history says, and does its account add up? The check behind `verify_history`."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from citymgmt.history import walked
from patrols.illegal_buildings.journal import differences
from patrols.illegal_buildings.models import AreaEntry, BuildingEvent, IllegalBuilding


def verify_buildings(*, after: int = 0) -> Iterator[tuple[str, list[str]]]:
    """Each building's number with what its replay, its rows and its account say differently, in batches of ids after
    `after`.
    """
    for one, events, entries in walked(IllegalBuilding, "building", BuildingEvent, [AreaEntry], after=after):
        yield one.number, differences(one, events, entries) + _account(one, entries)


def _account(building: IllegalBuilding, entries: Sequence[AreaEntry]) -> list[str]:
    added = sum((one.signed for one in entries), Decimal())
    return [] if added == building.remaining_m2 else [f"remaining_m2: {building.remaining_m2}, account {added}"]
