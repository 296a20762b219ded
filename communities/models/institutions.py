"""Institutions of the area (机团单位), their agreements of the three responsibilities, visits, and what they promised.

Columns of a pledge that follow from its events are written by `communities.institutions.journal` alone.
"""

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from citymgmt.history import Event, append_only, never_removed, numbered
from citymgmt.people.models import SubDistrict, User
from citymgmt.photos.stored import StoredPhoto
from citymgmt.worktime.models import Timed
from communities.institutions.lifecycle import DROPPED, MADE, OPEN, PLANNED, STATE_CHOICES, VISIT_CHOICES
from communities.models.places import Community

LONGEST_NAME, LONGEST_ADDRESS, LONGEST_AREA, LONGEST_TALK, LONGEST_PLEDGE = 120, 200, 300, 1000, 200
LONGEST_CONTACT, LONGEST_PHONE, LONGEST_REASON = 60, 30, 200
MOST_METRES, MOST_LEAFLETS, MOST_TIMES = 99_999, 9999, 3


class InstitutionKind(models.TextChoices):
    """What an institution is."""

    OFFICE = "office", _("public office")
    PUBLIC = "public", _("public institution")
    COMPANY = "company", _("company")
    SCHOOL = "school", _("school or kindergarten")
    HOSPITAL = "hospital", _("hospital or clinic")
    SHOP = "shop", _("shop or restaurant")
    OTHER = "other", _("other institution")


@pghistory.track(exclude=["request_key"])
class Institution(models.Model):
    """An institution (机团单位) with the area for which it answers and whom to reach there: a number of its office,
    never a private one. Source: domain.md 1, row 11.
    """

    community = models.ForeignKey(Community, models.PROTECT, related_name="institutions", verbose_name=_("community"))
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    kind = models.CharField(_("kind"), max_length=10, choices=InstitutionKind.choices)
    credit_code = models.CharField(_("credit code"), max_length=18, blank=True)
    address = models.CharField(_("address"), max_length=LONGEST_ADDRESS, blank=True)
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
    area_text = models.CharField(_("responsibility area"), max_length=LONGEST_AREA, blank=True)
    frontage_m = models.PositiveIntegerField(_("frontage in metres"), null=True, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=LONGEST_CONTACT, blank=True)
    office_phone = models.CharField(_("office phone"), max_length=LONGEST_PHONE, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    request_key = models.CharField(max_length=120, null=True, blank=True, unique=True)

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["community", "name"]
        constraints = [
            models.UniqueConstraint(fields=["community", "name"], name="institution_name_unique"),
            models.CheckConstraint(
                condition=Q(credit_code="") | Q(credit_code__regex="^[0-9A-HJ-NPQRTUWXY]{18}$"),
                name="institution_credit_code",
            ),
            models.CheckConstraint(
                condition=Q(longitude=None, latitude=None) | Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="institution_point_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("institutions:institution", args=[self.pk])


@pghistory.track(exclude=["request_key"])
class Agreement(models.Model):
    """An agreement of the three responsibilities in front of one's door (门前三包责任书), with the signed paper;
    renewed by another one.
    """

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="agreements", verbose_name=_("institution")
    )
    signed_on = models.DateField(_("signed on"))
    valid_until = models.DateField(_("valid until"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=LONGEST_REASON, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    created_at = models.DateTimeField(_("entered at"))
    request_key = models.CharField(max_length=120, null=True, blank=True, unique=True)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["-signed_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "signed_on"], name="agreement_once_a_day"),
            models.CheckConstraint(condition=Q(valid_until__gt=F("signed_on")), name="agreement_valid_days"),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="") | Q(ended_on__gte=F("signed_on")) & ~Q(end_reason=""),
                name="agreement_end_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.signed_on}"


class AgreementPaper(models.Model):
    """The signed agreement as a PDF, as it came."""

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="paper", verbose_name=_("agreement"))
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("size in bytes"))

    class Meta:
        verbose_name = _("signed agreement")
        verbose_name_plural = _("signed agreements")
        triggers = append_only("A signed agreement")

    def __str__(self) -> str:
        return f"paper of agreement {self.agreement_id}"


@pghistory.track()
class VisitRule(models.Model):
    """How often in a quarter an office visits its institutions of a kind; without a row, once."""

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    kind = models.CharField(_("kind"), max_length=10, choices=InstitutionKind.choices)
    times = models.PositiveSmallIntegerField(_("visits in a quarter"))

    class Meta:
        verbose_name = _("rule of visits")
        verbose_name_plural = _("rules of visits")
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "kind"], name="visit_rule_once"),
            models.CheckConstraint(condition=Q(times__lte=MOST_TIMES), name="visit_rule_times"),
        ]

    def __str__(self) -> str:
        return f"{self.subdistrict_id} {self.kind}"


