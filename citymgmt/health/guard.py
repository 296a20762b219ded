"""A question that nobody waits for too long: asked in another thread on a connection of its own, shared by all
who ask at the same time, remembered for a moment.

So a database that hangs costs a few threads and never more than the given time, and a flood of requests costs one
question a second.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from typing import Any, Generic, TypeVar

import psycopg2
from django.db import connections

CONNECT_SECONDS = 2  # libpq's smallest
STATEMENT_MS = 1500
SILENT_MS = 2000  # what was sent and is not acknowledged (TCP only)
REMEMBERED_SECONDS = 1.0
ABANDONED_SECONDS = 10.0  # a question older than this is asked anew beside the old one

T = TypeVar("T")
Ask = Callable[..., list[tuple[Any, ...]]]
_threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="health")


def asking(cursor: Any) -> Ask:
    """A function that runs SQL on the cursor and gives the rows."""

    def ask(sql: Any, parameters: Any = None) -> list[tuple[Any, ...]]:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())

    return ask


def on_own_connection(question: Callable[[Ask], T], parameters: dict[str, Any]) -> T:
    """Ask on a new connection with short timeouts. Raises: psycopg2.Error."""
    with closing(psycopg2.connect(**parameters)) as own:
        own.autocommit = True
        with own.cursor() as cursor:
            return question(asking(cursor))


def short_parameters(alias: str = "default") -> dict[str, Any]:
    """How Django connects to this database, with short timeouts."""
    given = connections[alias].get_connection_params()
    kept = {name: given[name] for name in given if name not in ("cursor_factory", "context", "prepare_threshold")}
    options = f"{kept.get('options', '')} -c statement_timeout={STATEMENT_MS}".strip()
    return {**kept, "connect_timeout": CONNECT_SECONDS, "tcp_user_timeout": SILENT_MS, "options": options}


class Shared(Generic[T]):
    """One question at a time for all who ask."""

    def __init__(self, question: Callable[[], T]) -> None:
        self.question = question
        self.lock = threading.Lock()
        self.future: Future[T] | None = None
        self.began = 0.0

    def answer(self, seconds: float) -> T:
        """The answer, at most REMEMBERED_SECONDS old. Raises: TimeoutError after `seconds`, and what was raised."""
        with self.lock:
            age = time.monotonic() - self.began
            if self.future is None or age > ABANDONED_SECONDS or (self.future.done() and age > REMEMBERED_SECONDS):
                self.future, self.began = _threads.submit(self.question), time.monotonic()
            future = self.future
        return future.result(seconds)

    def forget(self) -> None:
        """Ask anew next time."""
        with self.lock:
            self.future = None
