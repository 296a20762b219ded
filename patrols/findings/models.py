"""Data of findings: what a team found, what became of it, its photos."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Category
from citymgmt.history import never_removed
from citymgmt.people.models import User
from citymgmt.photos.stored import StoredPhoto
from communities.models import KeyPlace, Placed
from patrols.rounds.models import LONGEST_NOTE, PatrolRound, Visit
from patrols.teams.models import Team

BECOMES_A_CASE = ("way", "case_id", "case_by_id", "case_at")  # the columns that change when it does, once
ONLY_THIS_WAY = f"""
    IF OLD.way = 'handled' AND NEW.way = 'case' AND
        to_jsonb(NEW) - ARRAY{list(BECOMES_A_CASE)} = to_jsonb(OLD) - ARRAY{list(BECOMES_A_CASE)}
    THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'A finding changes once: from handled into a case';
"""
WITH_THEIR_FINDING = """
    IF EXISTS (SELECT FROM patrols_finding WHERE id = OLD.finding_id AND way = 'case') THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'A photo of what was handled on the spot is never removed';
"""


class Finding(Placed):
    """Something that a team found (巡查发现), on a round or without one.

    It was handled on the spot, or it is a case; which of the two is said when it is noted. What was handled may become
    a case afterwards; nothing else of it ever changes.
    """

    class Way(models.TextChoices):
        HANDLED = "handled", _("handled on the spot")
        CASE = "case", _("made a case")

    team = models.ForeignKey(Team, models.PROTECT, related_name="findings", verbose_name=_("team"))
    round = models.ForeignKey(
        PatrolRound, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name=_("round")
    )
    visit = models.ForeignKey(
        Visit, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name=_("visit")
    )
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("category"))
    key_place = models.ForeignKey(
        KeyPlace, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name=_("key place")
    )
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("found by"))
    way = models.CharField(_("what became of it"), max_length=7, choices=Way.choices)
    case = models.OneToOneField(Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("case"))
    case_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("made a case by")
    )
    case_at = models.DateTimeField(_("made a case at"), null=True, blank=True)
    request_key = models.CharField(max_length=120, null=True, blank=True, unique=True)
    request_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(way="handled", case=None, case_by=None, case_at=None)
                | Q(way="case", case__isnull=False, case_by__isnull=False, case_at__isnull=False),
                name="finding_handled_or_case",
            ),
            models.CheckConstraint(condition=Q(visit=None) | Q(round__isnull=False), name="finding_visit_of_round"),
        ]
        indexes = [
            models.Index(fields=["team", "-at", "-id"], name="finding_of_team"),
            models.Index(fields=["community", "-at", "-id"], name="finding_of_community"),
        ]
        triggers = [
            *never_removed("A finding"),
            pgtrigger.Trigger(
                name="changes_once",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=ONLY_THIS_WAY,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.address}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("findings:finding", args=[self.pk])

    @property
    def is_handled(self) -> bool:
        """Whether it was handled on the spot and is no case."""
        return self.way == self.Way.HANDLED


class FindingPhoto(StoredPhoto):
    """A photo of what was handled on the spot; those of a case are with the case, where they can be covered."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="photos", verbose_name=_("finding"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("photo of a finding")
        verbose_name_plural = _("photos of findings")
        ordering = ["finding", "id"]
        constraints = [*StoredPhoto.Meta.constraints]
        indexes = [*StoredPhoto.Meta.indexes]
        triggers = [
            pgtrigger.Trigger(
                name="gone_with_its_case",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=WITH_THEIR_FINDING,
            ),
            never_removed("A photo of a finding")[1],
        ]

    def __str__(self) -> str:
        return f"photo {self.pk} of finding {self.finding_id}"
