"""Data of patrol rounds: classes of places, routes of points, plans, the rounds themselves and their histories.

Columns of a round and its visits that follow from events are written by `patrols.rounds.journal` alone.
"""

import secrets
from datetime import datetime

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from citymgmt.history import Event, Part, append_only, never_removed, numbered
from citymgmt.people.models import Bilingual, SubDistrict, User
from citymgmt.photos.stored import StoredPhoto
from citymgmt.worktime.models import Timed
from communities.models import Community, DatedDuty, KeyPlace, Point, ResidentialArea
from patrols.rounds import lifecycle
from patrols.rounds.planning import MOST_DAYS, MOST_TIMES, Wish
from patrols.sites.models import Site
from patrols.teams.models import Shift, Team

LONGEST_NAME = 100  # characters
LONGEST_NOTE = 1000
LONGEST_VISIT = 240  # minutes


# --- where one goes ------------------------------------------------------------------------------------------------
@pghistory.track()
class PlaceClass(Bilingual):
    """A class of places (巡查等级): how often they are to be seen, and how many minutes a visit takes.

    Source of the usual classes: domain.md 9.2; every office changes them.
    """

    code = models.CharField(_("code"), max_length=20, unique=True)
    times = models.PositiveSmallIntegerField(_("times"), validators=[MinValueValidator(1)])
    days = models.PositiveSmallIntegerField(
        _("in so many days"), validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)]
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes of a visit"), default=5, validators=[MinValueValidator(1), MaxValueValidator(LONGEST_VISIT)]
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("class of places")
        verbose_name_plural = _("classes of places")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(times__gte=1, days__gte=1, days__lte=MOST_DAYS, times__lte=F("days") * MOST_TIMES),
                name="place_class_can_be_walked",
            ),
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=LONGEST_VISIT), name="place_class_minutes"),
        ]

    @property
    def wish(self) -> Wish:
        """How often one of its places is to be seen."""
        return Wish(self.times, self.days)


@pghistory.track()
class Route(Bilingual):
    """A route (巡查路线): places that a team walks together."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="routes", verbose_name=_("team"))
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("route")
        verbose_name_plural = _("routes")
        ordering = ["team", "name_zh"]
        constraints = [models.UniqueConstraint(fields=["team", "name_zh"], name="route_name_unique")]

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("rounds:route", args=[self.pk])


def new_code() -> str:
    """A code for a point's sign, which nobody guesses: 128 bits."""
    return secrets.token_urlsafe(16)


