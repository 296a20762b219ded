"""Work for two processes. Each function is sent to the second process, which imports this module."""

import os
import sys
import time
from functools import partial
from pathlib import Path

import structlog
from django.db import connection

from citymgmt import helping


def where(directory: str) -> int:
    """Note which process of which database this is, once the other one has done so too; 1."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        ids = structlog.contextvars.get_contextvars()
        (Path(directory) / str(os.getpid())).write_text(f"{cursor.fetchone()[0]} {ids.get('task_id')}", "utf-8")
    deadline = time.monotonic() + 60
    while len(os.listdir(directory)) < 2:
        assert time.monotonic() < deadline, "the other process never came"
        time.sleep(0.01)
    return 1


def end_elsewhere(home: int) -> int:
    """End the process unless it is this one; 1."""
    if os.getpid() != home:
        os._exit(1)
    return 1


def fail_elsewhere(home: int) -> int:
    """Raise ArithmeticError unless in this process; 1."""
    if os.getpid() != home:
        raise ArithmeticError("poison")
    return 1


def pid_elsewhere(home: int) -> int:
    """The number of the process unless it is this one; 0."""
    return os.getpid() if os.getpid() != home else 0


def backend_elsewhere(home: int) -> int:
    """The number of the database's process that serves this one, unless in this process; 0."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0]) if os.getpid() != home else 0


def stay_elsewhere(home: int) -> int:
    """Unless in this process, say which one it is and never end; else 0."""
    if os.getpid() != home:
        print(os.getpid(), flush=True)
        time.sleep(3600)
    return 0


if __name__ == "__main__":
    helping.shared(partial(stay_elsewhere if "stay" in sys.argv else pid_elsewhere, os.getpid()))
    print(helping.shared(partial(pid_elsewhere, os.getpid())), flush=True)
    sys.stdin.read()
