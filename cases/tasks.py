"""Celery entry points of cases. They only ring: what waits is found in PostgreSQL."""

from celery import shared_task

from cases import export_work
from cases.actions import photos, reporters
from citymgmt.database_clock import database_now
from citymgmt.photos.actions import process_photos as develop


@shared_task(name="cases.process_photos")
def process_photos() -> None:
    """Develop the photos that wait now."""
    develop(now=database_now)


@shared_task(name="cases.clean_photos")
def clean_photos() -> None:
    """Remove drafts and files of photos that nobody uses."""
    photos.clean_photos(at=database_now())


@shared_task(name="cases.write_exports")
def write_exports() -> None:
    """Write the files that wait now, and remove those of last week."""
    export_work.write_exports(database_now)


@shared_task(name="cases.forget_reporters")
def forget_reporters() -> None:
    """Erase who reported cases that ended long ago."""
    reporters.forget_reporters(at=database_now())
