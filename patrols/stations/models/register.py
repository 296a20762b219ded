"""A station with what its board must show, and the items that are looked at in stations of its kind."""

from datetime import date

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Category
from citymgmt.people.models import Bilingual, SubDistrict
from communities.models import Placed
from patrols.stations.checklist import VALUE, YES_NO, Asked, range_text
from patrols.teams.models import Team

WEEK = (1, 2, 3, 4, 5, 6, 7)  # Monday to Sunday, as ISO 8601 counts
LONGEST_UNIT = 20  # characters


class StationKind(models.TextChoices):
    """The kinds of stations of domain 9.2."""

    TRANSFER = "transfer", _("waste transfer station")
    COLLECTION = "collection", _("waste collection point")
    TOILET = "toilet", _("public toilet")
    DISINFECTION = "disinfection", _("disinfection station")


@pghistory.track()
class Station(Placed, Bilingual):
    """A sanitation or disinfection station (环卫站、消毒站).

    Its board shows name, responsible unit and person, opening hours and a supervision phone that answers day and night.
    Hours that end as they begin are the whole day; those that end before they begin cross midnight.
    Source: domain.md 9.2.
    """

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    kind = models.CharField(_("kind"), max_length=12, choices=StationKind.choices)
    team = models.ForeignKey(Team, models.PROTECT, related_name="stations", verbose_name=_("team that checks it"))
    unit = models.CharField(_("responsible unit"), max_length=100)
    person = models.CharField(_("responsible person"), max_length=60)
    phone = models.CharField(_("24-hour supervision phone"), max_length=30)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))
    open_days = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("open on"))
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("sanitation station")
        verbose_name_plural = _("sanitation stations")
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "name_zh"], name="station_name_unique"),
            models.CheckConstraint(
                condition=Q(open_days__len__gte=1, open_days__contained_by=list(WEEK)), name="station_open_some_day"
            ),
            models.CheckConstraint(
                condition=Q(longitude=None, latitude=None)
                | Q(longitude__isnull=False, latitude__isnull=False)
                & Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="station_point_on_earth",
            ),
        ]

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("stations:station", args=[self.pk])

    def is_open_on(self, day: date) -> bool:
        """Whether it is open on a day, and so must be checked."""
        return self.is_active and day.isoweekday() in self.open_days

    @property
    def is_open_day_and_night(self) -> bool:
        """Whether it never closes on its days."""
        return self.opens == self.closes


class AnswerKind(models.TextChoices):
    """How an item is answered."""

    YES_NO = YES_NO, _("in order or not")
    VALUE = VALUE, _("a measured value")


@pghistory.track()
class ChecklistItem(Bilingual):
    """What is looked at each day in stations of a kind, in the order of `position`.

    A failed answer leads to a case of `category`. Source: domain.md 9.2.
    """

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    kind = models.CharField(_("kind of station"), max_length=12, choices=StationKind.choices)
    position = models.PositiveSmallIntegerField(_("place in the order"))
    answer = models.CharField(
        _("how it is answered"), max_length=6, choices=AnswerKind.choices, default=AnswerKind.YES_NO
    )
    unit = models.CharField(_("unit"), max_length=LONGEST_UNIT, blank=True)
    lowest = models.FloatField(_("lowest value allowed"), null=True, blank=True)
    highest = models.FloatField(_("highest value allowed"), null=True, blank=True)
    needs_photo = models.BooleanField(_("photo when it failed"), default=False)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category of a case")
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("item of a checklist")
        verbose_name_plural = _("items of checklists")
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "kind", "name_zh"], name="checklist_item_once"),
            models.CheckConstraint(
                condition=Q(answer=YES_NO, unit="", lowest=None, highest=None)
                | (Q(answer=VALUE) & ~Q(unit="") & (Q(lowest__isnull=False) | Q(highest__isnull=False))),
                name="checklist_value_has_range",
            ),
            models.CheckConstraint(
                condition=Q(lowest=None) | Q(highest=None) | Q(lowest__lte=F("highest")),
                name="checklist_range_in_order",
            ),
        ]

    @property
    def asked(self) -> Asked:
        """What it asks, for the rules."""
        return Asked(self.answer, self.lowest, self.highest, self.needs_photo)

    @property
    def range(self) -> str:
        """The values that are allowed."""
        return range_text(self.lowest, self.highest)
