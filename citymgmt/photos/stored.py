"""What every photo is, whatever it shows: an upload that waits for the worker, then pictures in the store."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from citymgmt.photos.store import Store

REASONS: Mapping[str, Any] = {
    "empty": gettext_lazy("The file is empty."),
    "too_large": gettext_lazy("The file is larger than 20 MB."),
    "format": gettext_lazy("This is no photo: JPEG, PNG, WebP and HEIC can be read."),
    "polyglot": gettext_lazy("The file holds something else beside a photo and was refused for safety."),
    "too_many_pixels": gettext_lazy("The photo has more than 50 million pixels."),
    "too_small": gettext_lazy("The photo is too small to show anything."),
    "damaged": gettext_lazy("The file is damaged or incomplete."),
    "stuck": gettext_lazy("The photo could not be read, although it was tried several times."),
    "lost": gettext_lazy("The upload was lost before it was read. Please send it once more."),
}


def photo_store() -> Store:
    """Where the photos of this installation lie."""
    return Store(Path(settings.MEDIA_ROOT))


class StoredPhoto(models.Model):
    """An upload waits, then it is ready (with its files in the store) or refused with a reason.

    A model of photos adds to whom they belong, and takes the constraints and indexes below into its own Meta. The
    worker develops the photos of every such model, and the store keeps each file that a row of one of them names.
    """

    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("being prepared")
        READY = "ready", gettext_lazy("ready")
        REFUSED = "refused", gettext_lazy("cannot be used")

    created_at = models.DateTimeField(gettext_lazy("uploaded at"))
    state = models.CharField(gettext_lazy("state"), max_length=7, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=20, blank=True)
    upload_sha256 = models.CharField(max_length=64)
    incoming = models.CharField(max_length=32, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    thumbnail_sha256 = models.CharField(max_length=64, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    taken_at = models.DateTimeField(gettext_lazy("taken at"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "ready", "refused"]), name="%(class)s_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="ready", width__gte=1, height__gte=1) & ~Q(sha256="") & ~Q(thumbnail_sha256="")
                | ~Q(state="ready") & Q(sha256="", thumbnail_sha256="", width=0, height=0),
                name="%(class)s_ready_has_files",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") & ~Q(incoming="") | ~Q(state="waiting") & Q(incoming=""),
                name="%(class)s_waiting_has_upload",
            ),
            models.CheckConstraint(
                condition=Q(state="refused") & ~Q(reason="") | ~Q(state="refused") & Q(reason=""),
                name="%(class)s_refused_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state="waiting"), name="%(class)s_waiting"),
            models.Index(fields=["sha256"], name="%(class)s_by_file"),
            models.Index(fields=["thumbnail_sha256"], name="%(class)s_by_thumbnail"),
        ]

    def hash_of(self, size: str) -> str:
        """The hash of the file of a size ("picture", "thumbnail"); empty when there is none."""
        return {"picture": self.sha256, "thumbnail": self.thumbnail_sha256}.get(size, "")

    @property
    def is_ready(self) -> bool:
        """Whether there is something to look at."""
        return self.state == self.State.READY

    @property
    def told(self) -> str:
        """Why there is nothing to look at; empty when there is."""
        if self.state == self.State.REFUSED:
            return str(REASONS[self.reason])
        return "" if self.is_ready else _("being prepared")

    def columns_of_place(self, point: tuple[float, float] | None) -> dict[str, Any]:
        """What the row keeps of the place that the camera told (longitude, latitude): nothing, unless a model says."""
        return {}


def photo_models() -> list[type[StoredPhoto]]:
    """Every model of photos of the portal."""
    return [model for model in apps.get_models() if issubclass(model, StoredPhoto)]
