"""Long jobs of the worker: rows that wait in PostgreSQL, taken under a lease, with their progress.

Celery only rings. A worker claims the next job that waits and that nobody holds; it says again and again how far it is,
which holds the lease; when it dies the lease runs out and another begins anew. What is written for a job counts only
while it is still the worker's own: `attempt` tells one worker's turn from the next one's.
"""

from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

LEASE = timedelta(minutes=5)
ATTEMPTS = 3


class Job(models.Model):
    """Something that the worker makes: how far it is (`done` of `total`), and whose turn it is."""

    class State(models.TextChoices):
        WAITING = "waiting", _("being written")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    created_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def percent(self) -> int:
        """How much is made, in whole percent."""
        return min(100, self.done * 100 // max(self.total, 1))


J = TypeVar("J", bound=Job)


class OvertakenError(Exception):
    """Another worker took the job over after our lease had run out."""


def claim(jobs: QuerySet[J], now: datetime) -> J | None:
    """The next job that waits, leased to the caller; None when there is none.

    One that was begun three times is given up: it comes back failed.
    """
    with transaction.atomic():
        waiting = jobs.filter(Q(lease_until=None) | Q(lease_until__lt=now), state=Job.State.WAITING)
        job = waiting.order_by("id").select_for_update(skip_locked=True, of=("self",), no_key=True).first()
        if job is None:
            return None
        job.attempt += 1
        job.lease_until = now + LEASE
        job.done = 0
        job.state = Job.State.WAITING if job.attempt <= ATTEMPTS else Job.State.FAILED
        job.save(update_fields=["attempt", "lease_until", "state", "done"])
    return job


def note_progress(job: Job, done: int, now: datetime, **columns: Any) -> bool:
    """Say how far it is and hold the lease; False when another worker has taken over."""
    return bool(_ours(job).update(done=done, lease_until=now + LEASE, **columns))


def finish(job: Job, done: int) -> bool:
    """Say that all is made; False when another worker has taken over."""
    return bool(_ours(job).update(state=Job.State.READY, done=done, total=done, lease_until=None))


def fail(job: Job) -> None:
    """Say that it will not be made."""
    _ours(job).update(state=Job.State.FAILED, lease_until=None)


def _ours(job: J) -> QuerySet[J]:
    return type(job)._default_manager.filter(pk=job.pk, attempt=job.attempt, state=Job.State.WAITING)