@pghistory.track(exclude=["code"])
class RoutePoint(models.Model):
    """A point of a route (巡查点): a place that is to be seen as often as its class says. `code` is on its sign."""

    route = models.ForeignKey(Route, models.PROTECT, related_name="points", verbose_name=_("route"))
    place_class = models.ForeignKey(PlaceClass, models.PROTECT, related_name="+", verbose_name=_("class"))
    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    key_place = models.ForeignKey(
        KeyPlace, models.PROTECT, null=True, blank=True, related_name="route_points", verbose_name=_("key place")
    )
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="route_points", verbose_name=_("construction site")
    )
    area = models.ForeignKey(
        ResidentialArea, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("residential area")
    )
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    address = models.CharField(_("address"), max_length=200, blank=True)
    longitude = models.DecimalField(
        _("longitude"), max_digits=10, decimal_places=7, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    latitude = models.DecimalField(
        _("latitude"), max_digits=9, decimal_places=7, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    code = models.CharField(max_length=22, unique=True, default=new_code)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("point of a route")
        verbose_name_plural = _("points of routes")
        ordering = ["route", "id"]
        constraints = [
            models.UniqueConstraint(fields=["route", "name"], name="route_point_name_unique"),
            models.CheckConstraint(
                condition=Q(longitude__gte=-180, longitude__lte=180, latitude__gte=-90, latitude__lte=90),
                name="route_point_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name


# --- plans ---------------------------------------------------------------------------------------------------------
@pghistory.track()
class RoutePlan(DatedDuty):
    """A plan (巡查计划) of the rounds of a route in a period; the same points, days and seed give the same plan.

    One that is withdrawn counts no more; its rounds that nobody had begun, and whose shift was not over, are excused.
    """

    route = models.ForeignKey(Route, models.PROTECT, related_name="plans", verbose_name=_("route"))
    seed = models.BigIntegerField(_("seed"))
    avoids_holidays = models.BooleanField(_("no rounds on days off"), default=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("planned by"))
    made_at = models.DateTimeField(_("planned at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("plan of rounds")
        verbose_name_plural = _("plans of rounds")
        ordering = ["-period", "-id"]
        constraints = [
            ExclusionConstraint(
                name="route_one_plan_each_day",
                expressions=[(Point("route_id"), RangeOperators.OVERLAPS), ("period", RangeOperators.OVERLAPS)],
                condition=Q(withdrawn_at=None),
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="route_plan_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.route} {self.period.lower}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("rounds:plan", args=[self.pk])


# --- rounds --------------------------------------------------------------------------------------------------------
class PatrolRound(Timed):
    """A patrol round (巡查): of a route, in a shift. It climbs the ladder "round" while it is not walked.

    `due_at` is the end of the shift. `version` is the number of its events. `walker` is who started it.
    """

    # facts
    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    team = models.ForeignKey(Team, models.PROTECT, related_name="rounds", verbose_name=_("team"))
    route = models.ForeignKey(Route, models.PROTECT, related_name="rounds", verbose_name=_("route"))
    plan = models.ForeignKey(
        RoutePlan, models.PROTECT, null=True, blank=True, related_name="rounds", verbose_name=_("plan")
    )
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="+", verbose_name=_("shift"))
    on = models.DateField(_("day"))
    starts_at = models.DateTimeField(_("from"))
    # what follows from the events
    version = models.PositiveIntegerField(default=0)
    state = models.CharField(_("state"), max_length=16, choices=lifecycle.STATE_CHOICES)
    ladder_code = models.CharField(max_length=4, blank=True)
    walker = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("walked by")
    )
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("patrol round")
        verbose_name_plural = _("patrol rounds")
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "on", "shift"], name="round_once_in_a_shift"),
            models.UniqueConstraint(fields=["walker"], condition=Q(state="walking"), name="round_walked_one_at_a_time"),
            models.CheckConstraint(condition=Q(due_at__gt=F("starts_at")), name="round_takes_time"),
            models.CheckConstraint(
                condition=Q(state__in=["walking", "walked"], walker__isnull=False, started_at__isnull=False)
                | ~Q(state__in=["walking", "walked"]),
                name="round_walked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["walked", "missed", "excused"], ended_at__isnull=False)
                | Q(state__in=["appointed", "walking"], ended_at=None),
                name="round_ended_has_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name="round_due_for_sweep"
            ),
            models.Index(fields=["team", "on", "id"], name="round_of_team_on_day"),
            models.Index(fields=["subdistrict", "on", "id"], name="round_of_office_on_day"),
        ]

    def __str__(self) -> str:
        return f"{self.route} {self.on} {self.shift}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("rounds:round", args=[self.pk])

    @property
    def is_unfinished(self) -> bool:
        """Whether somebody has still to walk it."""
        return self.state in lifecycle.UNFINISHED

    @property
    def is_late(self) -> bool:
        """Whether it was walked, but its shift was over by then."""
        return self.state == lifecycle.WALKED and self.ended_at > _known(self.due_at)  # type: ignore[operator]

    def is_overdue(self, at: datetime) -> bool:
        """Whether nobody has walked it, and its shift is over."""
        return self.is_unfinished and _known(self.due_at) < at

    @staticmethod
    def late_at(at: datetime) -> Q:
        """Those that are overdue at a moment, and those that were walked late."""
        return Q(state__in=lifecycle.UNFINISHED, due_at__lt=at) | Q(state=lifecycle.WALKED, ended_at__gt=F("due_at"))


def _known(moment: datetime | None) -> datetime:
    assert moment is not None  # a round is always due
    return moment


class Visit(Part):
    """A point in a round, in the order of the walk: seen, skipped, or not yet. Its columns follow from the events.

    `metres` is how far from the point somebody stood (None: not known), `accuracy_m` how sure that is.
    """

    class State(models.TextChoices):
        AHEAD = "ahead", _("not yet")
        SEEN = "seen", _("seen")
        SKIPPED = "skipped", _("skipped")

    class Way(models.TextChoices):
        POSITION = "position", _("by position")
        CODE = "code", _("by the code on the sign")
        WORD = "word", _("by word alone")

    round = models.ForeignKey(PatrolRound, models.PROTECT, related_name="visits", verbose_name=_("round"))
    point = models.ForeignKey(RoutePoint, models.PROTECT, related_name="visits", verbose_name=_("point"))
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.AHEAD)
    at = models.DateTimeField(_("at"), null=True, blank=True)
    way = models.CharField(_("way"), max_length=8, choices=Way.choices, blank=True)
    metres = models.PositiveIntegerField(_("metres from the point"), null=True, blank=True)
    accuracy_m = models.PositiveIntegerField(_("accuracy in metres"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["round", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["round", "ordinal"], name="visit_ordinal_unique"),
            models.CheckConstraint(
                condition=Q(state="ahead", at=None, way="")
                | Q(state="seen", at__isnull=False) & ~Q(way="")
                | Q(state="skipped", at__isnull=False, way="") & ~Q(note=""),
                name="visit_says_how",
            ),
        ]
        indexes = [models.Index(fields=["point", "at"], condition=Q(state="seen"), name="visit_seen_of_point")]

    def __str__(self) -> str:
        return f"{self.round_id}.{self.ordinal}"


class RoundEvent(Event):
    """Something that happened to a patrol round."""

    round = models.ForeignKey(PatrolRound, models.PROTECT, db_index=False, related_name="events")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["round", "seq"]
        constraints = numbered("round", "round_event")
        triggers = append_only("The history of patrol rounds")

    def __str__(self) -> str:
        return f"{self.round_id}.{self.seq} {self.kind}"


class VisitPhoto(StoredPhoto):
    """A photo taken at a point; it stays as long as the history."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="photos", verbose_name=_("visit"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("photo of a visit")
        verbose_name_plural = _("photos of visits")
        ordering = ["visit", "id"]
        constraints = [*StoredPhoto.Meta.constraints]
        indexes = [*StoredPhoto.Meta.indexes]
        triggers = never_removed("The photos of patrol rounds")

    def __str__(self) -> str:
        return f"photo {self.pk} of visit {self.visit_id}"
