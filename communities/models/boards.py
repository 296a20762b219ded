"""What the public is told of whoever answers for a community, and the notice boards on which it stands.

Columns of a board that follow from its events are written by `communities.boards.journal` alone.
"""

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from citymgmt.history import Event, append_only, never_removed, numbered
from citymgmt.people.models import SubDistrict, User
from citymgmt.photos.stored import StoredPhoto
from citymgmt.worktime.models import Timed
from communities.boards.lifecycle import DOWN, RENEW, STATE_CHOICES
from communities.models.places import Community

LONGEST_BADGE, LONGEST_PHONE, LONGEST_HOURS, LONGEST_DUTIES, LONGEST_PLACE = 30, 30, 100, 300, 120


@pghistory.track()
class PublicCard(models.Model):
    """What the public is told of a person beside the name: a number of the office, never a private one.

    Source: domain.md 8.
    """

    user = models.OneToOneField(User, models.PROTECT, related_name="public_card", verbose_name=_("person"))
    badge_number = models.CharField(_("badge number"), max_length=LONGEST_BADGE, blank=True)
    phone = models.CharField(_("office phone"), max_length=LONGEST_PHONE)
    duties = models.TextField(_("what the person does"), max_length=LONGEST_DUTIES, blank=True)
    hours = models.CharField(_("reception hours"), max_length=LONGEST_HOURS, blank=True)

    class Meta:
        verbose_name = _("public card")
        verbose_name_plural = _("public cards")

    def __str__(self) -> str:
        return str(self.user)


@pghistory.track(
    pghistory.InsertEvent(), pghistory.DeleteEvent(), fields=["user", "consent_on", "by"], model_name="PortraitEvent"
)
class Portrait(StoredPhoto):
    """The portrait of a person for the boards. Without the day on which the person consented there is none; who takes
    the consent back has the row and its files removed.
    """

    user = models.OneToOneField(User, models.PROTECT, related_name="portrait", verbose_name=_("person"))
    consent_on = models.DateField(_("day of consent"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))

    class Meta:
        verbose_name = _("portrait")
        verbose_name_plural = _("portraits")
        constraints = [*StoredPhoto.Meta.constraints]
        indexes = [*StoredPhoto.Meta.indexes]

    def __str__(self) -> str:
        return f"portrait {self.pk}"


@pghistory.track()
class PublicOffice(models.Model):
    """How the public reaches a sub-district office: where one complains about an officer, and when it is open."""

    subdistrict = models.OneToOneField(
        SubDistrict, models.PROTECT, related_name="public_office", verbose_name=_("sub-district")
    )
    phone = models.CharField(_("supervision phone"), max_length=LONGEST_PHONE)
    hours = models.CharField(_("office hours"), max_length=LONGEST_HOURS, blank=True)

    class Meta:
        verbose_name = _("office for the public")
        verbose_name_plural = _("offices for the public")

    def __str__(self) -> str:
        return str(self.subdistrict)


class Board(Timed):
    """A notice board that stands somewhere (公示牌). It is right while it shows what would be printed today; else it is
    due to be renewed, and climbs the ladder "board". `confirmed_digest` is of what it was last confirmed to show.
    """

    # facts
    community = models.ForeignKey(Community, models.PROTECT, related_name="boards", verbose_name=_("community"))
    # what follows from the events
    version = models.PositiveIntegerField(default=0)
    state = models.CharField(_("state"), max_length=16, choices=STATE_CHOICES)
    ladder_code = models.CharField(max_length=4, blank=True)
    place = models.CharField(_("where it stands"), max_length=LONGEST_PLACE)
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
    outdated_on = models.DateField(_("out of date since"), null=True, blank=True)
    confirmed_digest = models.CharField(max_length=64, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice board")
        verbose_name_plural = _("notice boards")
        constraints = [
            models.UniqueConstraint(fields=["community", "place"], condition=~Q(state=DOWN), name="board_place_once"),
            models.CheckConstraint(
                condition=Q(state=RENEW, outdated_on__isnull=False, due_at__isnull=False)
                | ~Q(state=RENEW) & Q(outdated_on=None, due_at=None),
                name="board_due_while_out_of_date",
            ),
            models.CheckConstraint(
                condition=Q(longitude=None, latitude=None) | Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="board_point_on_earth",
            ),
        ]
        indexes = [
            models.Index(fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name="board_due_for_sweep")
        ]

    def __str__(self) -> str:
        return f"{self.community} {self.place}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("boards:board", args=[self.pk])

    @property
    def is_outdated(self) -> bool:
        """Whether it waits to be renewed."""
        return self.state == RENEW

    @property
    def is_standing(self) -> bool:
        """Whether it has not been taken down."""
        return self.state != DOWN


class BoardEvent(Event):
    """Something that happened to a notice board."""

    board = models.ForeignKey(Board, models.PROTECT, db_index=False, related_name="events")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = numbered("board", "board_event")
        triggers = append_only("The history of notice boards")

    def __str__(self) -> str:
        return f"{self.board_id}.{self.seq} {self.kind}"


class BoardPhoto(StoredPhoto):
    """The photo with which a board was confirmed; it stays as long as the history."""

    event = models.OneToOneField(BoardEvent, models.PROTECT, related_name="photo", verbose_name=_("event"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("photo of a board")
        verbose_name_plural = _("photos of boards")
        constraints = [*StoredPhoto.Meta.constraints]
        indexes = [*StoredPhoto.Meta.indexes]
        triggers = never_removed("The photos of notice boards")

    def __str__(self) -> str:
        return f"photo {self.pk} of board {self.event.board_id}"

    @property
    def label(self) -> str:
        """What a reader who cannot see it is told."""
        return gettext("Photo of the board: %(place)s") % {"place": self.event.board.place}
