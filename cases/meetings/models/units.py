"""Who sits in the meetings of an office, and by which rule they come together."""

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.meetings.regular import LAST, MOST_MONTHS, Rhythm
from citymgmt.people.models import Bilingual, Organisation, SubDistrict
from communities.models import Community, Institution


@pghistory.track()
class MemberUnit(Bilingual):
    """A unit that sits in the joint meeting (成员单位), with its contact person and the substitute.

    With an `organisation` its people in the portal see its resolutions when they log in; with a `community` its officer
    does. One that is an `institution` of the register is entered from there. Phones and addresses are those of the
    office, never private ones.
    """

    class Kind(models.TextChoices):
        DEPARTMENT = "department", _("district department")
        POLICE = "police", _("police station")
        MARKET = "market", _("market supervision")
        INSTITUTION = "institution", _("institution")
        TEAM = "team", _("team")
        COMMUNITY = "community", _("community")
        OFFICE = "office", _("section of the office")

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("body in the portal")
    )
    community = models.ForeignKey(
        Community, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("community")
    )
    institution = models.OneToOneField(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="unit",
        verbose_name=_("institution of the area"),
    )
    contact_name = models.CharField(_("contact person"), max_length=60, blank=True)
    contact_phone = models.CharField(_("office phone"), max_length=30, blank=True)
    contact_email = models.EmailField(_("office e-mail"), blank=True)
    substitute_name = models.CharField(_("substitute"), max_length=60, blank=True)
    substitute_phone = models.CharField(_("office phone of the substitute"), max_length=30, blank=True)
    substitute_email = models.EmailField(_("office e-mail of the substitute"), blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("member unit")
        verbose_name_plural = _("member units")
        ordering = ["subdistrict", "kind", "id"]
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "name_zh"], name="member_unit_name_unique"),
            models.CheckConstraint(
                condition=Q(community=None) | Q(kind="community"), name="member_unit_of_a_community"
            ),
            models.CheckConstraint(
                condition=Q(institution=None) | Q(kind="institution"), name="member_unit_of_an_institution"
            ),
        ]


@pghistory.track()
class MeetingRule(models.Model):
    """A regular meeting (定期会议): on which weekday of which months, when and where, and who is invited."""

    class Ordinal(models.IntegerChoices):
        FIRST = 1, _("first")
        SECOND = 2, _("second")
        THIRD = 3, _("third")
        FOURTH = 4, _("fourth")
        LAST_ONE = LAST, _("last")

    class Weekday(models.IntegerChoices):
        MONDAY = 1, _("Monday")
        TUESDAY = 2, _("Tuesday")
        WEDNESDAY = 3, _("Wednesday")
        THURSDAY = 4, _("Thursday")
        FRIDAY = 5, _("Friday")
        SATURDAY = 6, _("Saturday")
        SUNDAY = 7, _("Sunday")

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    title = models.CharField(_("title"), max_length=100)
    ordinal = models.SmallIntegerField(_("which"), choices=Ordinal.choices, default=Ordinal.FIRST)
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday.choices, default=Weekday.TUESDAY)
    every_months = models.PositiveSmallIntegerField(
        _("every so many months"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)]
    )
    since = models.DateField(_("first day"))
    starts = models.TimeField(_("begins at"))
    place = models.CharField(_("place"), max_length=100)
    units = models.ManyToManyField(MemberUnit, related_name="+", blank=True, verbose_name=_("member units"))
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("regular meeting")
        verbose_name_plural = _("regular meetings")
        ordering = ["subdistrict", "id"]
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "title"], name="meeting_rule_title_unique"),
            models.CheckConstraint(condition=Q(ordinal__in=[1, 2, 3, 4, LAST]), name="meeting_rule_ordinal"),
            models.CheckConstraint(condition=Q(weekday__range=(1, 7)), name="meeting_rule_weekday"),
            models.CheckConstraint(condition=Q(every_months__range=(1, MOST_MONTHS)), name="meeting_rule_months"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def rhythm(self) -> Rhythm:
        """The rule for computing days."""
        return Rhythm(self.ordinal, self.weekday, self.every_months, self.since)
