"""Celery entry points of the statistics. They only ring: what changed is found in PostgreSQL."""

from datetime import timedelta

from celery import shared_task

from cases.statistics.actions import catch_up, count_some_anew
from cases.statistics.bulletins.work import make_files
from citymgmt.database_clock import database_now

TURN = timedelta(seconds=15)  # of each half minute: what comes after it goes on, and other tasks get their turn


@shared_task(name="statistics.catch_up")
def count_what_changed() -> None:
    """Count what changed since it was counted last."""
    catch_up(at=database_now())


@shared_task(name="statistics.count_anew")
def count_by_changed_rules() -> None:
    """Count by changed rules what depends on them, for a TURN and the batch that it ends in; the next ring goes on."""
    at = database_now()
    end = at + TURN
    while count_some_anew(at=at) and (at := database_now()) < end:
        pass


@shared_task(name="statistics.make_bulletins")
def make_bulletins() -> None:
    """Make the files of bulletins that wait now."""
    make_files(database_now)
