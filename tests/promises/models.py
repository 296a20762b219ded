"""A promise and its history."""

from django.db import models
from django.db.models import Q

from citymgmt.history import Event, append_only, numbered
from citymgmt.people.models import SubDistrict
from citymgmt.worktime.models import Timed


class Promise(Timed):
    """What a shop promised to have put right within some working days."""

    # facts
    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT)
    shop = models.CharField(max_length=40)
    limit_days = models.PositiveSmallIntegerField()
    # what follows from the events
    version = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=16)
    ladder_code = models.CharField(max_length=4, blank=True)
    urge_count = models.PositiveSmallIntegerField(default=0)
    kept_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name="promise_due_for_sweep"
            )
        ]

    def __str__(self) -> str:
        return self.shop

    def get_absolute_url(self) -> str:
        """The page of the promise."""
        return f"/promises/{self.pk}/"


class PromiseEvent(Event):
    """Something that happened to a promise."""

    promise = models.ForeignKey(Promise, models.PROTECT, db_index=False, related_name="events")

    class Meta:
        ordering = ["promise", "seq"]
        constraints = numbered("promise", "promise_event")
        triggers = append_only("The history of promises")

    def __str__(self) -> str:
        return f"{self.promise_id}.{self.seq} {self.kind}"
