"""Is every promise what its history says? The check behind `verify_history` and behind the tests' fixture."""

from collections.abc import Iterator

from citymgmt.history import walked
from communities.institutions.journal import differences
from communities.models import Pledge, PledgeEvent


def verify_pledges(*, after: int = 0) -> Iterator[tuple[str, list[str]]]:
    """Each promise with what its replay and its row say differently, in batches of ids after `after`."""
    for one, events, _parts in walked(Pledge, "pledge", PledgeEvent, after=after):
        yield f"promise {one.pk}", differences(one, events)
