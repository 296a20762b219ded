"""Celery entry points of people. They only ring: what is old is found in PostgreSQL."""

from celery import shared_task
from django.utils import timezone

from citymgmt.people.rates import forget_counts
from citymgmt.people.tokens import remove_ended_tokens


@shared_task(name="people.clean_up")
def clean_up() -> None:
    """Remove counts of requests and tokens that have ended."""
    now = timezone.now()
    forget_counts(at=now)
    remove_ended_tokens(at=now)
