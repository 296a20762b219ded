"""Data of campaigns, mass activities and practical matters. Columns that follow from events are written by
`communities.projects.journal` alone.
"""

from decimal import Decimal
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from citymgmt.history import Event, Part, append_only, never_removed, numbered
from citymgmt.people.models import Organisation, SubDistrict, User, tells_version
from citymgmt.sealed import SealedText
from citymgmt.worktime.models import Timed
from citymgmt.worktime.steps import only_moves
from communities.models.areas import money
from communities.models.places import Community
from communities.projects import lifecycle
from communities.projects.kinds import KIND_CHOICES, KINDS, ProjectKind

LONGEST_NAME, LONGEST_LINE, LONGEST_TEXT, LONGEST_UNIT = 60, 200, 1000, 20  # characters
LONGEST_WORDS, LONGEST_PERSON = 500, 60
MOST_MONEY, MOST_MEASURE = Decimal("9999999999.99"), Decimal("99999999.99")


def money_of_project(label: Any) -> models.DecimalField:
    """Yuan, to the cent, where it is known."""
    return money(label, 12, null=True, blank=True)


class Source(models.TextChoices):
    """Where a matter came from."""

    VOTE = "vote", _("vote of the residents")
    MEETING = "meeting", _("residents' meeting or consultation")
    HOTLINE = "hotline", _("hotline 12345 or reports of residents")
    DEPUTIES = "deputies", _("deputies, members of the consultative conference")
    PLAN = "plan", _("plan of the year")
    OTHER = "other", _("other")


class Verdict(models.TextChoices):
    """What somebody says of what was done."""

    SATISFIED = "satisfied", _("satisfied")
    FAIRLY = "fairly", _("fairly satisfied")
    NOT = "not", _("not satisfied")


