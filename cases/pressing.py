"""What presses for a decision of several bodies. Rooms that know such matters register here; the agenda of a joint
meeting asks for them (and the plan of patrols may).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Matter:
    """A matter in words, in the reader's language: a short title that names it, and what is known of it."""

    title: str
    background: str


Ask = Callable[[int, datetime], Iterable[Matter]]  # of a sub-district (its id), at a moment
_rooms: list[Ask] = []


def register(ask: Ask) -> None:
    """Have a room's matters asked for, when its app is ready."""
    _rooms.append(ask)


def pressing_matters(subdistrict_id: int, at: datetime) -> Iterator[Matter]:
    """All that presses in a sub-district, the most pressing of each room first."""
    for ask in _rooms:
        yield from ask(subdistrict_id, at)
