"""The check of a station on a day, its answers with their photos, and its history. Columns that follow from events are
written by `patrols.stations.journal` alone.
"""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Case, Category
from citymgmt.history import Event, Part, append_only, never_removed, numbered
from citymgmt.people.models import Bilingual, User
from citymgmt.photos.stored import StoredPhoto
from citymgmt.worktime.models import Timed
from patrols.stations import lifecycle
from patrols.stations.checklist import FAILED, NOT_APPLICABLE, OK, VALUE, number_text, range_text
from patrols.stations.models.register import LONGEST_UNIT, AnswerKind, ChecklistItem, Station
from patrols.teams.models import Team

LONGEST_NOTE = 300  # characters of an answer


class DailyCheck(Timed):
    """That a station is looked at on a day, by the team that checked it then; due when the day has passed.

    `version` is the number of its events. While it waits it climbs the ladder "check" once it is missed.
    """

    # facts
    station = models.ForeignKey(
        Station, models.PROTECT, related_name="checks", verbose_name=gettext_lazy("sanitation station")
    )
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name=gettext_lazy("team"))
    on = models.DateField(gettext_lazy("day"))
    # what follows from the events
    version = models.PositiveIntegerField(default=0)
    state = models.CharField(gettext_lazy("state"), max_length=16, choices=lifecycle.STATE_CHOICES)
    ladder_code = models.CharField(max_length=4, blank=True)
    done_at = models.DateTimeField(gettext_lazy("check made at"), null=True, blank=True)
    done_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("check made by")
    )
    failed_count = models.PositiveSmallIntegerField(gettext_lazy("failed items"), default=0)

    class Meta:
        verbose_name = gettext_lazy("daily check")
        verbose_name_plural = gettext_lazy("daily checks")
        constraints = [
            models.UniqueConstraint(fields=["station", "on"], name="daily_check_once_a_day"),
            models.CheckConstraint(
                condition=Q(state__in=["done", "faulty"], done_at__isnull=False, done_by__isnull=False)
                | Q(state__in=["planned", "missed", "excused"], done_at=None, done_by=None),
                name="daily_check_made_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="faulty", failed_count__gte=1) | (~Q(state="faulty") & Q(failed_count=0)),
                name="daily_check_faulty_has_failed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name="daily_check_due_for_sweep"
            ),
            models.Index(fields=["station"], condition=Q(state__in=["planned", "missed"]), name="daily_check_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.station} {self.on}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("stations:check", args=[self.pk])

    @property
    def waits(self) -> bool:
        """Whether it was neither made nor excused."""
        return lifecycle.STATES[self.state].waits

    @property
    def is_made_up(self) -> bool:
        """Whether it was made after its day."""
        return self.done_at is not None and self.due_at is not None and self.done_at >= self.due_at


class CheckAnswer(Part, Bilingual):
    """An answer, with the wording and the range that the item had when it was given.

    A failed one may have led to a case; the columns follow from the events of the check.
    """

    class Result(models.TextChoices):
        OK = OK, gettext_lazy("in order")
        FAILED = FAILED, gettext_lazy("not in order")
        NOT_APPLICABLE = NOT_APPLICABLE, gettext_lazy("not applicable")

    daily_check = models.ForeignKey(DailyCheck, models.PROTECT, related_name="answers")
    item = models.ForeignKey(ChecklistItem, models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=6, choices=AnswerKind.choices)
    unit = models.CharField(max_length=LONGEST_UNIT, blank=True)
    lowest = models.FloatField(null=True, blank=True)
    highest = models.FloatField(null=True, blank=True)
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="+")
    result = models.CharField(gettext_lazy("result"), max_length=6, choices=Result.choices)
    value = models.FloatField(gettext_lazy("measured value"), null=True, blank=True)
    note = models.CharField(gettext_lazy("note"), max_length=LONGEST_NOTE, blank=True)
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=gettext_lazy("case")
    )

    class Meta:
        verbose_name = gettext_lazy("answer to an item")
        verbose_name_plural = gettext_lazy("answers to items")
        constraints = [
            models.UniqueConstraint(fields=["daily_check", "ordinal"], name="check_answer_ordinal_unique"),
            models.UniqueConstraint(fields=["daily_check", "item"], name="check_answer_item_once"),
            models.CheckConstraint(condition=~Q(result=FAILED) | ~Q(note=""), name="check_answer_failed_has_note"),
            models.CheckConstraint(condition=Q(case=None) | Q(result=FAILED), name="check_answer_case_of_failed"),
            models.CheckConstraint(condition=Q(value=None) | Q(answer=VALUE), name="check_answer_value_of_measured"),
        ]
        indexes = [
            models.Index(fields=["item"], condition=Q(case__isnull=False), name="check_answer_with_case"),
        ]

    @property
    def is_failed(self) -> bool:
        """Whether something was wrong."""
        return self.result == FAILED

    @property
    def range(self) -> str:
        """The values that are allowed, as they were then."""
        return range_text(self.lowest, self.highest)

    @property
    def measured(self) -> str:
        """The measured value; empty where none was."""
        return "" if self.value is None else number_text(self.value)

    @property
    def shown_photo(self) -> "CheckPhoto | None":
        """Its photo, if there is one."""
        found: CheckPhoto | None = getattr(self, "photo", None)
        return found


class CheckPhoto(StoredPhoto):
    """The photo of an answer. It is written with the check and stays as long as the history."""

    answer = models.OneToOneField(CheckAnswer, models.PROTECT, related_name="photo")
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=gettext_lazy("uploaded by"))

    class Meta:
        verbose_name = gettext_lazy("photo of a check")
        verbose_name_plural = gettext_lazy("photos of checks")
        constraints = [*StoredPhoto.Meta.constraints]
        indexes = [*StoredPhoto.Meta.indexes]
        triggers = never_removed("The photo of a check")

    def __str__(self) -> str:
        return f"check photo {self.pk}"

    @property
    def label(self) -> str:
        """What a reader who cannot see it is told: the item, and the day."""
        told = {"item": self.answer.name, "day": f"{timezone.localdate(self.created_at):%Y-%m-%d}"}
        return _("Photo: %(item)s, %(day)s") % told


class CheckEvent(Event):
    """Something that happened to a daily check."""

    daily_check = models.ForeignKey(DailyCheck, models.PROTECT, db_index=False, related_name="events")

    class Meta:
        verbose_name = gettext_lazy("event")
        verbose_name_plural = gettext_lazy("events")
        constraints = numbered("daily_check", "check_event")
        triggers = append_only("The history of daily checks")

    def __str__(self) -> str:
        return f"{self.daily_check_id}.{self.seq} {self.kind}"
