"""Limits that an office set for itself in place of those that the portal comes with."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from citymgmt.people.models import SubDistrict
from communities.local_rules import RULES, UNITS, Entered

LONGEST_SOURCE = 200  # characters


@pghistory.track()
class LocalRule(models.Model):
    """A local rule (地方规定) of an office: a limit in force from a day on, with where it stands. What was timed before
    keeps its deadline.
    """

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    name = models.CharField(_("rule"), max_length=20, choices=[(key, one.label) for key, one in RULES.items()])
    from_on = models.DateField(_("in force from"))
    value = models.PositiveSmallIntegerField(_("value"))
    unit = models.CharField(_("unit"), max_length=2, choices=list(UNITS.items()))
    source = models.CharField(_("source"), max_length=LONGEST_SOURCE)

    class Meta:
        verbose_name = _("local rule")
        verbose_name_plural = _("local rules")
        ordering = ["subdistrict", "name", "-from_on"]
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "name", "from_on"], name="local_rule_once_a_day"),
            models.CheckConstraint(condition=Q(value__gte=1), name="local_rule_positive"),
            models.CheckConstraint(condition=~Q(source=""), name="local_rule_has_source"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.from_on}"

    @property
    def entered(self) -> Entered:
        """The same as the pure core takes it."""
        return Entered(self.name, self.from_on, self.value, self.unit, self.source)
