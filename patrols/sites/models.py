"""Data of construction sites: the site, its permits, its inspections item by item."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from citymgmt.people.models import User
from communities.models import KeyPlace, Placed
from patrols.sites.checklist import ITEMS, LONGEST_CODE

LONGEST_NAME, LONGEST_NUMBER, LONGEST_NOTE = 100, 60, 200  # characters


@pghistory.track(exclude=["contact_name", "contact_phone"])
class Site(Placed):
    """A construction site (工地); who is asked there is kept out of the audit trail."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        BUILDING = "building", _("under construction")
        STOPPED = "stopped", _("stopped")
        FINISHED = "finished", _("finished")

    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    builder = models.CharField(_("builder"), max_length=LONGEST_NAME, blank=True)
    contractor = models.CharField(_("contractor"), max_length=LONGEST_NAME, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=60, blank=True)
    contact_phone = models.CharField(_("telephone of the site"), max_length=30, blank=True)
    key_place = models.ForeignKey(
        KeyPlace, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("key place")
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.BUILDING)
    from_on = models.DateField(_("first day"), null=True, blank=True)
    until_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("construction site")
        verbose_name_plural = _("construction sites")
        constraints = [
            models.UniqueConstraint(fields=["community", "name"], name="site_name_unique"),
            models.CheckConstraint(
                condition=Q(from_on=None) | Q(until_on=None) | Q(until_on__gte=F("from_on")), name="site_ends_after"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class SitePermit(models.Model):
    """A permit of a site (许可), which holds until the day before it expires."""

    class Kind(models.TextChoices):
        PLANNING = "planning", _("construction planning permit")
        BUILDING = "building", _("construction permit")
        MUCK = "muck", _("muck disposal permit")
        ROAD = "road", _("permit to occupy or dig up the road")
        NIGHT = "night", _("night work permit")
        OTHER = "other", _("other permit")

    site = models.ForeignKey(Site, models.PROTECT, related_name="permits", verbose_name=_("construction site"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    number = models.CharField(_("number"), max_length=LONGEST_NUMBER)
    expires_on = models.DateField(_("expires on"), db_index=True)

    class Meta:
        verbose_name = _("permit of a site")
        verbose_name_plural = _("permits of sites")
        constraints = [models.UniqueConstraint(fields=["site", "kind", "number"], name="site_permit_once")]

    def __str__(self) -> str:
        return f"{self.site} {self.get_kind_display()}"


@pghistory.track()
class SiteInspection(models.Model):
    """That somebody looked at a site: who, when, and what was noted."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="inspections", verbose_name=_("construction site"))
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True)
    request_key = models.CharField(max_length=120, null=True, blank=True, unique=True)

    class Meta:
        verbose_name = _("inspection of a site")
        verbose_name_plural = _("inspections of sites")
        indexes = [models.Index(fields=["site", "-at", "-id"])]

    def __str__(self) -> str:
        return f"{self.site} {self.at}"


@pghistory.track()
class CheckedItem(models.Model):
    """An item of an inspection: met or not, and of one that is not the case that it became."""

    inspection = models.ForeignKey(
        SiteInspection, models.PROTECT, related_name="items", verbose_name=_("inspection of a site")
    )
    item = models.CharField(
        _("item"),
        max_length=LONGEST_CODE,
        choices=[(code, lazy(gettext, str)(item.label)) for code, item in ITEMS.items()],
    )
    is_met = models.BooleanField(_("met"))
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True)
    case = models.OneToOneField(Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("case"))

    class Meta:
        verbose_name = _("item of an inspection")
        verbose_name_plural = _("items of inspections")
        constraints = [
            models.UniqueConstraint(fields=["inspection", "item"], name="checked_item_once"),
            models.CheckConstraint(condition=Q(is_met=False) | Q(case=None), name="checked_item_case_of_fault"),
        ]

    def __str__(self) -> str:
        return f"{self.inspection} {self.item}"
