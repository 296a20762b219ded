"""Data of teams: shifts, area, rotation, duties, leave, attendance, certificates."""

from datetime import datetime, timedelta

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from citymgmt.people.models import Bilingual, Organisation, User
from communities.models import Community, DatedDuty, Point

TEAM_KINDS = (Organisation.Kind.CLEANING_TEAM, Organisation.Kind.ENFORCEMENT_TEAM, Organisation.Kind.PEST_TEAM)
LONGEST_REASON = 100  # characters
MOST_PEOPLE = 100  # on a shift
LATE_AFTER = timedelta(minutes=10)
DOOR_OPENS = timedelta(minutes=60)  # before a shift


class Teams(models.Manager["Team"]):
    """The bodies that are teams and work."""

    def get_queryset(self) -> models.QuerySet["Team"]:
        """All of them."""
        return super().get_queryset().filter(kind__in=TEAM_KINDS, is_active=True)


class Team(Organisation):
    """A team (队伍) of a sub-district, as patrols see it."""

    objects: "models.Manager[Team]" = Teams()  # type: ignore[misc]

    class Meta:
        proxy = True
        verbose_name = _("team")
        verbose_name_plural = _("teams")


@pghistory.track()
class TeamArea(models.Model):
    """A community in which a team works."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="areas", verbose_name=_("team"))
    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))

    class Meta:
        verbose_name = _("area of a team")
        verbose_name_plural = _("areas of teams")
        constraints = [models.UniqueConstraint(fields=["team", "community"], name="team_area_once")]

    def __str__(self) -> str:
        return f"{self.team} {self.community}"


@pghistory.track()
class Shift(Bilingual):
    """A shift (班次) of a team; one that ends no later than it starts crosses midnight."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="shifts", verbose_name=_("team"))
    starts = models.TimeField(_("starts"))
    ends = models.TimeField(_("ends"))
    fewest = models.PositiveSmallIntegerField(
        _("fewest people"), default=1, validators=[MaxValueValidator(MOST_PEOPLE)]
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        constraints = [
            models.UniqueConstraint(fields=["team", "name_zh"], name="shift_name_unique"),
            models.CheckConstraint(condition=~Q(starts=F("ends")), name="shift_takes_time"),
        ]


@pghistory.track()
class Rotation(models.Model):
    """How the members of a team take turns: the shifts of the cycle (0: off), and the members in their order."""

    team = models.OneToOneField(Team, models.PROTECT, related_name="rotation", verbose_name=_("team"))
    since = models.DateField(_("first day of the cycle"))
    step = models.PositiveSmallIntegerField(_("days between members"), default=1)
    cycle = ArrayField(models.BigIntegerField(), verbose_name=_("cycle"))
    members = ArrayField(models.BigIntegerField(), verbose_name=_("members"))

    class Meta:
        verbose_name = _("rotation")
        verbose_name_plural = _("rotations")

    def __str__(self) -> str:
        return str(self.team)


@pghistory.track()
class MemberLeave(DatedDuty):
    """Days on which a member of a team is away, and who stands in."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="leaves", verbose_name=_("team"))
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    substitute = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("stand-in"))
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON, blank=True)

    class Meta:
        verbose_name = _("leave of a member")
        verbose_name_plural = _("leaves of members")
        constraints = [
            ExclusionConstraint(
                name="member_one_leave_each_day",
                expressions=[(Point("user_id"), RangeOperators.OVERLAPS), ("period", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="member_leave_not_empty"),
            models.CheckConstraint(condition=~Q(user=F("substitute")), name="member_leave_substitute_other"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.period.lower}"


IN_FORCE = Q(is_removed=False)


@pghistory.track()
class Duty(models.Model):
    """That a person is on a shift on a day.

    `turn_of` is whose turn it was by the rotation (None: entered by hand), `user` who does it. What a person changed
    by hand (`is_by_hand`), or took away (`is_removed`), planning leaves as it is.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="duties", verbose_name=_("team"))
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="duties", verbose_name=_("shift"))
    on = models.DateField(_("day"))
    period = DateTimeRangeField(_("hours"))
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    turn_of = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("turn of"))
    is_by_hand = models.BooleanField(default=False)
    is_removed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        constraints = [
            models.UniqueConstraint(fields=["user", "shift", "on"], condition=IN_FORCE, name="duty_once_a_day"),
            models.UniqueConstraint(fields=["turn_of", "shift", "on"], name="duty_one_row_for_a_turn"),
            ExclusionConstraint(
                name="duty_no_two_at_once",
                expressions=[(Point("user_id"), RangeOperators.OVERLAPS), ("period", RangeOperators.OVERLAPS)],
                condition=IN_FORCE,
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="duty_takes_time"),
        ]
        indexes = [models.Index(fields=["team", "on"])]

    def __str__(self) -> str:
        return f"{self.on} {self.shift} {self.user}"

    @property
    def starts_at(self) -> datetime:
        """When the shift begins."""
        assert self.period.lower is not None  # a shift has hours
        return self.period.lower

    @property
    def ends_at(self) -> datetime:
        """When the shift is over."""
        assert self.period.upper is not None
        return self.period.upper

    @property
    def presence(self) -> "Attendance | None":
        """What is known of whether somebody was there."""
        found: Attendance | None = getattr(self, "attendance", None)
        return found

    @property
    def is_stand_in(self) -> bool:
        """Whether somebody does it whose turn it was not."""
        return self.turn_of_id is not None and self.turn_of_id != self.user_id


