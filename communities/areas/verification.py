"""Is every residential area what its history says? The check behind `verify_history` and behind the tests' fixture."""

from collections.abc import Iterator

from citymgmt.history import walked
from communities.areas.journal import Journal, differences
from communities.models import AreaEvent, ResidentialArea


def verify_areas(*, after: int = 0) -> Iterator[tuple[str, list[str]]]:
    """Each area with what its replay and its rows say differently, in batches of ids after `after`."""
    parts = list(Journal.part_models.values())
    for one, events, found in walked(ResidentialArea, "area", AreaEvent, parts, after=after):
        yield f"residential area {one.pk}", differences(one, events, found)
