"""Whoever comes without log-in takes turns, so that a crowd of them never stands before those who work here.

A process works on few guests' requests at a time; some more wait, the others are told to come again in a moment. What
somebody logged in asks for never waits for a guest. Source: reliability.md P13 (bulkheads).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from citymgmt.people.rates import TooMany

View = Callable[..., HttpResponseBase]
COME_AGAIN_SECONDS = 3
CROWDED = _(
    "Very many people are here at this moment. Wait a few seconds, go back and try once more: what you wrote is still "
    "there."
)


class Turns:
    """So many at once; so many more wait, at most so many seconds."""

    def __init__(self, at_once: int, waiting: int, seconds: float) -> None:
        self.seconds = seconds
        self._turn = BoundedSemaphore(at_once)
        self._places = BoundedSemaphore(at_once + waiting)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Have a turn, waiting for it. Raises: TooMany when too many wait, or for too long."""
        if not self._places.acquire(blocking=False):
            raise TooMany(CROWDED, retry_after=COME_AGAIN_SECONDS)
        try:
            if not self._turn.acquire(timeout=self.seconds):
                raise TooMany(CROWDED, retry_after=COME_AGAIN_SECONDS)
            try:
                yield
            finally:
                self._turn.release()
        finally:
            self._places.release()


guests = Turns(settings.GUESTS_AT_ONCE, settings.GUESTS_WAITING, settings.GUESTS_WAIT_SECONDS)  # of this process


@contextmanager
def turn_of(request: Any) -> Iterator[None]:
    """Let a guest's request have its turn; whoever is logged in needs none. Raises: TooMany."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        yield
        return
    with guests.taken():
        yield


def open_to_guests(view: View) -> View:
    """Let everybody in, guests in turn."""

    @login_not_required
    @wraps(view)
    def opened(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with turn_of(request):
            return view(request, *args, **kwargs)

    return opened
