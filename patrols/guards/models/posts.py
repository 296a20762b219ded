"""Guard posts with the hours at which they are guarded."""

from datetime import date

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from citymgmt.people.models import Bilingual
from communities.models import DatedDuty, KeyPlace, Placed
from patrols.guards import roster
from patrols.teams.models import Team

LEAST_RADIUS_M, MOST_RADIUS_M, USUAL_RADIUS_M = 20, 1000, 100
MOST_PERSONS = 20


class GuardedPlace(KeyPlace):
    """A key place (重点部位), as patrols see it."""

    class Meta:
        proxy = True
        verbose_name = _("key place")
        verbose_name_plural = _("key places")

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("guards:place", args=[self.pk])


@pghistory.track()
class GuardPost(Placed, Bilingual, DatedDuty):
    """A guard post (守点): where a team stands guard, at a key place or anywhere else.

    Whoever is within `radius_m` metres of its point has arrived.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="posts", verbose_name=_("team"))
    key_place = models.ForeignKey(
        GuardedPlace, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("key place")
    )
    radius_m = models.PositiveSmallIntegerField(
        _("radius in metres"),
        default=USUAL_RADIUS_M,
        validators=[MinValueValidator(LEAST_RADIUS_M), MaxValueValidator(MOST_RADIUS_M)],
    )

    class Meta:
        verbose_name = _("guard post")
        verbose_name_plural = _("guard posts")
        constraints = [
            models.UniqueConstraint(fields=["community", "name_zh"], name="guard_post_name_unique"),
            models.CheckConstraint(
                condition=Q(longitude__range=(-180, 180), latitude__range=(-90, 90))
                & Q(longitude__isnull=False, latitude__isnull=False),
                name="guard_post_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(radius_m__range=(LEAST_RADIUS_M, MOST_RADIUS_M)), name="guard_post_radius"
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="guard_post_holds_some_day"),
        ]

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("guards:post", args=[self.pk])

    @property
    def point(self) -> tuple[float, float]:
        """Longitude and latitude in WGS-84 degrees."""
        assert self.longitude is not None  # a constraint: a post has a point
        assert self.latitude is not None
        return float(self.longitude), float(self.latitude)

    def holds_on(self, day: date) -> bool:
        """Whether it is valid on a day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@pghistory.track()
class GuardHours(models.Model):
    """Hours (守点时段) at which a post is guarded, and by how many. Source: domain.md 1, rows 23 and 34."""

    class Days(models.TextChoices):
        EVERY_DAY = roster.EVERY_DAY, _("every day")
        WORKING_DAYS = roster.WORKING_DAYS, _("on working days")
        DAYS_OFF = roster.DAYS_OFF, _("on days off and holidays")

    post = models.ForeignKey(GuardPost, models.PROTECT, related_name="hours", verbose_name=_("guard post"))
    days = models.CharField(_("days"), max_length=8, choices=Days.choices, default=Days.EVERY_DAY)
    starts = models.TimeField(_("starts"))
    ends = models.TimeField(_("ends"))
    persons = models.PositiveSmallIntegerField(_("persons"), default=1)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("guard hours")
        verbose_name_plural = _("guard hours")
        constraints = [
            models.UniqueConstraint(fields=["post", "days", "starts", "ends"], name="guard_hours_once"),
            models.CheckConstraint(condition=~Q(starts=F("ends")), name="guard_hours_take_time"),
            models.CheckConstraint(condition=Q(persons__range=(1, MOST_PERSONS)), name="guard_hours_persons"),
        ]

    def __str__(self) -> str:
        return f"{self.get_days_display()} {self.starts:%H:%M}–{self.ends:%H:%M}"

    @property
    def asked(self) -> roster.Hours:
        """What they ask for, for the rules."""
        post = self.post
        return roster.Hours(self.pk, self.days, self.starts, self.ends, self.persons, post.from_on, post.until_on)
