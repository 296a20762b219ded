"""Forums of communities (社区城市管理论坛). Columns that follow from events are written by the journal alone."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.publicity import lifecycle
from cases.publicity.models.items import steps_in_order
from citymgmt.history import Event, append_only, numbered
from citymgmt.people.models import SubDistrict
from citymgmt.worktime.models import Termed
from communities.models import Community

LONGEST_TOPIC, LONGEST_PLACE, LONGEST_PERSON, LONGEST_INVITED, LONGEST_RECORD = 100, 100, 40, 500, 5000
MOST_PEOPLE = 20_000
STATES = [(key, stage.label) for key, stage in lifecycle.FORUM.stages.items()]


def people(label: str) -> models.PositiveIntegerField:
    """How many of a group came; nothing before it was held."""
    return models.PositiveIntegerField(label, null=True, blank=True)


class Forum(Termed):
    """A forum of a community: residents and others talk with the office. Due is the day on which it is held: by then
    its record is written.
    """

    # facts
    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    made_at = models.DateTimeField(_("entered at"))
    # what follows from the events
    state = models.CharField(_("state"), max_length=16, choices=STATES)
    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    held_at = models.DateTimeField(_("day and time"))
    place = models.CharField(_("place"), max_length=LONGEST_PLACE)
    topic = models.CharField(_("topic of the forum"), max_length=LONGEST_TOPIC)
    chair = models.CharField(_("chair"), max_length=LONGEST_PERSON)
    invited = models.CharField(_("who is invited"), max_length=LONGEST_INVITED, blank=True)
    residents = people(lifecycle.GROUPS["residents"])
    merchants = people(lifecycle.GROUPS["merchants"])
    units = people(lifecycle.GROUPS["units"])
    deputies = people(lifecycle.GROUPS["deputies"])
    officials = people(lifecycle.GROUPS["officials"])
    record = models.TextField(_("record"), max_length=LONGEST_RECORD, blank=True)

    class Meta:
        verbose_name = _("forum")
        verbose_name_plural = _("forums")
        ordering = ["-held_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=lifecycle.HELD, **{f"{name}__isnull": False for name in lifecycle.GROUPS})
                & ~Q(record="")
                | ~Q(state=lifecycle.HELD) & Q(record="", **dict.fromkeys(lifecycle.GROUPS)),
                name="forum_held_has_record",
            )
        ]
        indexes = [
            models.Index(fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name="forum_due_for_sweep")
        ]
        triggers = [steps_in_order("forum_steps_in_order", [lifecycle.PLANNED], "forum", "This is no step of a forum")]

    def __str__(self) -> str:
        return self.topic

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("publicity:forum", args=[self.pk])

    @property
    def is_held(self) -> bool:
        """Whether it was held."""
        return self.state == lifecycle.HELD

    @property
    def came(self) -> int:
        """How many came, all together."""
        return sum(getattr(self, name) or 0 for name in lifecycle.GROUPS)


class ForumEvent(Event):
    """Something that happened to a forum."""

    forum = models.ForeignKey(Forum, models.PROTECT, db_index=False, related_name="events")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["forum", "seq"]
        constraints = numbered("forum", "forum_event")
        triggers = append_only("The history of forums")

    def __str__(self) -> str:
        return f"{self.forum_id}.{self.seq} {self.kind}"
