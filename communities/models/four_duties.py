"""The duties by which city management comes into a community, and the sheets on which each month is answered for.

Columns of a sheet and of its answers that follow from events are written by `communities.four_duties.journal` alone.
"""

from decimal import Decimal

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from citymgmt.history import Event, Part, append_only, never_removed, numbered
from citymgmt.people.models import Bilingual, SubDistrict, User
from citymgmt.photos.stored import StoredPhoto
from citymgmt.worktime.models import Timed
from communities.four_duties.lifecycle import AREA_CHOICES, STATE_CHOICES
from communities.four_duties.scoring import DONE, NOT_APPLICABLE, NOT_DONE, PARTLY
from communities.models.places import Community

LONGEST_DUTY, LONGEST_NOTE, MOST_POINTS = 100, 300, 100


class Mark(models.TextChoices):
    """How far a duty was done."""

    DONE = DONE, _("done in full")
    PARTLY = PARTLY, _("done in part")
    NOT_DONE = NOT_DONE, _("not done")
    NOT_APPLICABLE = NOT_APPLICABLE, _("does not apply")


class Rhythm(models.TextChoices):
    """In which months a duty is asked for."""

    MONTH = "month", _("every month")
    QUARTER = "quarter", _("at the end of a quarter")


class DutyBase(Bilingual):
    """What a duty asks for, as it stands in the list and as a sheet keeps it."""

    name_zh = models.CharField(_("duty"), max_length=LONGEST_DUTY)
    name_en = models.CharField(_("in English"), max_length=LONGEST_DUTY, blank=True)
    area = models.CharField(_("way into the community"), max_length=8, choices=AREA_CHOICES)
    points = models.PositiveSmallIntegerField(_("points"), default=5)
    needs_photo = models.BooleanField(_("photo as evidence"), default=False)

    class Meta:
        abstract = True


@pghistory.track()
class Duty(DutyBase):
    """A duty that the office asks of its communities. A sheet keeps its wording and its points."""

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    rhythm = models.CharField(_("how often"), max_length=7, choices=Rhythm.choices, default=Rhythm.MONTH)
    position = models.PositiveSmallIntegerField(_("place in the order"), default=100)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("duty of a community")
        verbose_name_plural = _("duties of communities")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "name_zh"], name="duty_name_unique"),
            models.CheckConstraint(condition=Q(points__range=(1, MOST_POINTS)), name="duty_gives_points"),
        ]


class DutySheet(Timed):
    """A month of a community: what was done of its duties, by whom it was confirmed, and its score in tenths.

    `version` is the number of its events. While it is open it is due some working days after its month, and climbs the
    ladder "duties".
    """

    # facts
    community = models.ForeignKey(
        Community, models.PROTECT, related_name="duty_sheets", db_index=False, verbose_name=_("community")
    )
    month_on = models.DateField(_("month"))  # its first day
    # what follows from the events
    version = models.PositiveIntegerField(default=0)
    state = models.CharField(_("state"), max_length=16, choices=STATE_CHOICES)
    ladder_code = models.CharField(max_length=4, blank=True)
    handed_in_at = models.DateTimeField(_("handed in at"), null=True, blank=True)
    handed_in_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("handed in by")
    )
    score_tenths = models.PositiveSmallIntegerField(_("score"), null=True, blank=True)

    class Meta:
        verbose_name = _("sheet of duties")
        verbose_name_plural = _("sheets of duties")
        constraints = [
            models.UniqueConstraint(fields=["community", "month_on"], name="duty_sheet_once_a_month"),
            models.CheckConstraint(condition=Q(month_on__day=1), name="duty_sheet_of_a_month"),
            models.CheckConstraint(
                condition=Q(state="open", due_at__isnull=False) | ~Q(state="open") & Q(due_at=None),
                name="duty_sheet_due_while_open",
            ),
            models.CheckConstraint(
                condition=Q(state="open", handed_in_at=None, handed_in_by=None)
                | ~Q(state="open") & Q(handed_in_at__isnull=False, handed_in_by__isnull=False),
                name="duty_sheet_handed_in_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="confirmed") | Q(score_tenths=None), name="duty_sheet_score_is_confirmed"
            ),
            models.CheckConstraint(
                condition=Q(score_tenths=None) | Q(score_tenths__lte=1000), name="duty_sheet_score_in_range"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name="duty_sheet_due_for_sweep"
            ),
            models.Index(fields=["month_on", "community"], name="duty_sheet_by_month"),
        ]

    def __str__(self) -> str:
        return f"{self.community} {self.month_on:%Y-%m}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("four_duties:sheet", args=[self.pk])

    @property
    def score(self) -> Decimal | None:
        """The score from 0 to 100; None where there is none."""
        return None if self.score_tenths is None else Decimal(self.score_tenths) / 10


class DutyAnswer(Part, DutyBase):
    """What was done of a duty in the month of a sheet, with the wording and the points that it had then.

    `mark` is what the office confirmed in the end; `own_mark` what the community said.
    """

    sheet = models.ForeignKey(DutySheet, models.PROTECT, related_name="answers")
    own_mark = models.CharField(_("how far"), max_length=8, choices=Mark.choices, blank=True)
    mark = models.CharField(_("confirmed"), max_length=8, choices=Mark.choices, blank=True)
    note = models.CharField(_("what was done"), max_length=LONGEST_NOTE, blank=True)
    photo_count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("answer to a duty")
        verbose_name_plural = _("answers to duties")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "ordinal"], name="duty_answer_ordinal_unique"),
            models.CheckConstraint(condition=Q(points__range=(1, MOST_POINTS)), name="duty_answer_gives_points"),
        ]


class DutyPhoto(StoredPhoto):
    """Evidence of an answer. It stays as long as the history."""

    answer = models.ForeignKey(DutyAnswer, models.PROTECT, related_name="photos")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("photo of a duty")
        verbose_name_plural = _("photos of duties")
        constraints = [*StoredPhoto.Meta.constraints]
        indexes = [*StoredPhoto.Meta.indexes]
        triggers = never_removed("The photo of a duty")

    def __str__(self) -> str:
        return f"duty photo {self.pk}"

    @property
    def label(self) -> str:
        """What a reader who cannot see it is told."""
        told = {"duty": self.answer.name, "day": f"{timezone.localdate(self.created_at):%Y-%m-%d}"}
        return _t("Photo: %(duty)s, %(day)s") % told


class SheetEvent(Event):
    """Something that happened to a sheet of duties."""

    sheet = models.ForeignKey(DutySheet, models.PROTECT, db_index=False, related_name="events")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = numbered("sheet", "duty_event")
        triggers = append_only("The history of duties")

    def __str__(self) -> str:
        return f"{self.sheet_id}.{self.seq} {self.kind}"
