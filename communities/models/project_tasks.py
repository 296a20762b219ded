"""Data of the tasks of projects, of their photos, and of what residents say. Columns of tasks that follow from events
are written by `communities.projects.journal` alone.
"""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from citymgmt.history import Event, append_only, never_removed, numbered
from citymgmt.people.models import User
from citymgmt.photos.stored import StoredPhoto
from citymgmt.worktime.models import Timed
from citymgmt.worktime.steps import only_moves
from communities.models.places import Community
from communities.models.projects import LONGEST_NAME, LONGEST_WORDS, Project, ProjectEvent, ProjectStage, Verdict
from communities.projects import lifecycle

LONGEST_TASK = 200  # characters


class ProjectTask(Timed):
    """A task of a project: for a person, for whoever acts for a community, or for a unit. While it is to be done and
    its project runs it climbs the ladder "task". `version` is the number of its events.
    """

    # facts
    project = models.ForeignKey(Project, models.PROTECT, related_name="tasks", verbose_name=_("project"))
    # what follows from the events
    version = models.PositiveIntegerField(default=0)
    state = models.CharField(_("state"), max_length=16, choices=lifecycle.TASK_STATE_CHOICES)
    ladder_code = models.CharField(max_length=4, blank=True)
    text = models.CharField(_("what is to be done"), max_length=LONGEST_TASK)
    stage = models.ForeignKey(
        ProjectStage, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stage")
    )
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who is to do it")
    )
    community = models.ForeignKey(
        Community, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("community")
    )
    unit = models.CharField(_("unit"), max_length=LONGEST_NAME, blank=True)
    due_on = models.DateField(_("to be done by"))
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        verbose_name = _("task of a project")
        verbose_name_plural = _("tasks of projects")
        ordering = ["project", "due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state=lifecycle.TO_DO) | Q(due_at=None), name="task_due_while_to_do"),
            models.CheckConstraint(
                condition=Q(state=lifecycle.DONE, done_on__isnull=False) | ~Q(state=lifecycle.DONE) & Q(done_on=None),
                name="task_done_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=False) | Q(community__isnull=False) | ~Q(unit=""), name="task_for_somebody"
            ),
        ]
        indexes = [
            models.Index(fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name="task_due_for_sweep")
        ]
        triggers = [
            *never_removed("A task of a project"),
            pgtrigger.Trigger(
                name="task_steps_in_order",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=only_moves([lifecycle.TO_DO], lifecycle.TASK_MOVES, "This is no step of a task"),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("projects:task", args=[self.pk])


class ProjectTaskEvent(Event):
    """Something that happened to a task of a project."""

    task = models.ForeignKey(ProjectTask, models.PROTECT, db_index=False, related_name="events")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["task", "seq"]
        constraints = numbered("task", "project_task_event")
        triggers = append_only("The history of tasks")

    def __str__(self) -> str:
        return f"{self.task_id}.{self.seq} {self.kind}"


class ProjectPhoto(StoredPhoto):
    """A photo of a report, of an acceptance sheet or of a task that was done, kept with its event."""

    class Shows(models.TextChoices):
        BEFORE = "before", _("before the work")
        DURING = "during", _("during the work")
        AFTER = "after", _("after the work")
        SHEET = "sheet", _("acceptance sheet")

    project = models.ForeignKey(Project, models.PROTECT, related_name="photos", verbose_name=_("project"))
    event = models.ForeignKey(ProjectEvent, models.PROTECT, null=True, blank=True, related_name="photos")
    task_event = models.ForeignKey(ProjectTaskEvent, models.PROTECT, null=True, blank=True, related_name="photos")
    shows = models.CharField(_("what it shows"), max_length=6, choices=Shows.choices, default=Shows.DURING)
    is_public = models.BooleanField(_("shown to the public"), default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("photo of a project")
        verbose_name_plural = _("photos of projects")
        ordering = ["id"]
        constraints = [
            *StoredPhoto.Meta.constraints,
            models.CheckConstraint(
                condition=Q(event__isnull=False, task_event=None) | Q(event=None, task_event__isnull=False),
                name="project_photo_of_one_event",
            ),
            models.CheckConstraint(condition=~Q(shows="sheet", is_public=True), name="project_photo_sheet_not_public"),
        ]
        indexes = [*StoredPhoto.Meta.indexes]
        triggers = never_removed("A photo of a project")

    def __str__(self) -> str:
        return f"photo {self.pk} of project {self.project_id}"

    @property
    def label(self) -> str:
        """What a reader who cannot see it is told."""
        return gettext("Photo: %(shows)s") % {"shows": self.get_shows_display()}


class ProjectOpinion(models.Model):
    """What somebody without a log-in said on the public page while a public acceptance was open. It is shown apart and
    never counted in the result. Words that name somebody are taken away (`words_erased_at`).
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="opinions", verbose_name=_("project"))
    at = models.DateTimeField(_("at"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices)
    words = models.CharField(_("what the person said"), max_length=LONGEST_WORDS, blank=True)
    words_erased_at = models.DateTimeField(_("words taken away at"), null=True, blank=True)
    form_key = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("opinion of a resident")
        verbose_name_plural = _("opinions of residents")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(words_erased_at=None) | Q(words=""), name="project_opinion_erased")
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.verdict}"
