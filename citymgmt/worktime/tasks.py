"""Celery entry points of working time. They only ring: what is due is found in PostgreSQL."""

from celery import shared_task

from citymgmt.worktime import sweep
from citymgmt.worktime.actions import beat_heart, database_now


@shared_task(name="worktime.run_deadlines")
def run_deadlines() -> None:
    """Settle what is due now."""
    now = database_now()
    sweep.run(now)
    beat_heart(part="sweep", at=now)


@shared_task(name="worktime.heartbeat")
def heartbeat() -> None:
    """Show that beat rings and a worker hears."""
    beat_heart(part="worker", at=database_now())
