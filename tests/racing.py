"""Several connections at once: each runner in a thread of its own, all let go at the same moment."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from citymgmt.refusals import Refusal


def race(runners: Sequence[Callable[[], Any]], *, losing: tuple[type[Exception], ...] = (Refusal,)) -> list[Any]:
    """What each runner gave, or the refusal (or other `losing` error) it met; any other error is raised here."""
    start = Barrier(len(runners))

    def run(runner: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait(10)
            return runner()
        except losing as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(runners)) as pool:
        return list(pool.map(run, runners))
