"""Celery entry points of meetings. They only ring: what is due is found in PostgreSQL."""

from celery import shared_task

from cases.meetings.actions import plan_due_meetings
from cases.meetings.circulars.work import make_circular_files
from cases.meetings.minutes.work import make_files
from citymgmt.database_clock import database_now


@shared_task(name="meetings.plan")
def plan_regular_meetings() -> None:
    """Plan the regular meetings that are near."""
    plan_due_meetings(at=database_now())


@shared_task(name="meetings.make_minutes")
def make_minutes() -> None:
    """Make the files of minutes that wait now."""
    make_files(database_now)


@shared_task(name="meetings.make_circulars")
def make_circulars() -> None:
    """Make the files of circulars that wait now."""
    make_circular_files(database_now)
