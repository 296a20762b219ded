"""Is every promise what its history says? The check behind `verify_history` and behind the tests' fixture."""

from collections import defaultdict
from collections.abc import Iterator

from communities.institutions.journal import differences
from communities.models import Pledge, PledgeEvent

BATCH = 500


def verify_pledges(*, after: int = 0) -> Iterator[tuple[str, list[str]]]:
    """Each promise with what its replay and its row say differently, in batches of ids after `after`."""
    while found := list(Pledge.objects.filter(pk__gt=after).order_by("pk")[:BATCH]):
        events: dict[int, list[PledgeEvent]] = defaultdict(list)
        for event in PledgeEvent.objects.filter(pledge__in=found).order_by("pledge", "seq"):
            events[event.pledge_id].append(event)
        for one in found:
            yield f"promise {one.pk}", differences(one, events[one.pk])
        after = found[-1].pk
