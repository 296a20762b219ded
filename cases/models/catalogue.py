"""The standards catalogue: disorder > category > filing condition with its limit (domain 2.2, 3.7)."""

from typing import Any

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from citymgmt.people.models import Bilingual, in_language, tells_version
from citymgmt.worktime.clock import Limit, Unit
from citymgmt.worktime.models import UnitChoice
from communities.models import Regulation


@pghistory.track()
class Disorder(Bilingual):
    """A class of matters: one of the six disorders (六乱) or another class beside them."""

    key = models.SlugField(_("key"), max_length=20, unique=True)
    is_six_disorder = models.BooleanField(_("one of the six disorders"), default=False)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        verbose_name = _("disorder")
        verbose_name_plural = _("disorders")
        ordering = ["sort_order", "key"]
        triggers = [tells_version()]


@pghistory.track()
class Category(Bilingual):
    """A sub-category (小类) with its codes of 2026 and 2013."""

    disorder = models.ForeignKey(Disorder, models.PROTECT, related_name="categories", verbose_name=_("disorder"))
    code_2026 = models.CharField(_("code 2026"), max_length=5, blank=True)
    code_2013 = models.CharField(_("code 2013"), max_length=4, blank=True)
    is_local_extension = models.BooleanField(_("local extension"), default=False)
    pinyin = models.CharField(_("pinyin initials"), max_length=30, blank=True)
    aliases_zh = models.CharField(_("other names"), max_length=200, blank=True)
    help_zh = models.TextField(_("boundary rule"), blank=True)
    help_en = models.TextField(_("boundary rule (English)"), blank=True)
    department_key = models.SlugField(_("department for escalation"), max_length=30, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["disorder__sort_order", "code_2026", "code_2013"]
        triggers = [tells_version()]
        constraints = [
            models.CheckConstraint(condition=~Q(code_2026="") | ~Q(code_2013=""), name="category_has_a_code"),
            models.UniqueConstraint(fields=["code_2026", "code_2013", "name_zh"], name="category_code_unique"),
        ]

    @property
    def code(self) -> str:
        """The code people quote: that of 2026, else that of 2013."""
        return self.code_2026 or self.code_2013

    @property
    def help(self) -> str:
        """How this category differs from its neighbours, in the reader's language."""
        return in_language(self.help_zh, self.help_en)


class _LineAndZone(Func):
    """Line and zone of a standard folded into one number's range, comparable by plain GiST."""

    function = "int8range"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        number = F("line") * 10 + F("zone")
        super().__init__(number, number, Value("[]"))


@pghistory.track()
class CaseStandard(models.Model):
    """One filing condition with limit and closing condition, for a range of days; versions share `line` and zone."""

    class Zone(models.IntegerChoices):
        ANY = 0, _("everywhere")
        A = 1, _("zone A (core)")
        B = 2, _("zone B")
        C = 3, _("zone C (general)")

    line = models.PositiveIntegerField(_("line"), help_text=_("Row of the catalogue x 10 + part; versions share it."))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    category = models.ForeignKey(Category, models.PROTECT, related_name="standards", verbose_name=_("category"))
    condition_zh = models.CharField(_("filing condition"), max_length=300)
    condition_en = models.CharField(_("filing condition (English)"), max_length=300, blank=True)
    closing_zh = models.CharField(_("closing condition"), max_length=200)
    closing_en = models.CharField(_("closing condition (English)"), max_length=200, blank=True)
    zone = models.PositiveSmallIntegerField(_("zone"), choices=Zone.choices, default=Zone.ANY)
    limit_value = models.PositiveSmallIntegerField(_("limit"))
    limit_unit = models.CharField(_("unit"), max_length=2, choices=UnitChoice.choices)
    handled_by = models.CharField(_("handling units"), max_length=120, blank=True)
    department_key = models.SlugField(_("department for escalation"), max_length=30, blank=True)
    legal_basis_zh = models.TextField(_("legal basis"), blank=True)
    street_may_penalise = models.BooleanField(_("sub-district may penalise"), default=False)
    source = models.CharField(_("source"), max_length=200, blank=True)
    validity = DateRangeField(_("valid"))

    class Meta:
        verbose_name = _("case standard")
        verbose_name_plural = _("case standards")
        ordering = ["category__disorder__sort_order", "line", "zone", "version"]
        triggers = [tells_version()]
        constraints = [
            ExclusionConstraint(
                name="one_standard_each_day",
                expressions=[
                    (_LineAndZone(), RangeOperators.OVERLAPS),
                    ("validity", RangeOperators.OVERLAPS),
                ],
            ),
            models.UniqueConstraint(fields=["line", "zone", "version"], name="standard_version_unique"),
            models.CheckConstraint(condition=Q(limit_value__range=(1, 400)), name="standard_limit_sane"),
            models.CheckConstraint(condition=Q(validity__isempty=False), name="standard_validity_not_empty"),
        ]

    def __str__(self) -> str:
        return self.condition

    @property
    def condition(self) -> str:
        """The filing condition in the reader's language."""
        return in_language(self.condition_zh, self.condition_en)

    @property
    def closing(self) -> str:
        """The closing condition in the reader's language."""
        return in_language(self.closing_zh, self.closing_en)

    @property
    def limit(self) -> Limit:
        """The time limit for handling."""
        return Limit(self.limit_value, Unit(self.limit_unit))

    @property
    def label(self) -> str:
        """Row and part of the catalogue, for example 13a."""
        row, part = divmod(self.line, 10)
        return f"{row}{' abcdefghi'[part].strip()}"


@pghistory.track()
class Citation(models.Model):
    """A regulation on which a version of a filing condition rests: each version has its own, so that it stays true
    what a case was filed by.
    """

    standard = models.ForeignKey(
        CaseStandard, models.PROTECT, related_name="citations", verbose_name=_("case standard")
    )
    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="citations", verbose_name=_("regulation"))

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["standard", "id"]
        triggers = [tells_version()]
        constraints = [models.UniqueConstraint(fields=["standard", "regulation"], name="citation_once")]

    def __str__(self) -> str:
        return f"{self.standard_id} {self.regulation_id}"
