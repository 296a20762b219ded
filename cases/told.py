"""Who else follows what happens to cases. Rooms register here, so that the core knows none of them."""

from collections.abc import Callable, Sequence

from cases.models import CaseEvent

Listener = Callable[[Sequence[CaseEvent]], None]
listeners: list[Listener] = []


def register(listener: Listener) -> None:
    """Have a room told of events before they are written, in their transaction; their cases are as they leave them."""
    listeners.append(listener)
