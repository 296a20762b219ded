"""Data of illegal buildings. Columns that follow from events are written by the room's journal alone."""

from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from citymgmt.history import Event, append_only, never_removed, numbered
from citymgmt.people.models import SubDistrict, User
from citymgmt.photos.stored import StoredPhoto
from citymgmt.worktime.models import Termed
from citymgmt.worktime.steps import only_moves
from communities.models import Placed
from patrols.illegal_buildings import lifecycle

LONGEST_TEXT, LONGEST_DOCUMENT = 500, 60  # characters
LONGEST_OWNER, LONGEST_PHONE = 60, 30
MOST_STOREYS = 99
LARGEST_M2 = Decimal("999999.99")
ONLY_STEPS = only_moves([lifecycle.FOUND], lifecycle.MOVES, "This is no step of an illegal building")


class BuildingNumber(models.Model):
    """The last serial number given out in a year in a sub-district; none is used twice."""

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "year"], name="building_number_year_unique")]


class IllegalBuilding(Placed, Termed):
    """A building without permission (违法建设), on its way through the steps of the law.

    `version` is the number of its events. `stepped_on` is the day of its last step, `document` the number of that
    step's paper, `by_day` the last day that it gave the party. `area_m2` is what was found, `remaining_m2` what of it
    stands. `regrown_from` is the removed one of which it is the return. Names stand in `BuildingOwner` alone.
    """

    class Origin(models.TextChoices):
        NEW = "new", _("being built")
        OLD = "old", _("built before")

    class FoundBy(models.TextChoices):
        PATROL = "patrol", _("patrol")
        COMPLAINT = "report", _("complaint")
        HOTLINE = "hotline", _("hotline 12345")
        SURVEY = "survey", _("survey of the stock")

    class Structure(models.TextChoices):
        BRICK = "brick", _("brick and concrete")
        FRAME = "frame", _("reinforced concrete")
        STEEL = "steel", _("steel or sheet metal")
        LIGHT = "light", _("shed or canopy")

    # facts
    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    number = models.CharField(_("number"), max_length=30, unique=True)
    made_at = models.DateTimeField(_("entered at"))
    regrown_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="returned_as", verbose_name=_("return of")
    )
    # what follows from the events
    state = models.CharField(_("state"), max_length=16, choices=lifecycle.STATE_CHOICES)
    case = models.OneToOneField(Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("case"))
    origin = models.CharField(_("kind"), max_length=4, choices=Origin.choices)
    found_on = models.DateField(_("found on"))
    found_by = models.CharField(_("found through"), max_length=8, choices=FoundBy.choices)
    structure = models.CharField(_("structure"), max_length=8, choices=Structure.choices)
    storeys = models.PositiveSmallIntegerField(_("storeys"))
    text = models.CharField(_("description"), max_length=LONGEST_TEXT, blank=True)
    area_m2 = models.DecimalField(_("area in m²"), max_digits=8, decimal_places=2)
    remaining_m2 = models.DecimalField(_("still standing, in m²"), max_digits=8, decimal_places=2)
    stepped_on = models.DateField(_("last step on"))
    document = models.CharField(_("number of the document"), max_length=LONGEST_DOCUMENT, blank=True)
    by_day = models.DateField(_("last day for the party"), null=True, blank=True)

    class Meta:
        verbose_name = _("illegal building")
        verbose_name_plural = _("illegal buildings")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(area_m2__gt=0), name="building_has_area"),
            models.CheckConstraint(condition=Q(storeys__gte=1), name="building_has_storeys"),
            models.CheckConstraint(
                condition=Q(state__in=lifecycle.STANDING, remaining_m2__gt=0)
                | ~Q(state__in=lifecycle.STANDING) & Q(remaining_m2=0),
                name="building_stands_or_not",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(lifecycle.TIMED), due_at__isnull=False)
                | ~Q(state__in=sorted(lifecycle.TIMED)) & Q(due_at=None),
                name="building_timed_is_due",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name="building_due_for_sweep"
            ),
            models.Index(fields=["subdistrict", "state"], name="building_by_state"),
        ]
        triggers = [
            *never_removed("An illegal building"),
            pgtrigger.Trigger(
                name="steps_in_order",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=ONLY_STEPS,
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("buildings:building", args=[self.pk])

    @property
    def is_being_built(self) -> bool:
        """Whether it was being built when it was found."""
        return self.origin == self.Origin.NEW


class BuildingOwner(models.Model):
    """Whose building it is: personal facts, kept apart from building and events, so that few see them."""

    building = models.OneToOneField(IllegalBuilding, models.PROTECT, related_name="owner")
    name = models.CharField(_("name of the owner"), max_length=LONGEST_OWNER, blank=True)
    phone = models.CharField(_("telephone of the owner"), max_length=LONGEST_PHONE, blank=True)

    class Meta:
        verbose_name = _("owner of an illegal building")
        verbose_name_plural = _("owners of illegal buildings")

    def __str__(self) -> str:
        return f"owner of {self.building_id}"


class AreaEntry(models.Model):
    """Square metres of a building that came or went on a day: one line of the account that figures add up."""

    class Kind(models.TextChoices):
        FOUND = "found", _("found")
        REGROWN = "regrown", _("built again")
        REMOVED = "removed", _("removed")
        LAWFUL = "lawful", _("lawful")
        MISTAKEN = "mistaken", _("entered by mistake")

    COMES = (Kind.FOUND, Kind.REGROWN)
    building = models.ForeignKey(IllegalBuilding, models.PROTECT, related_name="entries")
    ordinal = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    way = models.CharField(_("way of removal"), max_length=8, blank=True, choices=list(lifecycle.WAYS.items()))
    on = models.DateField(_("day"), db_index=True)
    m2 = models.DecimalField(_("m²"), max_digits=8, decimal_places=2)

    class Meta:
        verbose_name = _("entry of the account")
        verbose_name_plural = _("entries of the account")
        ordering = ["building", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["building", "ordinal"], name="area_entry_ordinal_unique"),
            models.CheckConstraint(condition=Q(m2__gt=0), name="area_entry_positive"),
            models.CheckConstraint(
                condition=Q(kind="removed", way__in=list(lifecycle.WAYS)) | ~Q(kind="removed") & Q(way=""),
                name="area_entry_way_of_removal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.building_id}.{self.ordinal} {self.kind}"

    @property
    def signed(self) -> Decimal:
        """What it adds to what stands."""
        return self.m2 if self.kind in self.COMES else -self.m2


class BuildingEvent(Event):
    """Something that happened to an illegal building."""

    building = models.ForeignKey(IllegalBuilding, models.PROTECT, db_index=False, related_name="events")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["building", "seq"]
        constraints = numbered("building", "building_event")
        triggers = append_only("The history of illegal buildings")

    def __str__(self) -> str:
        return f"{self.building_id}.{self.seq} {self.kind}"


class BuildingPhoto(StoredPhoto):
    """A photo of a building or of the paper of a step, kept with the event."""

    event = models.ForeignKey(BuildingEvent, models.PROTECT, related_name="photos", verbose_name=_("event"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("photo of an illegal building")
        verbose_name_plural = _("photos of illegal buildings")
        ordering = ["event", "id"]
        constraints = [*StoredPhoto.Meta.constraints]
        indexes = [*StoredPhoto.Meta.indexes]
        triggers = never_removed("A photo of an illegal building")

    def __str__(self) -> str:
        return f"photo {self.pk} of event {self.event_id}"


class BuildingPaper(models.Model):
    """The paper of a step (文书) as it was served, a PDF, kept with the event. It names who it is about, so that fewer
    may open it than may see the building.
    """

    event = models.ForeignKey(BuildingEvent, models.PROTECT, related_name="papers", verbose_name=_("event"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    created_at = models.DateTimeField(_("uploaded at"))
    ordinal = models.PositiveSmallIntegerField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("size in bytes"))

    class Meta:
        verbose_name = _("paper of a step")
        verbose_name_plural = _("papers of steps")
        ordering = ["event", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["event", "ordinal"], name="building_paper_ordinal_unique"),
            models.UniqueConstraint(fields=["event", "sha256"], name="building_paper_once"),
        ]
        triggers = append_only("A paper of a step")

    def __str__(self) -> str:
        return f"paper {self.ordinal} of event {self.event_id}"