@pghistory.track(exclude=["request_key"])
class InstitutionVisit(models.Model):
    """A visit to an institution (走访): planned for a day, then made, or called off with a reason. One that nobody
    planned has no `planned_on`. `visitor` is who is asked to go; without one, whoever acts for the community.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="visits", verbose_name=_("institution"))
    state = models.CharField(_("state"), max_length=8, choices=VISIT_CHOICES)
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    planned_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("planned by")
    )
    visitor = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who is to go")
    )
    made_on = models.DateField(_("visited on"), null=True, blank=True)
    made_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("visited by")
    )
    talk = models.TextField(_("what was talked of"), max_length=LONGEST_TALK, blank=True)
    leaflet_count = models.PositiveSmallIntegerField(_("leaflets left"), default=0)
    drop_reason = models.CharField(_("why it was called off"), max_length=LONGEST_REASON, blank=True)
    request_key = models.CharField(max_length=120, null=True, blank=True, unique=True)

    class Meta:
        verbose_name = _("visit to an institution")
        verbose_name_plural = _("visits to institutions")
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "planned_on"], condition=Q(state=PLANNED), name="visit_planned_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(state=MADE, made_on__isnull=False, made_by__isnull=False)
                | ~Q(state=MADE) & Q(made_on=None, made_by=None),
                name="visit_made_by_somebody",
            ),
            models.CheckConstraint(condition=Q(state=MADE) | Q(planned_on__isnull=False), name="visit_planned_or_made"),
            models.CheckConstraint(
                condition=Q(state=DROPPED) & ~Q(drop_reason="") | ~Q(state=DROPPED) & Q(drop_reason=""),
                name="visit_dropped_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["planned_on"], condition=Q(state=PLANNED), name="visit_planned"),
            models.Index(fields=["institution", "made_on"], name="visit_made"),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.made_on or self.planned_on}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("institutions:visit", args=[self.pk])

    @property
    def is_planned(self) -> bool:
        """Whether it is still to be made."""
        return self.state == PLANNED

    @property
    def is_made(self) -> bool:
        """Whether somebody was there."""
        return self.state == MADE


class Pledge(Timed):
    """What an institution promised at a visit (承诺事项), to be kept by a day; then it climbs the ladder "pledge".

    `done_on` is the day on which it was kept.
    """

    # facts
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="pledges", verbose_name=_("institution"))
    visit = models.ForeignKey(InstitutionVisit, models.PROTECT, related_name="pledges", verbose_name=_("visit"))
    text = models.CharField(_("what was promised"), max_length=LONGEST_PLEDGE)
    made_on = models.DateField(_("promised on"))
    # what follows from the events
    version = models.PositiveIntegerField(default=0)
    state = models.CharField(_("state"), max_length=16, choices=STATE_CHOICES)
    ladder_code = models.CharField(max_length=4, blank=True)
    by_day = models.DateField(_("to be kept by"))
    done_on = models.DateField(_("kept on"), null=True, blank=True)

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=OPEN, due_at__isnull=False) | ~Q(state=OPEN) & Q(due_at=None),
                name="pledge_due_while_open",
            ),
            models.CheckConstraint(
                condition=Q(state="kept", done_on__isnull=False) | ~Q(state="kept") & Q(done_on=None),
                name="pledge_kept_on_a_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name="pledge_due_for_sweep"
            ),
            models.Index(fields=["by_day"], name="pledge_by_day"),
        ]
        triggers = never_removed("A promise of an institution")

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("institutions:pledge", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it is still to be kept."""
        return self.state == OPEN


class PledgeEvent(Event):
    """Something that happened to a promise."""

    pledge = models.ForeignKey(Pledge, models.PROTECT, db_index=False, related_name="events")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = numbered("pledge", "pledge_event")
        triggers = append_only("The history of promises")

    def __str__(self) -> str:
        return f"{self.pledge_id}.{self.seq} {self.kind}"


class InstitutionPhoto(StoredPhoto):
    """A photo of a signed agreement, of a visit, or of a promise that was kept."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name=_("institution"))
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, blank=True, related_name="photos")
    visit = models.ForeignKey(InstitutionVisit, models.PROTECT, null=True, blank=True, related_name="photos")
    event = models.ForeignKey(PledgeEvent, models.PROTECT, null=True, blank=True, related_name="photos")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("photo of an institution")
        verbose_name_plural = _("photos of institutions")
        ordering = ["id"]
        constraints = [
            *StoredPhoto.Meta.constraints,
            models.CheckConstraint(
                condition=Q(agreement__isnull=False, visit=None, event=None)
                | Q(agreement=None, visit__isnull=False, event=None)
                | Q(agreement=None, visit=None, event__isnull=False),
                name="institution_photo_of_one_thing",
            ),
        ]
        indexes = [*StoredPhoto.Meta.indexes]
        triggers = never_removed("A photo of an institution")

    def __str__(self) -> str:
        return f"photo {self.pk} of institution {self.institution_id}"

    @property
    def label(self) -> str:
        """What a reader who cannot see it is told."""
        if self.agreement_id:
            return gettext("Photo of the signed agreement")
        return gettext("Photo of the visit") if self.visit_id else gettext("Photo: the promise is kept")

    @property
    def url(self) -> str:
        """Where the picture lies."""
        return reverse("institutions:photo", args=[self.pk, "picture"])

    @property
    def thumbnail_url(self) -> str:
        """Where the small picture lies."""
        return reverse("institutions:photo", args=[self.pk, "thumbnail"])
