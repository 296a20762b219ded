"""gunicorn's workers share connections evenly.

All its processes wait at one socket, and whoever wakes first takes the next connection: eight kept ones have lain with
one process, while the other, and its core, had nothing to do. Here each shows in memory that all share how many it
has; one that has more than another waits a moment, and the other is first.
"""

import mmap
import os
import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

MOMENT = 0.002  # seconds, which the others need to wake
PLACES = 64  # processes that are told apart: as many as begin one after the other before a place is taken again
_bytes = 4 * PLACES
_shared = memoryview(mmap.mmap(-1, 2 * _bytes)).cast("i")  # by all who are forked from this process
_pids, _counts = _shared[:PLACES], _shared[PLACES:]


def another_has_fewer(own: int) -> bool:
    """Whether a process that lives has fewer connections than that of this place."""
    fewer = (_pids[place] for place, count in enumerate(_counts) if place != own and count < _counts[own])
    return any(map(is_alive, fewer))


def is_alive(pid: int) -> bool:
    """Whether there is a process of this number; 0 is nobody's."""
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return pid > 0


class EvenWorker(ThreadWorker):
    """A worker with threads that takes a connection when none of its fellows has fewer."""

    @property
    def nr_conns(self) -> int:
        """How many connections are open, as all processes see it."""
        return _counts[self.place]

    @nr_conns.setter
    def nr_conns(self, count: int) -> None:
        _counts[self.place] = count

    @property
    def place(self) -> int:
        """Where this process stands in the shared memory."""
        return int(self.age % PLACES)

    def init_process(self) -> None:
        """Show whose place it is."""
        _pids[self.place] = os.getpid()
        super().init_process()

    def accept(self, listener: Any) -> None:
        """Take a connection, unless another that has fewer takes it within a moment."""
        if another_has_fewer(self.place):
            time.sleep(MOMENT)
        super().accept(listener)
