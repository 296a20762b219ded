"""What is noted of each request: its id, one line in the log, and what Prometheus counts. Never who or what in words.

The id comes from `X-Request-ID` when that is a sane one (a proxy's), else it is made here; the answer carries it,
every record written meanwhile carries it, and so do the tasks that the request starts (citymgmt/celery.py).
"""

import logging
import re
import secrets
import sys
import time
from collections.abc import Callable
from typing import Any

import structlog
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.core.signals import got_request_exception
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.functional import LazyObject, empty

from citymgmt import metrics

GetResponse = Callable[[HttpRequest], HttpResponse]
SANE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
PROBES = frozenset({"healthz", "readyz", "metrics"})  # asked every few seconds: counted, not logged
UNKNOWN = "unknown"  # the route of an address that leads nowhere
logger = logging.getLogger("citymgmt.requests")


class QueryTimer:
    """Counts and times the queries of one request (an execute wrapper of Django)."""

    def __init__(self) -> None:
        self.count = 0
        self.seconds = 0.0

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: Any, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.count += 1
            self.seconds += time.perf_counter() - began


def watched(get_response: GetResponse) -> GetResponse:
    """The outermost middleware: give the request its id, time it, note it. Files of `static/` pass unseen."""
    static = f"/{settings.STATIC_URL.strip('/')}/"

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(static):
            return get_response(request)
        request.request_id = request_id_of(request)  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.request_id)  # type: ignore[attr-defined]
        began, timer = time.perf_counter(), QueryTimer()
        try:
            with connection.execute_wrapper(timer):
                response = get_response(request)
            response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
            _note(request, response.status_code, time.perf_counter() - began, timer)
            return response
        finally:
            structlog.contextvars.clear_contextvars()

    return middleware


def request_id_of(request: HttpRequest) -> str:
    """The id that the request brings, when it is 8 to 64 plain characters; else a new one."""
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    return given if SANE_ID.fullmatch(given) else secrets.token_hex(8)


def route_of(request: HttpRequest) -> str:
    """The name of the address that was asked, never the path."""
    match = request.resolver_match
    return (match.view_name if match else "") or UNKNOWN


def user_id_of(request: HttpRequest) -> int | None:
    """The number of the person, when something has asked for the person already; asks the database nothing."""
    user: Any = request.__dict__.get("user")
    if isinstance(user, LazyObject) and user.__dict__.get("_wrapped") is empty:
        return None
    return getattr(user, "pk", None)


def _note(request: HttpRequest, status: int, seconds: float, timer: QueryTimer) -> None:
    route, method = route_of(request), metrics.method_label(request.method)
    metrics.REQUESTS.labels(route, method, str(status)).inc()
    metrics.REQUEST_SECONDS.labels(route, method).observe(seconds)
    if timer.count:
        metrics.QUERIES.labels(route).inc(timer.count)
        metrics.QUERY_SECONDS.labels(route).inc(timer.seconds)
    if route in PROBES:
        return
    fields = {
        "route": route,
        "method": method,
        "status": status,
        "ms": round(seconds * 1000, 1),
        "user": user_id_of(request),
        "queries": timer.count,
        "query_ms": round(timer.seconds * 1000, 1),
    }
    logger.log(logging.ERROR if status >= 500 else logging.INFO, "request", extra={"fields": fields})


def _tell_exception(sender: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
    """An error that nobody caught: its traceback, with the name of the route."""
    fields = {"route": route_of(request) if request is not None else UNKNOWN}
    logger.error("unhandled error", exc_info=sys.exc_info(), extra={"fields": fields})


def door_of(request: HttpRequest | None) -> str:
    """By which door somebody tried to log in: page, api, admin, or none (a command)."""
    if request is None:
        return "none"
    first = request.path_info.lstrip("/").partition("/")[0]
    return first if first in ("api", "admin") else "page"


def _count_failure(sender: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
    metrics.LOG_IN_FAILURES.labels(door_of(request)).inc()


def _count_lock_out(sender: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
    metrics.LOCK_OUTS.labels(door_of(request)).inc()


def connect() -> None:
    """Listen to what Django and axes tell; once, when the portal is ready."""
    got_request_exception.connect(_tell_exception, dispatch_uid="watching")
    user_login_failed.connect(_count_failure, dispatch_uid="watching")
    user_locked_out.connect(_count_lock_out, dispatch_uid="watching")
