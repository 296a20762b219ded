"""Several connections at once: each runner in a thread of its own, all let go at the same moment."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from threading import Barrier
from typing import Any

import pytest
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


def meanwhile(monkeypatch: pytest.MonkeyPatch, name: str, act: Callable[[], Any]) -> None:
    """Right after the function of this dotted name has answered for the first time, `act` is done and committed over
    another connection: whoever asked goes on with an answer that is no longer true.
    """
    module, _dot, function = name.rpartition(".")
    asked, ahead = getattr(import_module(module), function), [act]

    def answer(*given: Any, **named: Any) -> Any:
        found = asked(*given, **named)
        if ahead:
            race([ahead.pop()], losing=())
        return found

    monkeypatch.setattr(name, answer)
