"""Looks at key places: which of the six disorders are there, and what they take away from a hundred."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import Disorder
from citymgmt.history import append_only
from citymgmt.people.models import SubDistrict, User
from patrols.guards import condition
from patrols.guards.models.posts import GuardedPlace
from patrols.guards.models.watches import LONGEST_NOTE, GuardWatch


@pghistory.track()
class Deduction(models.Model):
    """How many points of a hundred a disorder takes away, as an office has set it."""

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    disorder = models.ForeignKey(Disorder, models.PROTECT, related_name="+", verbose_name=_("disorder"))
    slight = models.PositiveSmallIntegerField(_("slight"))
    serious = models.PositiveSmallIntegerField(_("serious"))

    class Meta:
        verbose_name = _("deduction")
        verbose_name_plural = _("deductions")
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "disorder"], name="deduction_once"),
            models.CheckConstraint(
                condition=Q(serious__gte=F("slight"), serious__lte=condition.FULL), name="deduction_serious_is_more"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.disorder} {self.slight}/{self.serious}"


class ConditionLook(models.Model):
    """A look at a key place (秩序评分), by whoever was there; on a watch where the person had one. It never changes."""

    place = models.ForeignKey(GuardedPlace, models.PROTECT, related_name="looks", verbose_name=_("key place"))
    watch = models.ForeignKey(
        GuardWatch, models.PROTECT, null=True, blank=True, related_name="looks", verbose_name=_("guard watch")
    )
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    score = models.PositiveSmallIntegerField(_("score"))
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True)
    request_key = models.CharField(max_length=120, null=True, blank=True, unique=True)
    request_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("look at a key place")
        verbose_name_plural = _("looks at key places")
        constraints = [
            models.CheckConstraint(condition=Q(score__range=(0, condition.FULL)), name="condition_score_of_a_hundred")
        ]
        indexes = [models.Index(fields=["place", "at"], name="condition_look_of_place")]
        triggers = append_only("The looks at key places")

    def __str__(self) -> str:
        return f"{self.place} {self.score}"


class LookMark(models.Model):
    """A disorder that was seen at a look, and what it took away then."""

    class Severity(models.TextChoices):
        SLIGHT = condition.SLIGHT, _("slight")
        SERIOUS = condition.SERIOUS, _("serious")

    look = models.ForeignKey(ConditionLook, models.PROTECT, related_name="marks")
    disorder = models.ForeignKey(Disorder, models.PROTECT, related_name="+", verbose_name=_("disorder"))
    severity = models.CharField(_("severity"), max_length=7, choices=Severity.choices)
    deduction = models.PositiveSmallIntegerField(_("deduction"))

    class Meta:
        verbose_name = _("mark of a look")
        verbose_name_plural = _("marks of looks")
        constraints = [models.UniqueConstraint(fields=["look", "disorder"], name="look_mark_once")]
        triggers = append_only("The looks at key places")

    def __str__(self) -> str:
        return f"{self.disorder} {self.severity}"
