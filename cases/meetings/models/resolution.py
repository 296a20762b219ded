"""A resolution (议定事项), the cases it is about, and its history. Columns that follow from events are written by
`cases.meetings.journal` alone.
"""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.meetings import lifecycle
from cases.meetings.models.agenda import AgendaItem
from cases.meetings.models.meeting import Meeting
from cases.meetings.models.units import MemberUnit
from cases.models import Case
from citymgmt.history import NOTE, Event, Part, append_only, numbered
from citymgmt.people.models import SubDistrict
from citymgmt.worktime.clock import Limit, Unit
from citymgmt.worktime.models import Timed
from communities.models import KeyPlace

LONGEST_LIMIT_DAYS = 250  # about a year of working days


class ResolutionNumber(models.Model):
    """The last serial number of a resolution given out in a year in a sub-district; none is used twice."""

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "year"], name="resolution_number_year_unique")]


class Resolution(Timed):
    """What a meeting resolved: what, by whom, by when. It climbs the ladder "resolution" while it is not done.

    `version` is the number of its events. `lead` answers for it, `supporting` are ids of the units that help. It comes
    into force with its limit in working days, or by a day that the meeting set (`due_on`). `reported_at` is when it was
    last reported done: it decides whether it was on time. `is_back` says that the ladder brought it back to the next
    meeting, until that meeting has it on its agenda.
    """

    # facts
    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="resolutions", verbose_name=_("meeting"))
    number = models.CharField(_("number"), max_length=30, unique=True)
    made_at = models.DateTimeField(_("resolved at"))
    # what follows from the events
    version = models.PositiveIntegerField(default=0)
    state = models.CharField(_("state"), max_length=16, choices=lifecycle.STATE_CHOICES)
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="resolutions", verbose_name=_("agenda item")
    )
    text = models.TextField(_("what was resolved"), max_length=2000)
    lead = models.ForeignKey(MemberUnit, models.PROTECT, related_name="+", verbose_name=_("responsible unit"))
    supporting = models.JSONField(_("supporting units"), default=list, blank=True)
    key_place = models.ForeignKey(
        KeyPlace, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("key place")
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    limit_days = models.PositiveSmallIntegerField(_("limit in working days"), null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    enacted_at = models.DateTimeField(_("in force since"), null=True, blank=True)
    counted_from = models.DateTimeField(_("limit counted from"), null=True, blank=True)
    is_due_provisional = models.BooleanField(default=False)
    ladder_code = models.CharField(max_length=4, blank=True)
    urge_count = models.PositiveSmallIntegerField(_("urges"), default=0)
    supervision_count = models.PositiveSmallIntegerField(_("supervisions"), default=0)
    is_back = models.BooleanField(_("back to the next meeting"), default=False)
    reported_at = models.DateTimeField(_("reported done at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(limit_days__isnull=False, limit_days__gte=1, due_on=None)
                | Q(limit_days=None, due_on__isnull=False),
                name="resolution_says_by_when",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", enacted_at=None, due_at=None)
                | Q(state="withdrawn")
                | Q(state__in=["open", "reported", "done"], enacted_at__isnull=False, due_at__isnull=False),
                name="resolution_in_force_has_deadline",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "withdrawn"], ended_at__isnull=False)
                | Q(state__in=["draft", "open", "reported"], ended_at=None),
                name="resolution_ended_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["reported", "done"]) | Q(reported_at__isnull=False),
                name="resolution_done_was_reported",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name="resolution_due_for_sweep"
            ),
            models.Index(
                fields=["subdistrict", "due_at", "id"],
                condition=Q(state__in=["open", "reported"]),
                name="resolution_unfinished",
            ),
            models.Index(fields=["subdistrict", "-id"], name="resolution_newest"),
            models.Index(fields=["lead", "-id"], name="resolution_of_lead"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("meetings:resolution", args=[self.number])

    @property
    def limit(self) -> Limit | None:
        """The limit on its own clock; None where the meeting set a day."""
        return Limit(self.limit_days, Unit.WORKING_DAY) if self.limit_days else None

    @property
    def is_unfinished(self) -> bool:
        """Whether the office still waits for it."""
        return self.state in lifecycle.UNFINISHED


class ResolutionCase(Part):
    """A case that a resolution is about; while it `is_waiting` the case waits for the resolution and says so."""

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="cases")
    case = models.ForeignKey(Case, models.PROTECT, related_name="resolutions", verbose_name=_("case"))
    is_waiting = models.BooleanField(_("the case waits for it"), default=True)
    is_linked = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("case of a resolution")
        verbose_name_plural = _("cases of resolutions")
        ordering = ["resolution", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["resolution", "ordinal"], name="resolution_case_ordinal_unique"),
            models.UniqueConstraint(fields=["resolution", "case"], name="resolution_case_once"),
        ]

    def __str__(self) -> str:
        return f"{self.resolution_id} {self.case_id}"


class ResolutionEvent(Event):
    """Something that happened to a resolution."""

    resolution = models.ForeignKey(Resolution, models.PROTECT, db_index=False, related_name="events")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["resolution", "seq"]
        constraints = numbered("resolution", "resolution_event")
        triggers = append_only("The history of resolutions")

    def __str__(self) -> str:
        return f"{self.resolution_id}.{self.seq} {self.kind}"

    @property
    def unit_id(self) -> int | None:
        """For which unit somebody acted who came by its link; None for everybody else."""
        found: int | None = self.changes.get(NOTE, {}).get("unit")
        return found

    @unit_id.setter
    def unit_id(self, unit: int | None) -> None:
        if unit is not None:
            self.changes[NOTE] = {"unit": unit}
