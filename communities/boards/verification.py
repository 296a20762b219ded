"""Is every notice board what its history says? The check behind `verify_history` and behind the tests' fixture."""

from collections.abc import Iterator

from citymgmt.history import walked
from communities.boards.journal import differences
from communities.models import Board, BoardEvent


def verify_boards(*, after: int = 0) -> Iterator[tuple[str, list[str]]]:
    """Each board with what its replay and its row say differently, in batches of ids after `after`."""
    for one, events, _parts in walked(Board, "board", BoardEvent, after=after):
        yield f"notice board {one.pk}", differences(one, events)
