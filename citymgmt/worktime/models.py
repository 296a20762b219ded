"""Time as data: calendar days, office hours, ladder steps, heartbeats, and the abstract timed things."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from citymgmt.people.models import Bilingual
from citymgmt.worktime.clock import Limit, Unit


class UnitChoice(models.TextChoices):
    """The five units of domain 3.6."""

    URGENT_HOUR = Unit.URGENT_HOUR.value, _("urgent hour")
    URGENT_DAY = Unit.URGENT_DAY.value, _("urgent day")
    WORKING_HOUR = Unit.WORKING_HOUR.value, _("working hour")
    WORKING_DAY = Unit.WORKING_DAY.value, _("working day")
    NATURAL_DAY = Unit.NATURAL_DAY.value, _("natural day")


def bumps_rulebook() -> pgtrigger.Trigger:
    """A statement trigger: whoever changes a rule, by whatever way, raises the rulebook's version."""
    return pgtrigger.Trigger(
        name="bump_rulebook",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="UPDATE worktime_rulebook SET version = version + 1; RETURN NULL;",
    )


class Rulebook(models.Model):
    """One row: the version of calendar, office hours and ladders, so that readers may keep them in memory."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="rulebook_one_row")]


@pghistory.track()
class CalendarDay(models.Model):
    """A day that differs from the plain week, as the State Council published it (domain 5.4)."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("holiday")
        MAKEUP = "makeup", _("make-up working day")

    on = models.DateField(_("date"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name_zh = models.CharField(_("name"), max_length=60, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        ordering = ["on"]
        triggers = [bumps_rulebook()]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"


@pghistory.track()
class CalendarYear(models.Model):
    """A year whose holidays are published and entered; other years fall back to the plain week, with a warning."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("calendar year")
        verbose_name_plural = _("calendar years")
        ordering = ["year"]
        triggers = [bumps_rulebook()]

    def __str__(self) -> str:
        return str(self.year)


@pghistory.track()
class OfficeShift(models.Model):
    """A stretch of office hours, the same on every working day."""

    starts = models.TimeField(_("starts"))
    ends = models.TimeField(_("ends"))

    class Meta:
        verbose_name = _("office shift")
        verbose_name_plural = _("office hours")
        ordering = ["starts"]
        constraints = [models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="shift_starts_before_it_ends")]
        triggers = [bumps_rulebook()]

    def __str__(self) -> str:
        return f"{self.starts:%H:%M}-{self.ends:%H:%M}"


@pghistory.track()
class LadderStep(Bilingual):
    """A step of a ladder as data: when it falls due, what it does, whom it tells, in which colour (domain 5.3).

    Its code is of this step alone among all ladders: histories and pages name a step by nothing else.
    """

    class Anchor(models.TextChoices):
        DUE = "due", _("the deadline")
        PREVIOUS = "previous", _("the step before")

    ladder = models.CharField(_("ladder"), max_length=20)
    code = models.CharField(_("code"), max_length=4)
    position = models.PositiveSmallIntegerField(_("position"))
    effect = models.CharField(_("effect"), max_length=20, help_text=_("The event that the step writes."))
    colour = models.CharField(_("colour"), max_length=10)
    anchor = models.CharField(_("counted from"), max_length=10, choices=Anchor.choices)
    delay_value = models.PositiveSmallIntegerField(_("delay"), default=0)
    delay_unit = models.CharField(_("unit of the delay"), max_length=2, choices=UnitChoice.choices, default="wd")
    lead_percent = models.PositiveSmallIntegerField(_("before the deadline, in percent of the limit"), default=0)
    lead_value = models.PositiveSmallIntegerField(_("lead for long limits, in working days"), default=0)
    lead_from_value = models.PositiveSmallIntegerField(_("limits this long or longer, in working days"), default=0)
    requires = ArrayField(models.CharField(max_length=30), verbose_name=_("only when"), default=list, blank=True)
    recipients = ArrayField(models.CharField(max_length=30), verbose_name=_("who is told"), default=list, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("ladder step")
        verbose_name_plural = _("ladder steps")
        ordering = ["ladder", "position"]
        constraints = [
            models.UniqueConstraint(fields=["ladder", "position"], name="ladder_position_unique"),
            models.UniqueConstraint(fields=["code"], name="ladder_code_unique"),
            models.CheckConstraint(condition=Q(position__gte=1), name="ladder_position_from_one"),
            models.CheckConstraint(condition=Q(lead_percent__lte=100), name="ladder_lead_percent"),
        ]
        triggers = [bumps_rulebook()]


class Heartbeat(models.Model):
    """The last sign of life of a part (worker, beat, sweep, delivery)."""

    part = models.CharField(max_length=30, primary_key=True)
    at = models.DateTimeField()


class RunningProcess(models.Model):
    """A running web process or worker, named host:pid: since when, in which version, and its last sign of life."""

    class Kind(models.TextChoices):
        WEB = "web", "web"
        WORKER = "worker", "worker"

    name = models.CharField(max_length=120, primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    version = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    at = models.DateTimeField()


class Clocked(models.Model):
    """What has a deadline and climbs a ladder: `rung` is the position of the last step, 0 before the first."""

    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    rung = models.PositiveSmallIntegerField(default=0)
    rung_at = models.DateTimeField(null=True, blank=True)
    watched_from = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class Timed(Clocked):
    """A clocked thing that the sweep finds by `next_check_at`; None when nothing can fall due."""

    next_check_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class Termed(Timed):
    """A timed thing whose steps are due so long after each other: the limit of the next step with what it is counted
    from, where it is no plain day, and the step of its ladder. `version` is the number of its events.
    """

    version = models.PositiveIntegerField(default=0)
    limit_value = models.PositiveSmallIntegerField(_("limit"), null=True, blank=True)
    limit_unit = models.CharField(_("unit"), max_length=2, choices=UnitChoice.choices, blank=True)
    counted_from = models.DateTimeField(_("limit counted from"), null=True, blank=True)
    is_due_provisional = models.BooleanField(default=False)
    ladder_code = models.CharField(max_length=4, blank=True)

    class Meta:
        abstract = True

    @property
    def limit(self) -> Limit | None:
        """The limit of the next step on its own clock; None where nothing is due, or on a plain day."""
        return Limit(self.limit_value, Unit(self.limit_unit)) if self.limit_value else None
