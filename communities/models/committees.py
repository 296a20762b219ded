"""Data of owners' committees. Columns that follow from events are written by `communities.committees.journal` alone.

No owner is named: of a vote the sums are kept, of a list of units its digest.
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from citymgmt.history import Event, append_only, numbered
from citymgmt.worktime.models import Termed
from citymgmt.worktime.steps import only_moves
from communities.committees import lifecycle
from communities.committees.quorum import MATTERS
from communities.models.areas import AreaPart, ResidentialArea, money

LONGEST_NUMBER, LONGEST_TITLE = 60, 200  # characters
MOST_OWNERS = 100_000


class OwnersCommittee(Termed):
    """An owners' committee (业主委员会) of a residential area, from the application until it is dissolved.

    `stepped_on` is the day of its last step. `meeting_on` is the day of the assembly that was called, `meeting_by` the
    day by which it is to be held. `term` counts its terms; the present one ends with `term_until`.
    """

    # facts
    area = models.ForeignKey(
        ResidentialArea, models.PROTECT, related_name="committees", verbose_name=_("residential area")
    )
    made_at = models.DateTimeField(_("entered at"))
    # what follows from the events
    state = models.CharField(_("stage"), max_length=16, choices=lifecycle.STAGE_CHOICES)
    applied_on = models.DateField(_("applied on"))
    floor_area_m2 = money(_("floor area in m²"))
    delivered_m2 = money(_("handed over, in m²"))
    owner_count = models.PositiveIntegerField(_("owners"))
    applicant_count = models.PositiveIntegerField(_("owners who apply"))
    stepped_on = models.DateField(_("last step on"))
    group_size = models.PositiveSmallIntegerField(_("members of the preparatory group"), null=True, blank=True)
    meeting_by = models.DateField(_("assembly by"), null=True, blank=True)
    meeting_on = models.DateField(_("assembly on"), null=True, blank=True)
    informed_on = models.DateField(_("residents' committee informed on"), null=True, blank=True)
    member_count = models.PositiveSmallIntegerField(_("members"), null=True, blank=True)
    elected_on = models.DateField(_("elected on"), null=True, blank=True)
    filing_number = models.CharField(_("filing number"), max_length=LONGEST_NUMBER, blank=True)
    term = models.PositiveSmallIntegerField(_("term"), default=0)
    term_until = models.DateField(_("term until"), null=True, blank=True)

    class Meta:
        verbose_name = _("owners' committee")
        verbose_name_plural = _("owners' committees")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["area"], condition=~Q(state__in=lifecycle.ENDED), name="committee_one_of_area"
            ),
            models.CheckConstraint(
                condition=Q(floor_area_m2__gt=0, owner_count__gte=1)
                & Q(delivered_m2__lte=F("floor_area_m2"), applicant_count__lte=F("owner_count")),
                name="committee_shares_possible",
            ),
            models.CheckConstraint(
                condition=Q(state__in=lifecycle.GOING, due_at__isnull=False)
                | Q(state__in=lifecycle.ENDED, due_at=None),
                name="committee_going_is_due",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[lifecycle.FILED, lifecycle.REELECTING])
                | Q(term_until__isnull=False, term__gte=1) & ~Q(filing_number=""),
                name="committee_filed_has_term",
            ),
            models.CheckConstraint(
                condition=~Q(state=lifecycle.NOTIFIED) | Q(meeting_on__isnull=False, informed_on__isnull=False),
                name="committee_called_has_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name="committee_due_for_sweep"
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="committee_steps_in_order",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=only_moves([lifecycle.APPLIED], lifecycle.MOVES, "This is no step of an owners committee"),
            )
        ]

    def __str__(self) -> str:
        return f"committee {self.pk} of area {self.area_id}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("committees:committee", args=[self.pk])


class CommitteeEvent(Event):
    """Something that happened to an owners' committee."""

    committee = models.ForeignKey(OwnersCommittee, models.PROTECT, db_index=False, related_name="events")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["committee", "seq"]
        constraints = numbered("committee", "committee_event")
        triggers = append_only("The history of owners committees")

    def __str__(self) -> str:
        return f"{self.committee_id}.{self.seq} {self.kind}"


class OwnersVote(AreaPart):
    """A vote of the owners' assembly: its two counts, and what they came to by the Civil Code on that day.

    `list_sha256` is the digest of the list of units of which it was counted, where there was one.
    """

    committee = models.ForeignKey(OwnersCommittee, models.PROTECT, related_name="votes")
    on = models.DateField(_("day"))
    matter = models.PositiveSmallIntegerField(_("matter"), choices=list(MATTERS.items()))
    title = models.CharField(_("what was voted on"), max_length=LONGEST_TITLE)
    whole_m2 = money(_("whole floor area in m²"))
    part_m2 = money(_("took part, in m²"))
    favour_m2 = money(_("in favour, in m²"))
    whole_count = models.PositiveIntegerField(_("owners"))
    part_count = models.PositiveIntegerField(_("took part, owners"))
    favour_count = models.PositiveIntegerField(_("in favour, owners"))
    is_quorate = models.BooleanField(_("enough took part"))
    is_passed = models.BooleanField(_("passed"))
    list_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("vote of the owners")
        verbose_name_plural = _("votes of the owners")
        ordering = ["committee", "-ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "ordinal"], name="owners_vote_ordinal_unique"),
            models.CheckConstraint(
                condition=Q(whole_m2__gt=0, part_m2__lte=F("whole_m2"), favour_m2__lte=F("part_m2"), favour_m2__gte=0),
                name="owners_vote_area_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(whole_count__gte=1, part_count__lte=F("whole_count"), favour_count__lte=F("part_count")),
                name="owners_vote_heads_add_up",
            ),
            models.CheckConstraint(
                condition=Q(is_passed=False) | Q(is_quorate=True), name="owners_vote_passed_quorate"
            ),
        ]
