"""A second process of a worker, for much that Python has to think about: threads of one process would think in turns.

It is started when it is first asked and stays for the next time: a process of its own with the portal loaded anew,
never a copy of one in which other threads run. It ends with whoever started it.
"""

import logging
import os
import signal
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import current_process, get_context, parent_process
from typing import Any

import django
import structlog
from django.db import close_old_connections, connection

from citymgmt.collecting import spare_what_is_loaded

logger = logging.getLogger(__name__)
Work = Callable[[], int]  # a function of a module, or a `partial` of one: it is sent to the other process


def shared(work: Work) -> int:
    """Do the work here and in the second process at once; returns what it comes to in both.

    Whoever does it takes from the database what nobody else has taken, until nothing is left. When the second process
    cannot be had, or ends in the midst of it, this one does what is left.
    """
    beside = None if current_process().daemon else _asked(work)  # Celery's own processes may not start any
    done = work()
    if beside is None:
        return done
    try:
        return done + beside.result()
    except BrokenProcessPool:
        logger.exception("the second process ended; what it left is done here")
        return done + work()


def _asked(work: Work) -> Future[int] | None:
    """The work of the second process, which is started anew where it has ended; None when it cannot be."""
    for start in (_second, _second_anew):
        try:
            return start().submit(_help, work, str(connection.settings_dict["NAME"]), _bound())
        except BrokenProcessPool:  # it ended while nobody asked for it
            continue
        except OSError:
            logger.exception("a second process cannot be started")
            break
    return None


@cache
def _second() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, get_context("spawn"), _begin)


def _second_anew() -> ProcessPoolExecutor:
    _second.cache_clear()
    return _second()


def _bound() -> Mapping[str, Any]:
    """What each line of the log names: the ids of the task, or the request."""
    return structlog.contextvars.get_contextvars()


def _begin() -> None:
    """What the second process does before its first work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal: whoever started it says when it ends
    threading.Thread(target=_end_with_parent, daemon=True).start()
    django.setup()
    spare_what_is_loaded()


def _end_with_parent() -> None:
    """End, however the parent ended; what is not committed then is not done."""
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _help(work: Work, database: str, bound: Mapping[str, Any]) -> int:
    """Do the work in the database of whoever asks."""
    structlog.contextvars.bind_contextvars(**bound)
    _enter(database)
    try:
        return work()
    finally:
        structlog.contextvars.clear_contextvars()


def _enter(database: str) -> None:
    """Use the connection of the last time, as a worker does between its tasks, unless it is old, broken or of another
    database.
    """
    if connection.settings_dict["NAME"] != database:
        connection.close()
        connection.settings_dict["NAME"] = database
    close_old_connections()
