"""Celery entry points of cases. They only ring: what waits is found in PostgreSQL."""

from celery import shared_task

from cases.actions.photos import clean_photos as clean
from cases.actions.photos import process_photos as process
from cases.export_work import write_exports as write
from citymgmt.worktime.actions import database_now


@shared_task(name="cases.process_photos")
def process_photos() -> None:
    """Develop the photos that wait now."""
    process(now=database_now)


@shared_task(name="cases.clean_photos")
def clean_photos() -> None:
    """Remove drafts and files of photos that nobody uses."""
    clean(at=database_now())


@shared_task(name="cases.write_exports")
def write_exports() -> None:
    """Write the files that wait now, and remove those of last week."""
    write(database_now)
