"""Is every guard watch what its history says? The check behind `verify_history` and behind the tests' fixture."""

from collections import defaultdict
from collections.abc import Iterator

from patrols.guards.journal import differences
from patrols.guards.models import GuardEvent, GuardWatch

BATCH = 500


def verify_watches(*, after: int = 0) -> Iterator[tuple[str, list[str]]]:
    """Each watch with what its replay and its row say differently, in batches of ids after `after`."""
    while found := list(GuardWatch.objects.filter(pk__gt=after).order_by("pk")[:BATCH]):
        events: dict[int, list[GuardEvent]] = defaultdict(list)
        for event in GuardEvent.objects.filter(guard_watch__in=found).order_by("guard_watch", "seq"):
            events[event.guard_watch_id].append(event)
        for one in found:
            yield f"guard watch {one.pk}", differences(one, events[one.pk])
        after = found[-1].pk