@pghistory.track(exclude=["longitude", "latitude", "accuracy_m"])
class Attendance(models.Model):
    """That somebody was there: who checked in when, where and until when; or that a leader noted it, and why."""

    duty = models.OneToOneField(Duty, models.PROTECT, related_name="attendance", verbose_name=_("duty"))
    came_at = models.DateTimeField(_("came at"), null=True)
    left_at = models.DateTimeField(_("left at"), null=True)
    is_late = models.BooleanField(_("late"), default=False)
    longitude = models.FloatField(
        _("longitude"), null=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    latitude = models.FloatField(_("latitude"), null=True, validators=[MinValueValidator(-90), MaxValueValidator(90)])
    accuracy_m = models.FloatField(_("accuracy in metres"), null=True)
    noted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("noted by"))
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON, blank=True)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.CheckConstraint(
                condition=Q(came_at__isnull=False, noted_by__isnull=True)
                | (Q(came_at__isnull=True, noted_by__isnull=False) & ~Q(reason="")),
                name="attendance_checked_in_or_noted",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("came_at")), name="attendance_left_after"
            ),
        ]

    def __str__(self) -> str:
        return str(self.duty)

    @property
    def late_minutes(self) -> int:
        """Whole minutes after the start of the shift; 0 for whoever came before it."""
        if self.came_at is None:
            return 0
        return max(0, int((self.came_at - self.duty.starts_at).total_seconds() // 60))


@pghistory.track(exclude=["number"])
class Certificate(models.Model):
    """What a member of a team is certified for; the number is kept out of the audit trail."""

    class Kind(models.TextChoices):
        DRIVING = "driving", _("driving licence")
        PEST = "pest", _("pest control applicator")
        ENFORCEMENT = "enforcement", _("enforcement certificate")
        FIRST_AID = "first_aid", _("first aid")
        OTHER = "other", _("other certificate")

    team = models.ForeignKey(Team, models.PROTECT, related_name="certificates", verbose_name=_("team"))
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    number = models.CharField(_("number"), max_length=40)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("expires on"), db_index=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "number"], name="certificate_once"),
            models.CheckConstraint(condition=Q(expires_on__gte=F("issued_on")), name="certificate_expires_after_issue"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_kind_display()}"
