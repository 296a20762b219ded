"""Long exports of the list of cases, written by the worker."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from citymgmt.jobs import Job
from citymgmt.people.models import User


class ExportJob(Job):
    """A file that a person asked for: the list's query string and columns, and where it lies. It counts cases."""

    class Kind(models.TextChoices):
        CSV = "csv", _("CSV")
        EXCEL = "xlsx", _("Excel")

    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    query = models.CharField(max_length=2000, blank=True)
    columns = models.JSONField(default=list)
    language = models.CharField(max_length=10)
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
