"""Celery entry points of the statistics. They only ring: what changed is found in PostgreSQL."""

from celery import shared_task

from cases.statistics.actions import catch_up
from citymgmt.database_clock import database_now


@shared_task(name="statistics.catch_up")
def count_what_changed() -> None:
    """Count what changed since it was counted last."""
    catch_up(at=database_now())
