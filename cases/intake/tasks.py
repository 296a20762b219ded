"""Celery entry points of what comes from outside. They only ring: what is old is found in PostgreSQL."""

from celery import shared_task

from cases.intake.hotline.actions import remove_old_sheets
from citymgmt.database_clock import database_now


@shared_task(name="intake.remove_sheets")
def remove_sheets() -> None:
    """Forget sheets of the hotline's orders that nobody took in."""
    remove_old_sheets(at=database_now())
