"""Celery entry points of people. They only ring: what is old is found in PostgreSQL."""

from celery import shared_task

from citymgmt.database_clock import database_now
from citymgmt.people.actions.tokens import remove_ended_tokens
from citymgmt.people.rates import forget_counts


@shared_task(name="people.clean_up")
def clean_up() -> None:
    """Remove counts of requests and tokens that have ended."""
    now = database_now()
    forget_counts(at=now)
    remove_ended_tokens(at=now)
