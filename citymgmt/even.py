"""gunicorn's workers share connections evenly.

All its processes wait at one socket, and whoever wakes first takes the next connection: eight kept ones have lain with
one process, while the other, and its core, had nothing to do. Here each shows in memory that all share how many
requests it works on and how many connections it has; one that has more than another waits a moment, and the other is
first.
"""

import mmap
import os
import time
from operator import add
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

MOMENT = 0.002  # seconds, which the others need to wake
PLACES = 64  # processes that are told apart: as many as begin one after the other before a place is taken again
_shared = memoryview(mmap.mmap(-1, 3 * 4 * PLACES)).cast("i")  # by all who are forked from this process
_pids, _busy, _open = (_shared[first : first + PLACES] for first in range(0, 3 * PLACES, PLACES))


def another_has_fewer(own: int) -> bool:
    """Whether a process that lives has less to do than that of this place. A connection counts once, and twice while
    there is a request on it.
    """
    load = list(map(add, _busy, _open))
    return any(is_alive(pid) for pid, one in zip(_pids, load, strict=True) if pid and one < load[own])


def another_has_room(own: int) -> bool:
    """Whether a process that lives would, with one connection more, still have fewer than that of this place."""
    return any(is_alive(pid) for pid, one in zip(_pids, _open, strict=True) if pid and one + 1 < _open[own])


def is_alive(pid: int) -> bool:
    """Whether there is a process of this number."""
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


class EvenWorker(ThreadWorker):
    """A worker with threads that takes a connection when none of its fellows has less to do."""

    @property
    def place(self) -> int:
        """Where this process stands in the shared memory."""
        return int(self.age % PLACES)

    @property
    def nr_conns(self) -> int:
        """How many connections are open, as all processes see it."""
        return _open[self.place]

    @nr_conns.setter
    def nr_conns(self, count: int) -> None:
        _open[self.place] = count

    @property
    def max_keepalived(self) -> int:
        """How many connections may be kept open after their answer: none more while another process has room."""
        return 0 if another_has_room(self.place) else self._most_kept

    @max_keepalived.setter
    def max_keepalived(self, most: int) -> None:
        self._most_kept = most

    def init_process(self) -> None:
        """Show whose place it is."""
        _pids[self.place], _busy[self.place] = os.getpid(), 0
        super().init_process()

    def accept(self, listener: Any) -> None:
        """Take a connection, unless another that has less to do takes it within a moment."""
        if another_has_fewer(self.place):
            time.sleep(MOMENT)
        super().accept(listener)

    def enqueue_req(self, conn: Any) -> None:
        """Have a request worked on."""
        _busy[self.place] += 1
        super().enqueue_req(conn)

    def finish_request(self, conn: Any, fs: Any) -> None:
        """It is done."""
        _busy[self.place] -= 1
        super().finish_request(conn, fs)
