"""What is kept for the statistics. All of it follows from the cases and their histories, and can be made anew.

`CaseFact` says of each case what it counts as; `Tally` holds the sums of these by day. `Stale` names cases that changed
since they were counted: a trigger writes it in the transaction that changes the case, so no change is missed.
An `Evaluation` does not follow: with its `FrozenFact` rows it is what counted in a period when it was frozen.
"""

from collections.abc import Mapping

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.statistics.bulletins.models import Bulletin as Bulletin  # models of this app
from cases.statistics.bulletins.models import BulletinFile as BulletinFile
from cases.statistics.bulletins.models import BulletinJob as BulletinJob
from cases.statistics.chain.models import Answerable as Answerable
from cases.statistics.indicators import INDICATORS
from cases.statistics.keeping import evaluation_triggers, fact_triggers
from cases.statistics.measures import COHORTS, MEASURES, STANDING
from cases.statistics.periods import Period
from citymgmt.people.models import Bilingual, SubDistrict, tells_version

INDICATOR_CHOICES = [(code, lazy(gettext, str)(indicator.label)) for code, indicator in INDICATORS.items()]


class Dimension(models.TextChoices):
    """By what the figures are told apart."""

    ALL = "all", _("whole office")
    COMMUNITY = "community", _("community")
    DISORDER = "disorder", _("disorder")
    CATEGORY = "category", _("category")
    OFFICER = "officer", _("officer")
    TEAM = "team", _("team")
    SOURCE = "source", _("source")
    DEPARTMENT = "department", _("department")


COLUMN_OF: Mapping[str, str] = {  # where a fact says it
    Dimension.COMMUNITY: "community_id",
    Dimension.DISORDER: "disorder_id",
    Dimension.CATEGORY: "category_id",
    Dimension.OFFICER: "officer_id",
    Dimension.TEAM: "team_id",
    Dimension.SOURCE: "source",
    Dimension.DEPARTMENT: "department_id",
}


class Counted(models.Model):
    """Where a case belongs, under which days it counts, and in which measures.

    `department_id` is that to which it was escalated last. The days have the names of `measures.COHORTS`.
    """

    subdistrict_id = models.BigIntegerField()
    community_id = models.BigIntegerField(null=True)
    disorder_id = models.BigIntegerField(null=True)
    category_id = models.BigIntegerField(null=True)
    officer_id = models.BigIntegerField(null=True)
    team_id = models.BigIntegerField(null=True)
    source = models.CharField(max_length=12)
    department_id = models.BigIntegerField(null=True)
    is_campaign = models.BooleanField(default=False)
    reported_on = models.DateField(null=True)
    filed_on = models.DateField(null=True)
    verified_on = models.DateField(null=True)
    dispatched_on = models.DateField(null=True)
    returned_on = models.DateField(null=True)
    handled_on = models.DateField(null=True)
    inspected_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    suspended_on = models.DateField(null=True)
    measures = ArrayField(models.CharField(max_length=30), default=list)
    extensions = models.PositiveSmallIntegerField(default=0)
    extension_hours = models.PositiveIntegerField(default=0)
    reworks = models.PositiveSmallIntegerField(default=0)
    overdue_percent = models.PositiveIntegerField(default=0)
    minutes_to_handle = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True


class CaseFact(Counted):
    """What a case counts as now; a row for each case."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="fact")

    class Meta:
        indexes = [
            *(
                models.Index(
                    fields=["subdistrict_id", f"{cohort}_on", "case"],
                    condition=Q(**{f"{cohort}_on__isnull": False}),
                    name=f"fact_{cohort}",
                )
                for cohort in COHORTS
            ),
            *(
                models.Index(
                    fields=["subdistrict_id", "case"],
                    include=[*COLUMN_OF.values()],
                    condition=Q(measures__contains=[code]),
                    name=f"fact_{code}",
                )
                for code, measure in MEASURES.items()
                if measure.cohort == STANDING
            ),
            models.Index(
                fields=["subdistrict_id", "dispatched_on", "minutes_to_handle"],
                condition=Q(minutes_to_handle__isnull=False),
                name="fact_time_to_handle",
            ),
            models.Index(
                fields=["department_id", "subdistrict_id", "dispatched_on"],
                condition=Q(department_id__isnull=False),
                name="fact_department",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"


class Place(models.Model):
    """Where a case lies that may repeat another: its disorder, its key place, its point with the cell that holds it.

    A row for each case with a point or a key place that stands as a report. Degrees in WGS-84.
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="place")
    subdistrict_id = models.BigIntegerField()
    disorder_id = models.BigIntegerField()
    key_place_id = models.BigIntegerField(null=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    cell = models.BigIntegerField(null=True)
    reported_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["disorder_id", "cell", "reported_at"], condition=Q(cell__isnull=False), name="place_by_cell"
            ),
            models.Index(
                fields=["disorder_id", "key_place_id", "reported_at"],
                condition=Q(key_place_id__isnull=False),
                name="place_by_key_place",
            ),
            models.Index(fields=["subdistrict_id", "reported_at"], name="place_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"


class Tally(models.Model):
    """How much counts on a day in each measure, for one key of one dimension of a sub-district.

    `on` is the day of the measure's own cohort; `measures.ALWAYS` for what stands now. `key` is an id, or a source.
    There is a column for each measure, of its name.
    """

    subdistrict = models.ForeignKey(SubDistrict, models.CASCADE, db_index=False)
    dimension = models.CharField(max_length=10, choices=Dimension.choices)
    key = models.CharField(max_length=20, blank=True)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "dimension", "on", "key"], name="tally_unique"),
            models.CheckConstraint(condition=Q(dimension__in=Dimension.values), name="tally_dimension_known"),
        ]

    def __str__(self) -> str:
        return f"{self.dimension} {self.key} {self.on}"


