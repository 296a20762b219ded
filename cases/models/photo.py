"""Photos of a case: what is known of a picture; the picture itself lies in the store, by its hash."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models.case import Case
from cases.models.event import CaseEvent
from citymgmt.people.models import User
from citymgmt.photos.stored import StoredPhoto


class Photo(StoredPhoto):
    """A photo: a draft of who uploaded it until an action takes it along to the event that it shows. What somebody
    without a log-in sends with a report belongs to its event at once, and was uploaded by nobody.

    `longitude` and `latitude` are what the camera told, offered to the uploader and forgotten once the photo is part of
    a case.
    """

    class Kind(models.TextChoices):
        BEFORE = "before", gettext_lazy("before")
        AFTER = "after", gettext_lazy("after")
        OTHER = "other", gettext_lazy("other")

    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="photos", verbose_name=gettext_lazy("case")
    )
    event = models.ForeignKey(CaseEvent, models.PROTECT, null=True, blank=True, related_name="photos")
    uploaded_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=gettext_lazy("uploaded by"),
    )
    kind = models.CharField(gettext_lazy("kind"), max_length=6, choices=Kind.choices)
    request_key = models.CharField(max_length=120)
    longitude = models.DecimalField(max_digits=10, decimal_places=7, null=True, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=7, null=True, blank=True)
    redactions = models.PositiveSmallIntegerField(gettext_lazy("redactions"), default=0)

    class Meta:
        verbose_name = gettext_lazy("photo")
        verbose_name_plural = gettext_lazy("photos")
        ordering = ["id"]
        constraints = [
            *StoredPhoto.Meta.constraints,
            models.UniqueConstraint(fields=["uploaded_by", "request_key"], name="photo_request_unique"),
            models.CheckConstraint(condition=Q(kind__in=["before", "after", "other"]), name="photo_kind_known"),
            models.CheckConstraint(
                condition=Q(case__isnull=True, event__isnull=True) | Q(case__isnull=False, event__isnull=False),
                name="photo_of_case_has_event",
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(uploaded_by__isnull=False), name="photo_draft_is_somebodys"
            ),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__range=(-180, 180), latitude__range=(-90, 90), case__isnull=True)
                & Q(longitude__isnull=False, latitude__isnull=False),
                name="photo_point_of_drafts_only",
            ),
        ]
        indexes = [
            *StoredPhoto.Meta.indexes,
            models.Index(fields=["created_at"], condition=Q(case=None), name="photo_draft"),
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

    @property
    def label(self) -> str:
        """What a reader who cannot see it is told: kind, number, and when it was taken."""
        return _("Photo %(number)s (%(kind)s)") % {"number": self.pk, "kind": self.get_kind_display()}

    def columns_of_place(self, point: tuple[float, float] | None) -> dict[str, Any]:
        """A draft offers to its uploader where the camera was; a photo of a case keeps no place."""
        if self.case_id is not None or point is None:
            return {"longitude": None, "latitude": None}
        return {"longitude": point[0], "latitude": point[1]}
