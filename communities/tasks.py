"""Celery entry points of communities. They only ring: what is due is found in PostgreSQL."""

from celery import shared_task

from citymgmt.database_clock import database_now
from communities.boards.actions import compare_everywhere
from communities.four_duties.actions import open_sheets


@shared_task(name="boards.compare")
def compare_boards_with_what_is_so() -> None:
    """Find the notice boards that show something else than what would be printed now."""
    compare_everywhere(at=database_now())


@shared_task(name="duties.open")
def open_sheets_of_the_month() -> None:
    """Open the sheets of duties of this month."""
    open_sheets(at=database_now())
