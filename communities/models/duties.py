"""Whose: who answered for a community on which day, who was away, and handover sheets."""

from datetime import date, timedelta

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from citymgmt.people.models import User, tells_version
from citymgmt.worktime.models import Timed
from communities.models.places import Community


class Point(Func):
    """A number as a range that holds only itself, so that plain GiST can compare it (no extension needed)."""

    function = "int8range"

    def __init__(self, expression: str) -> None:
        super().__init__(F(expression), F(expression), Value("[]"))


class DatedDuty(models.Model):
    """Something that holds for a range of days; an open end is no upper bound, the upper bound is the day after."""

    period = DateRangeField(_("period"))

    class Meta:
        abstract = True

    @property
    def from_on(self) -> date:
        """The first day."""
        return self.period.lower or date.min

    @property
    def until_on(self) -> date | None:
        """The last day; None while the end is open."""
        return self.period.upper - timedelta(days=1) if self.period.upper else None


@pghistory.track()
class OfficerAssignment(DatedDuty):
    """Who answers for a community: one officer, and at most one deputy, on each day (一区一员)."""

    class Part(models.TextChoices):
        OFFICER = "officer", _("officer")
        DEPUTY = "deputy", _("deputy")

    community = models.ForeignKey(Community, models.PROTECT, related_name="assignments", verbose_name=_("community"))
    user = models.ForeignKey(User, models.PROTECT, related_name="assignments", verbose_name=_("person"))
    part = models.CharField(_("part"), max_length=10, choices=Part.choices, default=Part.OFFICER)

    class Meta:
        verbose_name = _("officer assignment")
        verbose_name_plural = _("officer assignments")
        ordering = ["community", "part", "period"]
        triggers = [tells_version()]
        constraints = [
            ExclusionConstraint(
                name="one_officer_each_day",
                expressions=[
                    (Point("community_id"), RangeOperators.OVERLAPS),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(part="officer"),
            ),
            ExclusionConstraint(
                name="one_deputy_each_day",
                expressions=[
                    (Point("community_id"), RangeOperators.OVERLAPS),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(part="deputy"),
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="assignment_period_not_empty"),
        ]
        indexes = [models.Index(fields=["user", "part"])]

    def __str__(self) -> str:
        return f"{self.community} {self.user} {self.period.lower}"


@pghistory.track()
class OfficerLeave(DatedDuty):
    """Days on which a person is away; the deputy of each community acts meanwhile."""

    user = models.ForeignKey(User, models.PROTECT, related_name="leaves", verbose_name=_("person"))
    reason = models.CharField(_("reason"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("leave")
        verbose_name_plural = _("leaves")
        ordering = ["user", "period"]
        triggers = [tells_version()]
        constraints = [
            ExclusionConstraint(
                name="one_leave_each_day",
                expressions=[
                    (Point("user_id"), RangeOperators.OVERLAPS),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="leave_period_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.period.lower}"


class Handover(Timed):
    """A handover sheet (交接): from whom to whom, since when, and what went along.

    Due at the start of its day: then, by the sweep, the open cases go along. Until then it is planned.
    """

    community = models.ForeignKey(Community, models.PROTECT, related_name="handovers", verbose_name=_("community"))
    from_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("from"))
    to_user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("to"))
    on = models.DateField(_("first day of the new officer"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("arranged by"))
    at = models.DateTimeField(_("arranged at"))
    note = models.TextField(_("promises, keys, boards"), blank=True)
    case_numbers = models.JSONField(_("open cases handed over"), default=list)
    taken_up_at = models.DateTimeField(_("taken up at"), null=True, blank=True)

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        ordering = ["-on", "-id"]
        indexes = [
            models.Index(
                fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name="handover_due_for_sweep"
            )
        ]

    def __str__(self) -> str:
        return f"{self.community} {self.on}"

    @property
    def is_planned(self) -> bool:
        """Whether its day is still to come."""
        return self.next_check_at is not None
