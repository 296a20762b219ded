"""Pages that read the replica, and who has just written, for whom they do not."""

import math
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from citymgmt.replica.condition import CHECKED_SECONDS, Condition, remembered
from citymgmt.replica.routing import REPLICA, reading

View = Callable[..., HttpResponseBase]
WROTE = "wrote"  # the cookie of who has just written
READING = ("GET", "HEAD", "OPTIONS", "TRACE")


def reads_replica(*apps: str) -> Callable[[View], View]:
    """Have a page that only reads take the rows of these apps from the replica, where there is one that follows.

    `request.replica` is its condition, None on the primary. Where it fails the page is made anew from the primary.
    """

    def door(view: View) -> View:
        @wraps(view)
        def opened(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.replica = _for(request) if settings.REPLICA_URL else None
            if request.replica is not None:
                try:
                    with reading(frozenset(apps)):
                        return view(request, *args, **kwargs)
                except (OperationalError, InterfaceError):
                    if not connections[REPLICA].errors_occurred:
                        raise
                    remembered.failed()
                    request.replica = None
            return view(request, *args, **kwargs)

        return opened

    return door


def _for(request: HttpRequest) -> Condition | None:
    """The replica's condition if this request may read it: it follows, and holds what the person wrote."""
    if WROTE in request.COOKIES:
        return None
    condition = remembered.now()
    return condition if condition.is_used else None


def read_own_writes(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware: whoever writes reads the primary until a replica that is used must have what was written.

    A cookie says so, because it ends by itself and needs no row; who sends it for no reason only reads the primary.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method not in READING and settings.SESSION_COOKIE_NAME in request.COOKIES:
            seconds = math.ceil(settings.REPLICA_MOST_LAG_SECONDS + CHECKED_SECONDS) + 1
            secure = settings.SESSION_COOKIE_SECURE
            response.set_cookie(WROTE, "1", max_age=seconds, httponly=True, samesite="Lax", secure=secure)
        return response

    return middleware
