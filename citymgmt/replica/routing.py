"""What is read where: Django asks `Router` before each query, and the router looks at what is read just now.

The router stands in the settings only where a replica is named, so without one nothing is asked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

PRIMARY, REPLICA = "default", "replica"  # aliases of DATABASES
NOTHING: frozenset[str] = frozenset()
_copied: ContextVar[frozenset[str]] = ContextVar("apps whose rows are read from the replica", default=NOTHING)


@contextmanager
def reading(apps: frozenset[str]) -> Iterator[None]:
    """Read the rows of these apps (by label) from the replica meanwhile; no row may be written."""
    token = _copied.set(apps)
    try:
        yield
    finally:
        _copied.reset(token)


def reading_primary() -> Any:
    """A context in which everything is read from the primary: what is kept for all who come later."""
    return reading(NOTHING)


class Router:
    """Reads of the apps that are read from the replica just now go there, everything else to the primary."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """Where rows of the model are read."""
        return REPLICA if model._meta.app_label in _copied.get() else PRIMARY

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """The primary. Raises: RuntimeError where rows are read from the replica: what it says may be out of date."""
        if _copied.get():
            raise RuntimeError(f"a page that reads the replica writes {model._meta.label}")
        return PRIMARY

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Rows of both are rows of one database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """The replica gets its tables by following."""
        return db == PRIMARY
