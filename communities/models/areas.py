"""Data of residential areas. Columns that follow from events are written by `communities.areas.journal` alone."""

from decimal import Decimal
from typing import Any

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from citymgmt.history import Event, append_only, never_removed, numbered
from citymgmt.people.models import SubDistrict, User
from citymgmt.photos.stored import StoredPhoto
from citymgmt.worktime.models import Termed
from citymgmt.worktime.steps import only_moves
from communities.areas import lifecycle
from communities.models.duties import Point
from communities.models.places import Placed

LONGEST_NAME, LONGEST_PROVIDER, LONGEST_TEXT = 60, 80, 500  # characters
MOST_BUILDINGS, MOST_HOUSEHOLDS = 2_000, 100_000
LARGEST_M2, MOST_FEE, MOST_SUBSIDY = Decimal("99999999.99"), Decimal("999.99"), Decimal("99999999.99")
WHOLE = Decimal(100)


def money(label: Any, digits: int = 10, **options: Any) -> models.DecimalField:
    """Yuan, to the cent; or square metres, to the square decimetre."""
    return models.DecimalField(label, max_digits=digits, decimal_places=2, **options)


class ResidentialArea(Placed, Termed):
    """A residential area (居住小区) on its way to property management.

    `stepped_on` is the day of its last step. `covered_since` is the first day of the contracts that have followed each
    other until now. The next step is due by `trial_until` in a pilot, and under a contract by the earlier of
    `next_review_on` and `contract_until`. `score` is that of its last assessment.
    """

    class Kind(models.TextChoices):
        OLD = "old", _("old residential area")
        MARKET = "market", _("commercial housing")
        UNIT = "unit", _("housing of a work unit")
        RELOCATION = "relocation", _("relocation housing")
        PUBLIC = "public", _("public rental housing")
        VILLAGE = "village", _("village in the city")
        OTHER = "other", _("other")

    # facts
    made_at = models.DateTimeField(_("entered at"))
    # what follows from the events
    state = models.CharField(_("stage"), max_length=16, choices=lifecycle.STAGE_CHOICES)
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    built_year = models.PositiveSmallIntegerField(_("year of completion"), null=True, blank=True)
    building_count = models.PositiveSmallIntegerField(_("buildings"))
    household_count = models.PositiveIntegerField(_("households"))
    floor_area_m2 = money(_("floor area in m²"))
    stepped_on = models.DateField(_("last step on"))
    provider = models.CharField(_("provider"), max_length=LONGEST_PROVIDER, blank=True)
    fee = money(_("fee per m² and month, in yuan"), 5, null=True, blank=True)
    covered_since = models.DateField(_("under property management since"), null=True, blank=True)
    trial_until = models.DateField(_("trial until"), null=True, blank=True)
    contract_until = models.DateField(_("contract until"), null=True, blank=True)
    next_review_on = models.DateField(_("next review by"), null=True, blank=True)
    score = models.DecimalField(_("readiness"), max_digits=5, decimal_places=2, null=True, blank=True)
    is_blocked = models.BooleanField(_("a condition that must be met is not"), default=False)
    assessed_on = models.DateField(_("assessed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("residential area")
        verbose_name_plural = _("residential areas")
        ordering = ["community", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "name"], condition=~Q(state=lifecycle.STRUCK), name="area_name_once"
            ),
            models.CheckConstraint(
                condition=Q(building_count__gte=1, household_count__gte=1, floor_area_m2__gt=0), name="area_has_size"
            ),
            models.CheckConstraint(
                condition=Q(state__in=lifecycle.COVERED, covered_since__isnull=False, next_review_on__isnull=False)
                & ~Q(provider="")
                | ~Q(state__in=lifecycle.COVERED) & Q(covered_since=None, next_review_on=None, contract_until=None),
                name="area_covered_by_contract",
            ),
            models.CheckConstraint(
                condition=Q(state=lifecycle.PILOT, trial_until__isnull=False)
                | ~Q(state=lifecycle.PILOT) & Q(trial_until=None),
                name="area_pilot_has_end",
            ),
            models.CheckConstraint(
                condition=Q(state__in=lifecycle.STANDING, due_at__isnull=False)
                | Q(state=lifecycle.STRUCK, due_at=None),
                name="area_standing_is_due",
            ),
            models.CheckConstraint(
                condition=Q(longitude=None, latitude=None) | Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="area_point_on_earth",
            ),
        ]
        indexes = [
            models.Index(fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name="area_due_for_sweep")
        ]
        triggers = [
            pgtrigger.Trigger(
                name="area_steps_in_order",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=only_moves(
                    [lifecycle.IMPROVE, lifecycle.CONTRACT], lifecycle.MOVES, "This is no step of a residential area"
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("areas:area", args=[self.pk])

    @property
    def is_covered(self) -> bool:
        """Whether it is under property management."""
        return self.state in lifecycle.COVERED


class AreaEvent(Event):
    """Something that happened to a residential area."""

    area = models.ForeignKey(ResidentialArea, models.PROTECT, db_index=False, related_name="events")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["area", "seq"]
        constraints = numbered("area", "area_event")
        triggers = append_only("The history of residential areas")

    def __str__(self) -> str:
        return f"{self.area_id}.{self.seq} {self.kind}"


class AreaPhoto(StoredPhoto):
    """A photo that is evidence of a step, kept with its event."""

    event = models.ForeignKey(AreaEvent, models.PROTECT, related_name="photos", verbose_name=_("event"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("photo of a residential area")
        verbose_name_plural = _("photos of residential areas")
        ordering = ["event", "id"]
        constraints = [*StoredPhoto.Meta.constraints]
        indexes = [*StoredPhoto.Meta.indexes]
        triggers = never_removed("A photo of a residential area")

    def __str__(self) -> str:
        return f"photo {self.pk} of event {self.event_id}"


class ReadinessStandard(models.Model):
    """By which criteria an office assesses readiness, from a moment on: one version, which never changes. What an
    assessment used it keeps itself.
    """

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    number = models.PositiveSmallIntegerField(_("version"))
    made_at = models.DateTimeField(_("made at"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    threshold = models.PositiveSmallIntegerField(_("ready from"))
    criteria = models.JSONField(_("criteria"))

    class Meta:
        verbose_name = _("readiness standard")
        verbose_name_plural = _("readiness standards")
        ordering = ["subdistrict", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "number"], name="readiness_standard_once"),
            models.CheckConstraint(condition=Q(threshold__range=(1, 100)), name="readiness_threshold_possible"),
        ]
        triggers = append_only("A version of the readiness standard")

    def __str__(self) -> str:
        return f"{self.subdistrict_id}.{self.number}"


class AreaPart(models.Model):
    """Something of an area that is numbered; it follows from its events."""

    ordinal = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.ordinal}"


class Assessment(AreaPart):
    """A readiness assessment: points, evidence and the criteria as they were then, in `scores`."""

    area = models.ForeignKey(ResidentialArea, models.PROTECT, related_name="assessments")
    on = models.DateField(_("day"))
    standard = models.PositiveSmallIntegerField(_("version of the criteria"))
    threshold = models.PositiveSmallIntegerField(_("ready from"))
    scores = models.JSONField(_("points"))
    total = models.DecimalField(_("score"), max_digits=5, decimal_places=2)
    is_ready = models.BooleanField(_("ready"))

    class Meta:
        verbose_name = _("readiness assessment")
        verbose_name_plural = _("readiness assessments")
        ordering = ["area", "-ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["area", "ordinal"], name="assessment_ordinal_unique"),
            models.CheckConstraint(condition=Q(total__range=(0, 100)), name="assessment_total_possible"),
        ]


class Pilot(AreaPart):
    """A trial of property management (试点): its terms, what residents say of it, how it ended."""

    class Result(models.TextChoices):
        CONTRACT = "contract", _("contract")
        ENDED = "ended", _("ended without a contract")

    area = models.ForeignKey(ResidentialArea, models.PROTECT, related_name="pilots")
    provider = models.CharField(_("provider"), max_length=LONGEST_PROVIDER)
    services = models.CharField(_("services"), max_length=LONGEST_TEXT)
    let_off_percent = models.DecimalField(_("let-off in percent of the fee"), max_digits=5, decimal_places=2)
    subsidy = money(_("subsidy in yuan"))
    began_on = models.DateField(_("began on"))
    until_on = models.DateField(_("trial until"))
    opinion_on = models.DateField(_("residents asked on"), null=True, blank=True)
    asked = models.PositiveIntegerField(_("households asked"), null=True, blank=True)
    in_favour = models.PositiveIntegerField(_("in favour"), null=True, blank=True)
    against = models.PositiveIntegerField(_("against"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=8, choices=Result.choices, blank=True)

    class Meta:
        verbose_name = _("pilot")
        verbose_name_plural = _("pilots")
        ordering = ["area", "-ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["area", "ordinal"], name="pilot_ordinal_unique"),
            models.UniqueConstraint(fields=["area"], condition=Q(ended_on=None), name="pilot_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(let_off_percent__range=(0, 100), subsidy__gte=0), name="pilot_terms_possible"
            ),
            models.CheckConstraint(condition=Q(until_on__gt=F("began_on")), name="pilot_lasts"),
            models.CheckConstraint(
                condition=Q(opinion_on=None, asked=None, in_favour=None, against=None)
                | Q(opinion_on__isnull=False, asked__gte=F("in_favour") + F("against")),
                name="pilot_opinion_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, result="") | Q(ended_on__isnull=False) & ~Q(result=""),
                name="pilot_ends_with_result",
            ),
        ]


class PropertyContract(AreaPart):
    """A contract of property management; `ended_on` is the first day on which it holds no longer."""

    area = models.ForeignKey(ResidentialArea, models.PROTECT, related_name="contracts")
    provider = models.CharField(_("provider"), max_length=LONGEST_PROVIDER)
    fee = money(_("fee per m² and month, in yuan"), 5)
    from_on = models.DateField(_("from"), db_index=True)
    until_on = models.DateField(_("until"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        verbose_name = _("contract of property management")
        verbose_name_plural = _("contracts of property management")
        ordering = ["area", "-ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["area", "ordinal"], name="contract_ordinal_unique"),
            ExclusionConstraint(
                name="contract_one_at_a_time",
                expressions=[
                    (Point("area_id"), RangeOperators.OVERLAPS),
                    (Func(F("from_on"), F("ended_on"), function="daterange"), RangeOperators.OVERLAPS),
                ],
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on"), fee__gte=0), name="contract_lasts"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("from_on")), name="contract_ends_after_it_began"
            ),
        ]


class ServiceReview(AreaPart):
    """A look at the service under a contract: score, complaints since the last one, what is to be followed up."""

    area = models.ForeignKey(ResidentialArea, models.PROTECT, related_name="reviews")
    on = models.DateField(_("day"))
    score = models.PositiveSmallIntegerField(_("score of 100"))
    complaints = models.PositiveIntegerField(_("complaints since the last review"))
    follow_up = models.CharField(_("to follow up"), max_length=LONGEST_TEXT)
    next_on = models.DateField(_("next review by"))

    class Meta:
        verbose_name = _("service review")
        verbose_name_plural = _("service reviews")
        ordering = ["area", "-ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["area", "ordinal"], name="review_ordinal_unique"),
            models.CheckConstraint(condition=Q(score__lte=100), name="review_score_possible"),
            models.CheckConstraint(condition=Q(next_on__gt=F("on")), name="review_comes_again"),
        ]
