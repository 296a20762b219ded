"""Long exports of the list of cases, written by the worker."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from citymgmt.people.models import User


class ExportJob(models.Model):
    """A file that a person asked for: the list's query string and columns, how far it is, and where it lies.

    `attempt` and `lease_until` are of the worker that writes it; when a lease runs out, another begins anew.
    """

    class Kind(models.TextChoices):
        CSV = "csv", _("CSV")
        EXCEL = "xlsx", _("Excel")

    class State(models.TextChoices):
        WAITING = "waiting", _("being written")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    query = models.CharField(max_length=2000, blank=True)
    columns = models.JSONField(default=list)
    language = models.CharField(max_length=10)
    created_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    request_key = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["id"], condition=Q(state="waiting"), name="export_waiting")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def file_name(self) -> str:
        """The name of the file below the directory of exports, and the end of the name that people get."""
        return f"{self.pk}.{self.kind}"

    @property
    def percent(self) -> int:
        """How much is written, in whole percent."""
        return min(100, self.done * 100 // max(self.total, 1))
