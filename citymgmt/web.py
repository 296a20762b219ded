"""gunicorn's worker with threads, which shows that it lives, and gives up on requests that arrive too slowly.

A thread reads the request it answers; without an end to that, as many slow senders as there are threads would stand
before everybody else. A proxy in front that gathers requests first does the same.
"""

import errno
import time
from importlib import import_module
from typing import Any

from django.db import connections

from citymgmt.even import EvenWorker

FIRST_SECONDS = 20.0  # that a request may take to arrive at all
LEAST_BYTES = 4000  # a second, beyond that: a photo over a bad line passes, one byte at a time does not


class TimedSocket:
    """A socket whose request has to arrive in time; else reading raises ConnectionResetError, as when the sender is
    gone. All else is the socket's own.
    """

    def __init__(self, sock: Any, clock: Any = time.monotonic) -> None:
        self._sock, self._clock = sock, clock
        self.begin()

    def begin(self) -> None:
        """A new request comes; its time begins when a thread first reads of it."""
        self._end: float | None = None
        self._received = 0

    def recv(self, *given: Any) -> bytes:
        """What has come, while there is time left."""
        if self._end is None:
            self._end = self._clock() + FIRST_SECONDS
        left = self._end + self._received / LEAST_BYTES - self._clock()
        if left <= 0:
            raise _too_slow()
        before = self._sock.gettimeout()
        self._sock.settimeout(left if before is None else min(left, before))
        try:
            received: bytes = self._sock.recv(*given)
        except TimeoutError as error:
            raise _too_slow() from error
        finally:
            self._sock.settimeout(before)
        self._received += len(received)
        return received

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


def _too_slow() -> ConnectionResetError:
    return ConnectionResetError(errno.ECONNRESET, "the request arrived too slowly")


class TimedWorker(EvenWorker):
    """A worker that has each request arrive in time."""

    def enqueue_req(self, conn: Any) -> None:
        """Have one request of a connection read and answered by a thread."""
        if isinstance(conn.sock, TimedSocket):
            conn.sock.begin()
        else:
            conn.sock = TimedSocket(conn.sock)
        super().enqueue_req(conn)


class Worker(TimedWorker):
    """The worker of `make run`. Whether the portal was loaded before the fork (`--preload`) or is now, is the same."""

    def load_wsgi(self) -> None:
        """Have the portal answer in this process, and show its pulse."""
        super().load_wsgi()
        connections.close_all()  # none is shared with the process that loaded the portal
        pulse = import_module("citymgmt.worktime.pulse")  # its models need the apps, which are there by now
        pulse.start("web")
