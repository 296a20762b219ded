"""Where: communities, their duty grids and key places."""

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from citymgmt.people.models import Bilingual, SubDistrict, tells_version
from communities.boundaries import check_boundary

LONGEST_ADDRESS = 200  # characters
digits_12 = RegexValidator(r"^[0-9]{12}\Z", _("Twelve digits."))


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


class Placed(models.Model):
    """Something in a community, with its address and its point in WGS-84 degrees where these are known."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    address = models.CharField(_("address"), max_length=LONGEST_ADDRESS, blank=True)
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

    class Meta:
        abstract = True
