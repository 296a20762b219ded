"""Data of cleanliness: street segments, samples drawn by lot with their points, blind spots and looks at them."""

from collections.abc import Sequence

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from citymgmt.people.models import SubDistrict, User
from communities.models import Community, Placed
from patrols.cleanliness.checks import FULL, ITEMS
from patrols.cleanliness.sampling import MOST_POINTS

LONGEST_CODE, LONGEST_NAME, LONGEST_SEED, LONGEST_NOTE = 20, 100, 60, 200  # characters
SHORTEST_M, LONGEST_M = 10, 50_000


@pghistory.track()
class StreetSegment(models.Model):
    """A stretch of a street in a community (保洁路段), kept clean by the hours of its class."""

    class RoadClass(models.IntegerChoices):
        FIRST = 1, _("class 1")
        SECOND = 2, _("class 2")
        THIRD = 3, _("class 3")
        FOURTH = 4, _("class 4")

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    code = models.CharField(_("code"), max_length=LONGEST_CODE)
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    road_class = models.PositiveSmallIntegerField(_("class of road"), choices=RoadClass.choices)
    length_m = models.PositiveIntegerField(
        _("length in metres"), validators=[MinValueValidator(SHORTEST_M), MaxValueValidator(LONGEST_M)]
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("street segment")
        verbose_name_plural = _("street segments")
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "code"], name="street_segment_code_once"),
            models.CheckConstraint(
                condition=Q(length_m__gte=SHORTEST_M, length_m__lte=LONGEST_M), name="street_segment_has_length"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@pghistory.track()
class SampleDraw(models.Model):
    """A sample of points that was drawn by lot (抽样). `frame` is what it was drawn from: code, class and metres of
    each segment, so that anybody can draw it again when the streets have changed.
    """

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    seed = models.CharField(_("seed"), max_length=LONGEST_SEED)
    count = models.PositiveSmallIntegerField(
        _("number of points"), validators=[MinValueValidator(1), MaxValueValidator(MOST_POINTS)]
    )
    frame = models.JSONField(_("streets drawn from"))
    at = models.DateTimeField(_("drawn at"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("drawn by"))

    class Meta:
        verbose_name = _("sample")
        verbose_name_plural = _("samples")
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "seed"], name="sample_draw_seed_once"),
            models.CheckConstraint(condition=Q(count__gte=1, count__lte=MOST_POINTS), name="sample_draw_has_points"),
        ]

    def __str__(self) -> str:
        return self.seed


@pghistory.track()
class SamplePoint(models.Model):
    """A metre of a street to be looked at, and what was amiss when somebody looked; no score before that."""

    draw = models.ForeignKey(SampleDraw, models.PROTECT, related_name="points", verbose_name=_("sample"))
    segment = models.ForeignKey(StreetSegment, models.PROTECT, related_name="points", verbose_name=_("street segment"))
    code = models.CharField(_("code of the segment when it was drawn"), max_length=LONGEST_CODE)
    road_class = models.PositiveSmallIntegerField(_("class of road"))
    ordinal = models.PositiveSmallIntegerField(_("ordinal"))
    metre = models.PositiveIntegerField(_("metre from the beginning"))
    amiss = models.JSONField(_("amiss"), default=list)
    score = models.PositiveSmallIntegerField(_("score"), null=True, validators=[MaxValueValidator(FULL)])
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True)
    looked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("looked at by"))
    looked_at = models.DateTimeField(_("looked at"), null=True)

    class Meta:
        verbose_name = _("point of a sample")
        verbose_name_plural = _("points of samples")
        indexes = [models.Index(fields=["segment", "looked_at"])]
        constraints = [
            models.UniqueConstraint(fields=["draw", "road_class", "ordinal"], name="sample_point_once"),
            models.CheckConstraint(
                condition=Q(score=None, looked_by=None, looked_at=None)
                | Q(score__lte=FULL, looked_by__isnull=False, looked_at__isnull=False),
                name="sample_point_looked_at_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.road_class}/{self.ordinal}"

    @property
    def told(self) -> Sequence[str]:
        """What was amiss, in the reader's language."""
        return [gettext(ITEMS[code]) for code in self.amiss]


@pghistory.track()
class BlindSpot(Placed):
    """A place that is dirty again and again (卫生死角), watched until it was found clean three times running."""

    name = models.CharField(_("place"), max_length=LONGEST_NAME)
    found_on = models.DateField(_("found on"))
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True)
    is_watched = models.BooleanField(_("watched"), default=True)
    clean_count = models.PositiveSmallIntegerField(_("clean times running"), default=0)

    class Meta:
        verbose_name = _("blind spot")
        verbose_name_plural = _("blind spots")
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="blind_spot_once")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class SpotLook(models.Model):
    """What somebody found at a blind spot on a day; one look counts for a day."""

    spot = models.ForeignKey(BlindSpot, models.PROTECT, related_name="looks", verbose_name=_("blind spot"))
    on = models.DateField(_("day"))
    at = models.DateTimeField(_("looked at"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("looked at by"))
    is_clean = models.BooleanField(_("clean"))
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True)

    class Meta:
        verbose_name = _("look at a blind spot")
        verbose_name_plural = _("looks at blind spots")
        constraints = [models.UniqueConstraint(fields=["spot", "on"], name="spot_look_once_a_day")]

    def __str__(self) -> str:
        return f"{self.spot} {self.on}"
