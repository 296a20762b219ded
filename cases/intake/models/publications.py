"""What everybody may read of residents' cases: what the office decided about it, and what follows, kept ready."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.intake import publishing
from cases.intake.models.clients import ApiClient
from cases.intake.models.topics import Topic
from cases.models import Case, Disorder
from citymgmt.people.models import Organisation, SubDistrict, User
from communities.models import Community

LONGEST_RELEASED = 2000
LONGEST_WHY = 300


@pghistory.track(exclude=["text"])  # a history cannot forget what should not have been released
class Disclosure(models.Model):
    """What the office decided about the publication of a resident's case; without a row nothing was decided: the case
    is published without a word of what the resident wrote.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="disclosure", verbose_name=_("case"))
    is_withheld = models.BooleanField(_("withheld"), default=False)
    reason = models.CharField(_("reason"), max_length=LONGEST_WHY, blank=True)
    text = models.TextField(_("released text"), max_length=LONGEST_RELEASED, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("decided by"))
    at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("decision on a publication")
        verbose_name_plural = _("decisions on publications")
        constraints = [
            models.CheckConstraint(condition=Q(is_withheld=False) | ~Q(reason=""), name="disclosure_withheld_says_why")
        ]

    def __str__(self) -> str:
        return f"publication of case {self.case_id}"


class PublicOnly(models.Manager["Publication"]):
    """The rows that everybody may read."""

    def get_queryset(self) -> models.QuerySet["Publication"]:
        """Those alone."""
        return super().get_queryset().filter(is_public=True)


class Publication(models.Model):
    """A resident's case as everybody may read it: all that public pages and Open311 show, so that they read no case.

    It follows from case, report, decision and answers, and can be made anew (`manage.py republish`). A case that is not
    public has a row only when a program reported it, which alone reads that: `objects` gives what is public, `every`
    all rows. `updated_at` is the moment of the last change that everybody can read; of a closed case that of its
    closing.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="publication")
    number = models.CharField(_("case number"), max_length=30, unique=True)
    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", db_index=False)
    community = models.ForeignKey(
        Community, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("community")
    )
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+", db_index=False, verbose_name=_("topic"))
    disorder = models.ForeignKey(
        Disorder, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("disorder")
    )
    client = models.ForeignKey(ApiClient, models.PROTECT, null=True, related_name="+", db_index=False)
    is_public = models.BooleanField(_("public"))
    status = models.CharField(_("status"), max_length=6)
    stage = models.CharField(_("state"), max_length=10, choices=publishing.STAGE_CHOICES)
    requested_at = models.DateTimeField(_("reported at"))
    updated_at = models.DateTimeField(_("changed at"))
    closed_at = models.DateTimeField(_("ended at"), null=True)
    expected_at = models.DateTimeField(_("due at"), null=True)
    department = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", db_index=False)
    longitude = models.DecimalField(_("longitude"), max_digits=10, decimal_places=7, null=True)
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=7, null=True)
    text = models.TextField(_("released text"), blank=True)
    reply = models.TextField(_("answer"), blank=True)

    every = models.Manager["Publication"]()
    objects = PublicOnly()

    class Meta:
        verbose_name = _("published case")
        verbose_name_plural = _("published cases")
        ordering = ["-requested_at", "-case_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_public=True) | Q(client__isnull=False), name="publication_public_or_of_program"
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False, updated_at=F("closed_at"))
                | Q(status="open", closed_at=None),
                name="publication_closed_has_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["-requested_at", "-case"], condition=Q(is_public=True), name="publication_newest"),
            models.Index(
                fields=["subdistrict", "-requested_at", "-case"],
                condition=Q(is_public=True),
                name="publication_by_place",
            ),
            models.Index(
                fields=["community", "-requested_at", "-case"],
                condition=Q(is_public=True),
                name="publication_by_community",
            ),
            models.Index(
                fields=["topic", "-requested_at", "-case"], condition=Q(is_public=True), name="publication_by_topic"
            ),
            models.Index(fields=["-updated_at", "-case"], condition=Q(is_public=True), name="publication_changed"),
            models.Index(
                fields=["client", "-requested_at", "-case"],
                condition=Q(client__isnull=False),
                name="publication_of_client",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def in_words(self) -> publishing.Stage:
        """How far the case is."""
        return publishing.STAGES[self.stage]

    @property
    def is_closed(self) -> bool:
        """Whether it has ended."""
        return self.status == publishing.CLOSED


class PublicUpdate(models.Model):
    """That a case came to another stage: a line of its history for everybody, made of an event of its true history."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="updates", db_index=False)
    seq = models.PositiveIntegerField()
    stage = models.CharField(max_length=10, choices=publishing.STAGE_CHOICES)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("public change")
        verbose_name_plural = _("public changes")
        ordering = ["publication", "seq"]
        constraints = [models.UniqueConstraint(fields=["publication", "seq"], name="public_update_once")]
        indexes = [models.Index(fields=["-at", "-id"], name="public_update_newest")]

    def __str__(self) -> str:
        return f"{self.publication_id}.{self.seq} {self.stage}"

    @property
    def in_words(self) -> publishing.Stage:
        """How far the case came."""
        return publishing.STAGES[self.stage]
