"""Photos of a case: what is known of a picture; the picture itself lies in the store, by its hash."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models.case import Case
from cases.models.event import CaseEvent
from cases.photos.store import Store
from citymgmt.people.models import User

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


class Photo(models.Model):
    """A photo: a draft of who uploaded it until an action takes it along to the event that it shows.

    An upload waits, then it is ready (with its files in the store) or refused with a reason. `longitude` and
    `latitude` are what the camera told, offered to the uploader and forgotten once the photo is part of a case.
    """

    class Kind(models.TextChoices):
        BEFORE = "before", gettext_lazy("before")
        AFTER = "after", gettext_lazy("after")
        OTHER = "other", gettext_lazy("other")

    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("being prepared")
        READY = "ready", gettext_lazy("ready")
        REFUSED = "refused", gettext_lazy("cannot be used")

    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="photos", verbose_name=gettext_lazy("case")
    )
    event = models.ForeignKey(CaseEvent, models.PROTECT, null=True, blank=True, related_name="photos")
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=gettext_lazy("uploaded by"))
    created_at = models.DateTimeField(gettext_lazy("uploaded at"))
    kind = models.CharField(gettext_lazy("kind"), max_length=6, choices=Kind.choices)
    state = models.CharField(gettext_lazy("state"), max_length=7, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=20, blank=True)
    request_key = models.CharField(max_length=120)
    upload_sha256 = models.CharField(max_length=64)
    incoming = models.CharField(max_length=32, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    thumbnail_sha256 = models.CharField(max_length=64, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    taken_at = models.DateTimeField(gettext_lazy("taken at"), null=True, blank=True)
    longitude = models.DecimalField(max_digits=10, decimal_places=7, null=True, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=7, null=True, blank=True)
    redactions = models.PositiveSmallIntegerField(gettext_lazy("redactions"), default=0)

    class Meta:
        verbose_name = gettext_lazy("photo")
        verbose_name_plural = gettext_lazy("photos")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["uploaded_by", "request_key"], name="photo_request_unique"),
            models.CheckConstraint(condition=Q(kind__in=["before", "after", "other"]), name="photo_kind_known"),
            models.CheckConstraint(condition=Q(state__in=["waiting", "ready", "refused"]), name="photo_state_known"),
            models.CheckConstraint(
                condition=Q(case__isnull=True, event__isnull=True) | Q(case__isnull=False, event__isnull=False),
                name="photo_of_case_has_event",
            ),
            models.CheckConstraint(
                condition=Q(state="ready", width__gte=1, height__gte=1) & ~Q(sha256="") & ~Q(thumbnail_sha256="")
                | ~Q(state="ready") & Q(sha256="", thumbnail_sha256="", width=0, height=0),
                name="photo_ready_has_files",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") & ~Q(incoming="") | ~Q(state="waiting") & Q(incoming=""),
                name="photo_waiting_has_upload",
            ),
            models.CheckConstraint(
                condition=Q(state="refused") & ~Q(reason="") | ~Q(state="refused") & Q(reason=""),
                name="photo_refused_says_why",
            ),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__range=(-180, 180), latitude__range=(-90, 90), case__isnull=True)
                & Q(longitude__isnull=False, latitude__isnull=False),
                name="photo_point_of_drafts_only",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state="waiting"), name="photo_waiting"),
            models.Index(fields=["created_at"], condition=Q(case=None), name="photo_draft"),
            models.Index(fields=["sha256"], name="photo_by_file"),
            models.Index(fields=["thumbnail_sha256"], name="photo_by_thumbnail"),
        ]

    def __str__(self) -> str:
        return f"photo {self.pk}"

    def get_absolute_url(self) -> str:
        """The page that shows it large."""
        return reverse("cases:photo", args=[self.pk])

    @property
    def url(self) -> str:
        """The page that shows it large."""
        return self.get_absolute_url()

    @property
    def picture_url(self) -> str:
        """The picture itself; a new address after every redaction, so that no cache shows what was covered."""
        return f"{reverse('cases:photo_file', args=[self.pk, 'picture'])}?v={self.redactions}"

    @property
    def thumbnail_url(self) -> str:
        """The small picture."""
        return f"{reverse('cases:photo_file', args=[self.pk, 'thumbnail'])}?v={self.redactions}"

    def hash_of(self, size: str) -> str:
        """The hash of the file of a size ("picture", "thumbnail"); empty when there is none."""
        return {"picture": self.sha256, "thumbnail": self.thumbnail_sha256}.get(size, "")

    @property
    def is_ready(self) -> bool:
        """Whether there is something to look at."""
        return self.state == self.State.READY

    @property
    def label(self) -> str:
        """What a reader who cannot see it is told: kind, number, and when it was taken."""
        return _("Photo %(number)s (%(kind)s)") % {"number": self.pk, "kind": self.get_kind_display()}

    @property
    def told(self) -> str:
        """Why there is nothing to look at; empty when there is."""
        if self.state == self.State.REFUSED:
            return str(REASONS[self.reason])
        return "" if self.is_ready else _("being prepared")