class Project(Timed):
    """A campaign, a mass activity or a practical matter of an office in a year. Source: domain.md 1, rows 4, 12, 22.

    It is for the communities among its `places`, or for the whole sub-district (`is_for_all`). While it is under way it
    is due on its last planned day and climbs the ladder "project". `version` is the number of its events.
    """

    # facts
    subdistrict = models.ForeignKey(
        SubDistrict, models.PROTECT, related_name="projects", db_index=False, verbose_name=_("sub-district")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=KIND_CHOICES)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("project number"))
    made_at = models.DateTimeField(_("entered at"))
    # what follows from the events
    version = models.PositiveIntegerField(default=0)
    state = models.CharField(_("state"), max_length=16, choices=lifecycle.STATE_CHOICES)
    ladder_code = models.CharField(max_length=4, blank=True)
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    theme = models.CharField(_("theme"), max_length=LONGEST_LINE, blank=True)
    source = models.CharField(_("where it came from"), max_length=10, choices=Source.choices, blank=True)
    reason = models.TextField(_("why"), max_length=LONGEST_TEXT, blank=True)
    aim = models.TextField(_("what is to be reached"), max_length=LONGEST_TEXT)
    responsible = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("responsible person"))
    lead_unit = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead unit")
    )
    lead_text = models.CharField(_("lead unit that is not in the list"), max_length=LONGEST_LINE, blank=True)
    partners = models.CharField(_("partners"), max_length=LONGEST_LINE, blank=True)
    participants = models.CharField(_("participants"), max_length=LONGEST_LINE, blank=True)
    cost_planned = money_of_project(_("planned cost in yuan"))
    cost_spent = money_of_project(_("spent so far in yuan"))
    funds = models.CharField(_("source of funds"), max_length=LONGEST_LINE, blank=True)
    first_on = models.DateField(_("first planned day"))
    last_on = models.DateField(_("last planned day"))
    is_for_all = models.BooleanField(_("for the whole sub-district"), default=True)
    is_published = models.BooleanField(_("published"), default=False)
    stepped_on = models.DateField(_("last step on"))
    started_on = models.DateField(_("started on"), null=True, blank=True)
    reported_on = models.DateField(_("last report on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["subdistrict", "-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "year", "number"], name="project_number_once"),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="project_kind_known"),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="project_lasts"),
            models.CheckConstraint(
                condition=(Q(cost_planned=None) | Q(cost_planned__gte=0)) & (Q(cost_spent=None) | Q(cost_spent__gte=0)),
                name="project_costs_possible",
            ),
            models.CheckConstraint(
                condition=Q(state__in=lifecycle.TIMED, due_at__isnull=False, started_on__isnull=False)
                | ~Q(state__in=lifecycle.TIMED) & Q(due_at=None),
                name="project_due_while_under_way",
            ),
            models.CheckConstraint(
                condition=Q(state__in=lifecycle.ENDED, ended_on__isnull=False)
                | ~Q(state__in=lifecycle.ENDED) & Q(ended_on=None),
                name="project_ended_on_a_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name="project_due_for_sweep"
            )
        ]
        triggers = [
            *never_removed("A project"),
            tells_version(),
            pgtrigger.Trigger(
                name="project_steps_in_order",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=only_moves([lifecycle.DRAFT], lifecycle.MOVES, "This is no step of a project"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("projects:project", args=[self.pk])

    @property
    def code(self) -> str:
        """Its number in its year, as papers name it."""
        return f"{self.year}-{self.number:02d}"

    @property
    def of_kind(self) -> ProjectKind:
        """What its kind comes with."""
        return KINDS[self.kind]

    @property
    def is_under_way(self) -> bool:
        """Whether it was started and has not ended, and is not suspended."""
        return self.state in lifecycle.TIMED


class ProjectPart(Part):
    """Something of a project that is numbered and follows from its events; dropped, it stays in the history alone."""

    is_dropped = models.BooleanField(default=False)

    class Meta:
        abstract = True


class ProjectPlace(ProjectPart):
    """A community for which a project is."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="places")
    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))

    class Meta:
        verbose_name = _("community of a project")
        verbose_name_plural = _("communities of projects")
        ordering = ["project", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["project", "ordinal"], name="project_place_ordinal"),
            models.UniqueConstraint(fields=["project", "community"], name="project_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.community_id}"


class ProjectGoal(ProjectPart):
    """What a project is measured by: so much of a unit is to be reached, so much was reported last."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="goals")
    measure = models.CharField(_("measure"), max_length=LONGEST_NAME)
    unit = models.CharField(_("unit of the measure"), max_length=LONGEST_UNIT)
    target = models.DecimalField(_("target"), max_digits=10, decimal_places=2)
    achieved = models.DecimalField(_("reached so far"), max_digits=10, decimal_places=2, default=Decimal(0))

    class Meta:
        verbose_name = _("goal of a project")
        verbose_name_plural = _("goals of projects")
        ordering = ["project", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["project", "ordinal"], name="project_goal_ordinal"),
            models.CheckConstraint(condition=Q(target__gt=0, achieved__gte=0), name="project_goal_possible"),
        ]

    def __str__(self) -> str:
        return self.measure


class ProjectStage(ProjectPart):
    """A stage of a project with its planned days."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="stages")
    name = models.CharField(_("stage"), max_length=LONGEST_NAME)
    from_on = models.DateField(_("first day"))
    until_on = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("stage of a project")
        verbose_name_plural = _("stages of projects")
        ordering = ["project", "from_on", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["project", "ordinal"], name="project_stage_ordinal"),
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="project_stage_lasts"),
        ]

    def __str__(self) -> str:
        return self.name


class ProjectAcceptance(Part):
    """A public acceptance: how many representatives said what, what was needed, and what came of it."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="acceptances")
    on = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=LONGEST_LINE)
    needed_voices = models.PositiveSmallIntegerField(_("representatives needed"))
    needed_percent = models.PositiveSmallIntegerField(_("percent of them needed"))
    satisfied = models.PositiveSmallIntegerField(_("satisfied"))
    fairly = models.PositiveSmallIntegerField(_("fairly satisfied"))
    dissatisfied = models.PositiveSmallIntegerField(_("not satisfied"))
    is_accepted = models.BooleanField(_("accepted by residents"))

    class Meta:
        verbose_name = _("public acceptance")
        verbose_name_plural = _("public acceptances")
        ordering = ["project", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["project", "ordinal"], name="project_acceptance_ordinal"),
            models.CheckConstraint(
                condition=Q(needed_percent__range=(1, 100))
                & Q(needed_voices__lte=F("satisfied") + F("fairly") + F("dissatisfied")),
                name="project_acceptance_has_voices",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.on}"


class AcceptanceVoice(models.Model):
    """What a residents' representative said at a public acceptance. The name is sealed and never published."""

    acceptance = models.ForeignKey(ProjectAcceptance, models.PROTECT, related_name="voices")
    name = SealedText(_("name of the representative"))
    represents = models.CharField(_("whom the person represents"), max_length=LONGEST_NAME)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices)
    words = models.CharField(_("what the person said"), max_length=LONGEST_WORDS, blank=True)

    class Meta:
        verbose_name = _("voice at a public acceptance")
        verbose_name_plural = _("voices at public acceptances")
        ordering = ["acceptance", "id"]
        triggers = never_removed("A voice at a public acceptance")

    def __str__(self) -> str:
        return f"{self.acceptance_id} {self.verdict}"


class ProjectEvent(Event):
    """Something that happened to a project."""

    project = models.ForeignKey(Project, models.PROTECT, db_index=False, related_name="events")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["project", "seq"]
        constraints = numbered("project", "project_event")
        triggers = append_only("The history of projects")

    def __str__(self) -> str:
        return f"{self.project_id}.{self.seq} {self.kind}"
