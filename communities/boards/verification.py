"""Is every notice board what its history says? The check behind `verify_history` and behind the tests' fixture."""

from collections import defaultdict
from collections.abc import Iterator

from communities.boards.journal import differences
from communities.models import Board, BoardEvent

BATCH = 500


def verify_boards(*, after: int = 0) -> Iterator[tuple[str, list[str]]]:
    """Each board with what its replay and its row say differently, in batches of ids after `after`."""
    while found := list(Board.objects.filter(pk__gt=after).order_by("pk")[:BATCH]):
        events: dict[int, list[BoardEvent]] = defaultdict(list)
        for event in BoardEvent.objects.filter(board__in=found).order_by("board", "seq"):
            events[event.board_id].append(event)
        for one in found:
            yield f"notice board {one.pk}", differences(one, events[one.pk])
        after = found[-1].pk