for _measure in MEASURES:
    Tally.add_to_class(_measure, models.IntegerField(default=0))


class Stale(models.Model):
    """A case that changed and is not counted anew yet; the same one may stand here several times."""

    case_id = models.BigIntegerField()
    named_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.case_id}"


class CountedUntil(models.Model):
    """One row: up to which deadline, and of that moment up to which case, those that passed are counted."""

    as_of = models.DateTimeField()
    case_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="counted_until_is_one_row")]

    def __str__(self) -> str:
        return f"{self.as_of}"


class RulesChanged(models.Model):
    """A rule by which facts are judged changed, and nobody began to count anew by it yet; triggers write it.

    `what` is the rule's table. It touches the days from `first_on` to `last_on`, or every case when these are empty.
    """

    what = models.CharField(max_length=60)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    named_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.what


class CountingAnew(models.Model):
    """One row while cases are counted anew by changed rules, case by case in the order of their ids.

    Up to the id `after` it is done, with `last` it ends: whatever came later was counted by the new rules. `done` of
    `total` cases were looked at, the last ones at `moved_at`. The days are those that the rules touch (`RulesChanged`).
    """

    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    after = models.BigIntegerField(default=0)
    last = models.BigIntegerField()
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField()
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="counting_anew_is_one_row")]

    def __str__(self) -> str:
        return f"{self.done} / {self.total}"


class StageLimit(models.Model):
    """How many minutes of office time a stage before or after handling may take (domain 3.6, stage limits)."""

    class Stage(models.TextChoices):
        FILING = "filing", _("filing")
        DISPATCHING = "dispatching", _("dispatching")
        VERIFYING = "verifying", _("verifying")
        INSPECTING = "inspecting", _("inspecting")

    stage = models.CharField(_("stage"), max_length=12, choices=Stage.choices, primary_key=True)
    minutes = models.PositiveIntegerField(_("minutes of office time"))

    class Meta:
        verbose_name = _("limit of a stage")
        verbose_name_plural = _("limits of stages")
        triggers = [tells_version()]
        constraints = [models.CheckConstraint(condition=Q(minutes__gte=1), name="stage_limit_positive")]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}: {self.minutes}"


class Formula(Bilingual):
    """A composite score: which indicators, with which points; the default one leads the evaluation."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    is_default = models.BooleanField(_("leads the evaluation"), default=False)

    class Meta:
        verbose_name = _("composite score")
        verbose_name_plural = _("composite scores")
        triggers = [tells_version()]
        constraints = [
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="formula_one_default")
        ]


class FormulaPart(models.Model):
    """How many points the best value of an indicator gives."""

    formula = models.ForeignKey(Formula, models.CASCADE, related_name="parts")
    indicator = models.CharField(_("indicator"), max_length=30, choices=INDICATOR_CHOICES)
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=2)

    class Meta:
        verbose_name = _("part of a composite score")
        verbose_name_plural = _("parts of a composite score")
        triggers = [tells_version()]
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["formula", "indicator"], name="formula_part_unique"),
            models.CheckConstraint(condition=Q(points__gt=0), name="formula_part_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.points}"


SAID_OF_EVALUATIONS = (  # what the audit trail keeps; the figures themselves never change
    "subdistrict", "starts", "ends", "note", "frozen_at", "frozen_by", "published_at", "published_by", "replaces",
)  # fmt: skip


@pghistory.track(fields=list(SAID_OF_EVALUATIONS), model_name="EvaluationEvent")
class Evaluation(models.Model):
    """All figures of a sub-district in a period as they stood when it was frozen; once published it never changes.

    `frozen_at` is the moment by which it was judged what is late. `sums` maps dimension, key and measure to a count,
    without zeros; `names` maps a dimension to its keys in order, each as [key, Chinese name, English name]. `formula`
    is the composite score that led then (code, name_zh, name_en, source, and parts as [indicator, points]), or empty;
    `limits` the minutes of each stage. A correction is another evaluation, which `replaces` the published one.
    """

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, verbose_name=_("sub-district"))
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    frozen_at = models.DateTimeField(_("frozen at"))
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("frozen by")
    )
    published_at = models.DateTimeField(_("published at"), null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("published by")
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("replaces")
    )
    formula = models.JSONField(default=dict)
    limits = models.JSONField(default=dict)
    sums = models.JSONField(default=dict)
    names = models.JSONField(default=dict)
    request_key = models.CharField(max_length=120, null=True, unique=True)
    publish_key = models.CharField(max_length=120, null=True, unique=True)

    class Meta:
        verbose_name = _("frozen evaluation")
        verbose_name_plural = _("frozen evaluations")
        triggers = evaluation_triggers()
        constraints = [
            models.CheckConstraint(condition=Q(starts__lte=F("ends")), name="evaluation_ends_after_start"),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None, replaces=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="evaluation_published_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["subdistrict", "starts", "ends"], condition=Q(published_at=None), name="evaluation_one_waits"
            ),
            models.UniqueConstraint(
                fields=["subdistrict", "starts", "ends"],
                condition=Q(published_at__isnull=False, replaces=None),
                name="evaluation_one_published",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts:%Y-%m-%d} – {self.ends:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("statistics:frozen", args=[self.pk])

    @property
    def period(self) -> Period:
        """The days of which it speaks."""
        return Period(self.starts, self.ends)


class FrozenFact(Counted):
    """What a case counted as when an evaluation was frozen, of those that count in its period in any cohort."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="facts", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="frozen_facts")

    class Meta:
        triggers = fact_triggers()
        constraints = [models.UniqueConstraint(fields=["evaluation", "case"], name="frozen_fact_unique")]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.case_id}"
