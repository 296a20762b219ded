"""Is the portal alive, and is it ready: for whoever watches it from outside."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from citymgmt.celery import app
from citymgmt.outbox.models import Message
from citymgmt.worktime.models import Heartbeat

LONGEST_SILENCE = timedelta(minutes=3)


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the web process answers at all."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when every part works, else 503; the body names each part with "ok" or what is wrong."""
    parts = {name: _tried(check) for name, check in CHECKS.items()}
    return JsonResponse(parts, status=200 if all(text == "ok" for text in parts.values()) else 503)


def _tried(check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception as error:
        return type(error).__name__


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    return "pending" if executor.migration_plan(executor.loader.graph.leaf_nodes()) else "ok"


def _broker() -> str:
    with app.connection_for_write(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, timeout=2)
    return "ok"


def _heard(part: str) -> Callable[[], str]:
    def check() -> str:
        row = Heartbeat.objects.filter(part=part).first()
        if row is None:
            return "never seen"
        return "ok" if timezone.now() - row.at < LONGEST_SILENCE else f"silent since {row.at.isoformat()}"

    return check


def _outbox_lag() -> str:
    late = Message.objects.filter(state="waiting", next_at__lt=timezone.now() - LONGEST_SILENCE).count()
    return f"{late} messages are late" if late else "ok"


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "broker": _broker,
    "worker": _heard("worker"),
    "beat": _heard("beat"),
    "sweep": _heard("sweep"),
    "outbox": _outbox_lag,
}
