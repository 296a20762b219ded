"""Who wants to know when it changes who holds a post of a community: each says so once, when its room is ready."""

from collections.abc import Callable
from datetime import datetime

Listener = Callable[..., object]  # (community id, at), all by keyword
_listeners: list[Listener] = []


def on_change_of_posts(listener: Listener) -> None:
    """Have `listener` called, in the same transaction, whenever posts or facts of a community have changed."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_of_change(community_id: int, at: datetime) -> None:
    """Call whoever wants to know; the community's row is locked."""
    for listener in _listeners:
        listener(community=community_id, at=at)
