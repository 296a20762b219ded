"""Celery entry point of delivery. It only rings: what waits is found in PostgreSQL."""

from celery import shared_task

from citymgmt.database_clock import database_now
from citymgmt.outbox.channels import SENDERS
from citymgmt.outbox.delivery import deliver


@shared_task(name="outbox.deliver_messages")
def deliver_messages() -> None:
    """Send what waits now."""
    deliver(database_now, SENDERS)
