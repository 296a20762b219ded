"""Celery entry points of working time. They only ring: what is due is found in PostgreSQL."""

import logging
import threading
import time
from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.db import DatabaseError, connection

from citymgmt.worktime import sweep
from citymgmt.worktime.actions import beat_heart, database_now

HEARTBEAT_SECONDS = 30
logger = logging.getLogger(__name__)


@shared_task(name="worktime.run_deadlines")
def run_deadlines() -> None:
    """Settle what is due now."""
    now = database_now()
    sweep.run(now)
    beat_heart(part="sweep", at=now)


@shared_task(name="worktime.heartbeat")
def heartbeat() -> None:
    """Show that beat rings."""
    beat_heart(part="beat", at=database_now())


@worker_ready.connect
def begin_work(**kwargs: Any) -> None:
    """Let a worker that has started show that it lives, and look at once at what fell due during a standstill."""
    run_deadlines.delay()
    threading.Thread(target=_keep_beating, name="heartbeat", daemon=True).start()


def _keep_beating() -> None:
    while True:
        try:
            beat_heart(part="worker", at=database_now())
        except DatabaseError:
            logger.warning("no heartbeat: the database does not answer")
            connection.close()
        time.sleep(HEARTBEAT_SECONDS)
