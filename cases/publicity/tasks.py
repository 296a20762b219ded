"""Celery entry points of publicity. They only ring: what waits is found in PostgreSQL."""

from celery import shared_task

from cases.publicity import actions
from citymgmt.database_clock import database_now


@shared_task(name="publicity.forget_suggesters")
def forget_suggesters() -> None:
    """Erase who made suggestions that ended long ago."""
    actions.forget_suggesters(at=database_now())
