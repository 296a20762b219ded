"""Celery entry points of working time. They only ring: what is due is found in PostgreSQL."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from citymgmt.database_clock import database_now
from citymgmt.worktime import pulse, sweep
from citymgmt.worktime.actions import beat_heart
from citymgmt.worktime.models import RunningProcess


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
    pulse.start(RunningProcess.Kind.WORKER)
