"""Where and whose: communities, duty grids, key places, and who answered for a community on which day."""

from datetime import date, timedelta

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from citymgmt.people.models import Bilingual, SubDistrict, User, tells_version
from citymgmt.worktime.models import Timed
from communities.boundaries import check_boundary

digits_12 = RegexValidator(r"^[0-9]{12}\Z", _("Twelve digits."))


class Point(Func):
    """A number as a range that holds only itself, so that plain GiST can compare it (no extension needed)."""

    function = "int8range"

    def __init__(self, expression: str) -> None:
        super().__init__(F(expression), F(expression), Value("[]"))


@pghistory.track()
class Community(Bilingual):
    """A community (社区) of a sub-district. Code: 12-digit statistical code where it is known."""

    code = models.CharField(_("code"), max_length=12, unique=True, validators=[digits_12])
    subdistrict = models.ForeignKey(
        SubDistrict, models.PROTECT, related_name="communities", verbose_name=_("sub-district")
    )
    urban_rural_class = models.CharField(_("urban-rural class"), max_length=20, blank=True)
    boundary = models.JSONField(
        _("boundary"),
        null=True,
        blank=True,
        validators=[check_boundary],
        help_text=_("GeoJSON geometry in WGS-84."),
    )
    office_address = models.CharField(_("address of the community office"), max_length=200, blank=True)
    office_phone = models.CharField(_("office phone"), max_length=30, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("communities")
        ordering = ["code"]
        triggers = [tells_version()]
        constraints = [models.UniqueConstraint(fields=["subdistrict", "name_zh"], name="community_name_unique")]


@pghistory.track()
class DutyGrid(Bilingual):
    """A responsibility grid (责任网格) within a community."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="grids", verbose_name=_("community"))
    code = models.CharField(_("code"), max_length=20, unique=True)

    class Meta:
        verbose_name = _("duty grid")
        verbose_name_plural = _("duty grids")
        ordering = ["code"]


@pghistory.track()
class KeyPlace(Bilingual):
    """A key place (重点部位): main street, food market, window area and the like."""

    class Kind(models.TextChoices):
        STREET = "street", _("main street")
        MARKET = "market", _("food market")
        WINDOW = "window", _("window area")
        SCHOOL = "school", _("school")
        HOSPITAL = "hospital", _("hospital")
        STATION = "station", _("station")
        SITE = "site", _("construction site")
        OTHER = "other", _("other place")

    community = models.ForeignKey(Community, models.PROTECT, related_name="key_places", verbose_name=_("community"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    address = models.CharField(_("address"), max_length=200, blank=True)
    pinyin = models.CharField(_("pinyin initials"), max_length=30, blank=True)
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=10,
        decimal_places=7,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=9,
        decimal_places=7,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("key place")
        verbose_name_plural = _("key places")
        ordering = ["community", "name_zh"]
        triggers = [tells_version()]
        constraints = [models.UniqueConstraint(fields=["community", "name_zh"], name="key_place_name_unique")]


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
