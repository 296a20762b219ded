"""A meeting, and the seats of the units that are invited to it."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.meetings.models.units import MeetingRule, MemberUnit
from cases.models import Case
from citymgmt.people.models import SubDistrict
from communities.models import Project

SAID_OF_MEETINGS = (  # what the audit trail keeps
    "subdistrict", "kind", "rule", "year", "ordinal", "title", "starts_at", "place", "chair", "recorder", "state",
    "called_for", "called_for_project", "reason", "called_off_because", "version", "planned_at", "planned_by",
)  # fmt: skip


@pghistory.track(fields=list(SAID_OF_MEETINGS), model_name="MeetingEvent")
class Meeting(models.Model):
    """A joint meeting: regular, or a consultation (协商会议) called for a case
    or for a project of the office. `year` and `ordinal` name it (第N次).
    `reason` is why a consultation was called; `called_off_because` is why a meeting is not held.

    `version` counts how often when, where and with whom was changed, or that it was called off; its agenda has none,
    and text that is written into an item of it has a version of its own. The `request_key` of a regular meeting that
    was planned by itself names its rule and month.
    """

    class Kind(models.TextChoices):
        REGULAR = "regular", _("regular meeting")
        CONSULTATION = "consultation", _("consultation")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        INVITED = "invited", _("invited")
        HELD = "held", _("held")
        CANCELLED = "cancelled", _("cancelled")

    AHEAD = (State.PLANNED, State.INVITED)

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.REGULAR)
    rule = models.ForeignKey(
        MeetingRule, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("regular meeting")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    ordinal = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=100)
    starts_at = models.DateTimeField(_("begins at"))
    place = models.CharField(_("place"), max_length=100)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("chair")
    )
    recorder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("recorder")
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PLANNED)
    called_for = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="consultations", verbose_name=_("called for the case")
    )
    called_for_project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="consultations",
        verbose_name=_("called for the project"),
    )  # fmt: skip
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    called_off_because = models.TextField(_("called off because"), max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)
    planned_at = models.DateTimeField(_("planned at"))
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("planned by")
    )
    request_key = models.CharField(max_length=120, null=True, unique=True)

    class Meta:
        verbose_name = _("joint meeting")
        verbose_name_plural = _("joint meetings")
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "year", "ordinal"], name="meeting_number_unique"),
            models.UniqueConstraint(
                fields=["rule", "starts_at"], condition=~Q(state="cancelled"), name="meeting_of_rule_once"
            ),
            models.CheckConstraint(condition=Q(ordinal__gte=1), name="meeting_number_from_one"),
            models.CheckConstraint(
                condition=Q(called_for__isnull=True) | Q(called_for_project__isnull=True),
                name="meeting_called_for_one_thing",
            ),
            models.CheckConstraint(condition=Q(rule=None) | Q(kind="regular"), name="meeting_of_a_rule_is_regular"),
            models.CheckConstraint(
                condition=Q(state="cancelled") & ~Q(called_off_because="")
                | ~Q(state="cancelled") & Q(called_off_because=""),
                name="meeting_called_off_says_why",
            ),
        ]
        indexes = [models.Index(fields=["subdistrict", "-starts_at"], name="meeting_of_office")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("meetings:meeting", args=[self.pk])

    @property
    def is_ahead(self) -> bool:
        """Whether it is still to be held."""
        return self.state in self.AHEAD


@pghistory.track(exclude=["id"])
class Seat(models.Model):
    """A unit's place in a meeting: whether it will come, and who came."""

    class Answer(models.TextChoices):
        COMING = "coming", _("comes")
        SUBSTITUTE = "substitute", _("sends a substitute")
        EXCUSED = "excused", _("excused")

    class Presence(models.TextChoices):
        PRESENT = "present", _("present")  # 出席
        EXCUSED = "excused", _("excused")  # 请假
        OBSERVING = "observing", _("observing, without a vote")  # 列席
        ABSENT = "absent", _("absent")  # 缺席

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="seats")
    unit = models.ForeignKey(MemberUnit, models.PROTECT, related_name="seats", verbose_name=_("member unit"))
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    presence = models.CharField(_("presence"), max_length=10, choices=Presence.choices, blank=True)
    names = models.CharField(_("who comes"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["meeting", "unit__kind", "unit_id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "unit"], name="seat_of_a_unit_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="seat_answered_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.unit}"
