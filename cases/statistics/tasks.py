"""Celery entry points of the statistics. They only ring: what changed is found in PostgreSQL."""

from celery import shared_task

from cases.statistics.actions import catch_up
from cases.statistics.bulletins.work import make_files
from citymgmt.database_clock import database_now


@shared_task(name="statistics.catch_up")
def count_what_changed() -> None:
    """Count what changed since it was counted last."""
    catch_up(at=database_now())


@shared_task(name="statistics.make_bulletins")
def make_bulletins() -> None:
    """Make the files of bulletins that wait now."""
    make_files(database_now)
