"""What a meeting deals with."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.meetings.models.meeting import Meeting
from cases.models import Case


@pghistory.track(exclude=["id"])
class AgendaItem(models.Model):
    """An item of the agenda, in the order that people gave it; `discussion` is what the minutes say of it.

    `reason` says why it stands there. `resolution` is one of an earlier meeting that comes back. `version` counts the
    texts, so that of two writers neither loses what was written.
    """

    class Reason(models.TextChoices):
        STUCK = "stuck", _("stuck with the district")
        ESCALATED = "escalated", _("with a district department")
        RETURNED = "returned", _("returned by a department")
        RECURRING = "recurring", _("comes again and again")
        RESOLUTION = "resolution", _("resolution not carried out")
        BY_HAND = "by_hand", _("put there by hand")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(_("position"))
    reason = models.CharField(_("why"), max_length=12, choices=Reason.choices, default=Reason.BY_HAND)
    title = models.CharField(_("title"), max_length=120)
    background = models.TextField(_("background"), max_length=2000, blank=True)
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="agenda_items", verbose_name=_("case")
    )
    resolution = models.ForeignKey(
        "meetings.Resolution", models.PROTECT, null=True, blank=True, related_name="agenda_items",
        verbose_name=_("resolution"),
    )  # fmt: skip
    discussion = models.TextField(_("discussion"), max_length=10_000, blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(_("saved at"))
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("saved by"))

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["meeting", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"], name="agenda_position_unique", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(
                fields=["meeting", "case"], condition=Q(case__isnull=False), name="agenda_case_once"
            ),
            models.UniqueConstraint(
                fields=["meeting", "resolution"], condition=Q(resolution__isnull=False), name="agenda_resolution_once"
            ),
            models.CheckConstraint(condition=Q(position__gte=1), name="agenda_position_from_one"),
            models.CheckConstraint(
                condition=Q(resolution=None) | Q(reason="resolution"), name="agenda_resolution_says_so"
            ),
        ]

    def __str__(self) -> str:
        return self.title
