"""Photos of reports on resolutions."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.meetings.models.resolution import ResolutionEvent
from cases.meetings.models.units import MemberUnit
from citymgmt.history import never_removed
from citymgmt.people.models import User
from citymgmt.photos.stored import StoredPhoto

MOST_PHOTOS = 6  # of one report


class Evidence(StoredPhoto):
    """A photo that came with a report on a resolution: from a person who had logged in, or for a unit by its link.

    It is written with the event of the report and stays as long as the history.
    """

    event = models.ForeignKey(
        ResolutionEvent, models.PROTECT, related_name="photos", verbose_name=gettext_lazy("event")
    )
    ordinal = models.PositiveSmallIntegerField(gettext_lazy("number"))
    uploaded_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("uploaded by")
    )
    unit = models.ForeignKey(
        MemberUnit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("member unit")
    )

    class Meta:
        verbose_name = gettext_lazy("photo of a report")
        verbose_name_plural = gettext_lazy("photos of reports")
        ordering = ["event", "ordinal"]
        constraints = [
            *StoredPhoto.Meta.constraints,
            models.UniqueConstraint(fields=["event", "ordinal"], name="evidence_ordinal_unique"),
            models.CheckConstraint(condition=Q(ordinal__range=(1, MOST_PHOTOS)), name="evidence_so_many_of_a_report"),
            models.CheckConstraint(
                condition=Q(uploaded_by=None, unit__isnull=False) | Q(uploaded_by__isnull=False, unit=None),
                name="evidence_from_person_or_unit",
            ),
        ]
        indexes = [
            *StoredPhoto.Meta.indexes,
            models.Index(fields=["created_at"], condition=Q(state="refused"), name="evidence_refused"),
        ]
        triggers = never_removed("The evidence of resolutions")

    def __str__(self) -> str:
        return f"evidence {self.pk}"

    @property
    def label(self) -> str:
        """What a reader who cannot see it is told: its number in the report, and the day of the report."""
        told = {"number": self.ordinal, "day": f"{timezone.localdate(self.created_at):%Y-%m-%d}"}
        return _("Photo %(number)s, sent on %(day)s") % told
