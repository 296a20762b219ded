"""Watches at guard posts with their photos and histories. Columns that follow from events are written by
`patrols.guards.journal` alone.
"""

from datetime import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from citymgmt.history import Event, append_only, never_removed, numbered
from citymgmt.people.models import User
from citymgmt.photos.stored import StoredPhoto
from citymgmt.worktime.models import Timed
from communities.models import Point
from patrols.guards import lifecycle
from patrols.guards.models.posts import GuardHours, GuardPost
from patrols.teams.models import Team

LONGEST_NOTE = 300  # characters


class GuardWatch(Timed):
    """That somebody guards a post for some hours of a day (守点值守); without `user` it is open to the team.

    `due_at` is when the ladder "guard" begins while nobody has come. `turn_of` is whose turn it was by the roster.
    `place` tells apart those who guard together. `relieves` is the watch from which this one took over.
    """

    # facts
    post = models.ForeignKey(GuardPost, models.PROTECT, related_name="watches", verbose_name=_("guard post"))
    hours = models.ForeignKey(GuardHours, models.PROTECT, related_name="watches", verbose_name=_("guard hours"))
    team = models.ForeignKey(Team, models.PROTECT, related_name="watches", verbose_name=_("team"))
    on = models.DateField(_("day"))
    place = models.PositiveSmallIntegerField(_("place"))
    period = DateTimeRangeField(_("hours"))
    # what follows from the events
    version = models.PositiveIntegerField(default=0)
    state = models.CharField(_("state"), max_length=16, choices=lifecycle.STATE_CHOICES)
    ladder_code = models.CharField(max_length=4, blank=True)
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person on guard")
    )
    turn_of = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("turn of")
    )
    is_by_hand = models.BooleanField(default=False)
    arrived_at = models.DateTimeField(_("arrived at"), null=True, blank=True)
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)
    is_by_word = models.BooleanField(_("by word alone"), default=False)
    metres = models.PositiveIntegerField(_("metres from the post"), null=True, blank=True)
    accuracy_m = models.PositiveIntegerField(_("accuracy in metres"), null=True, blank=True)
    relieves = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("took over from")
    )

    class Meta:
        verbose_name = _("guard watch")
        verbose_name_plural = _("guard watches")
        constraints = [
            models.UniqueConstraint(
                fields=["hours", "on", "place"], condition=~Q(state="withdrawn"), name="guard_watch_once"
            ),
            ExclusionConstraint(
                name="guard_watch_one_at_a_time",
                expressions=[(Point("user_id"), RangeOperators.OVERLAPS), ("period", RangeOperators.OVERLAPS)],
                condition=Q(state__in=["planned", "present", "done"], user__isnull=False),
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="guard_watch_takes_time"),
            models.CheckConstraint(
                condition=Q(state__in=["present", "done"], arrived_at__isnull=False, user__isnull=False)
                | ~Q(state__in=["present", "done"]) & Q(arrived_at=None),
                name="guard_watch_stood_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="done", left_at__gte=F("arrived_at")) | ~Q(state="done") & Q(left_at=None),
                name="guard_watch_left_after",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name="guard_watch_due_for_sweep"
            ),
            models.Index(fields=["team", "on"], name="guard_watch_of_team_on_day"),
            models.Index(fields=["post", "on"], name="guard_watch_of_post_on_day"),
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.on} {self.hours.starts:%H:%M}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("guards:watch", args=[self.pk])

    @property
    def starts_at(self) -> datetime:
        """When it begins."""
        assert self.period.lower is not None  # a watch has hours
        return self.period.lower

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        assert self.period.upper is not None
        return self.period.upper

    @property
    def waits(self) -> bool:
        """Whether nobody has come, and nobody has said why."""
        return lifecycle.STATES[self.state].waits

    @property
    def is_stand_in(self) -> bool:
        """Whether somebody has it whose turn it was not."""
        return None not in (self.turn_of_id, self.user_id) and self.turn_of_id != self.user_id

    @property
    def late_minutes(self) -> int:
        """Whole minutes after its start; 0 for whoever came before it."""
        late = (self.arrived_at - self.starts_at).total_seconds() if self.arrived_at else 0
        return max(0, int(late // 60))


class GuardEvent(Event):
    """Something that happened to a guard watch."""

    guard_watch = models.ForeignKey(GuardWatch, models.PROTECT, db_index=False, related_name="events")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = numbered("guard_watch", "guard_event")
        triggers = append_only("The history of guard watches")

    def __str__(self) -> str:
        return f"{self.guard_watch_id}.{self.seq} {self.kind}"


class WatchPhoto(StoredPhoto):
    """A photo taken on arrival at a post; it stays as long as the history."""

    watch = models.ForeignKey(GuardWatch, models.PROTECT, related_name="photos", verbose_name=_("guard watch"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("photo of a watch")
        verbose_name_plural = _("photos of watches")
        constraints = [*StoredPhoto.Meta.constraints]
        indexes = [*StoredPhoto.Meta.indexes]
        triggers = never_removed("The photos of guard watches")

    def __str__(self) -> str:
        return f"photo {self.pk} of watch {self.watch_id}"

    @property
    def label(self) -> str:
        """What a reader who cannot see it is told."""
        return _t("Photo of %(point)s") % {"point": self.watch.post}
