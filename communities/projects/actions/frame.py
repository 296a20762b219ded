"""The frame of actions on projects and tasks: their kinds, version and state, photos, tasks that rest and go on."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max

from citymgmt.people.models import User
from citymgmt.photos.actions import Upload, keep_uploads, received
from citymgmt.wording import gettext_noop
from citymgmt.worktime import acting
from citymgmt.worktime.acting import Asked, Kind, Recorded, check_of, step_of
from citymgmt.worktime.rules import current_rules
from citymgmt.worktime.steps import Step
from communities.models import Project, ProjectEvent, ProjectPhoto, ProjectTask, ProjectTaskEvent
from communities.projects.journal import RESTING, Journal, TaskJournal, settle_batch, settle_tasks, timed
from communities.projects.lifecycle import BEGIN, CANCELLED, REST, STATES, TO_DO, event_kind, task_event
from communities.projects.querysets import locked_project, locked_task

MOST_PHOTOS = 6  # of an event
PROJECT = Kind(Journal, ProjectEvent, settle_batch, locked_project, lambda pk: Project.objects.filter(pk=pk))
TASK = Kind(TaskJournal, ProjectTaskEvent, settle_tasks, locked_task, lambda pk: ProjectTask.objects.filter(pk=pk))
NOT_NOW = gettext_noop("“%(action)s” is not possible: the project is now “%(state)s”.")
Body = Callable[[Journal, Project, datetime], Recorded]
Then = Callable[[ProjectEvent], None]


def do_nothing(_event: ProjectEvent) -> None:
    """Nothing belongs to the event."""


def perform(
    step: Step,
    *,
    pk: int,
    by: User,
    at: datetime,
    version: int | None,
    request_key: str | None,
    given: Mapping[str, Any],
    body: Body,
    photos: Iterable[bytes] = (),
    of_photos: Mapping[str, Any] | None = None,
    then: Then = do_nothing,
) -> ProjectEvent:
    """Do an action on a project that somebody saw in that version; `body` says what is recorded of it, `then` writes
    what belongs to the event. Photos are kept with it.

    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, Invalid.
    """
    with received(photos, MOST_PHOTOS) as uploads:

        def finish(event: ProjectEvent) -> None:
            keep_photos(uploads, event.project_id, by, at, event=event, **(of_photos or {}))
            then(event)

        told = {**given, "photos": [one.digest for one in uploads]}
        return acting.act(
            PROJECT,
            Asked(event_kind(step.action), pk, by, at, step.permission, told, request_key),
            step_of(step, given, body),
            check=check_of(step, version, STATES, NOT_NOW),
            then=finish,
        )


def keep_photos(uploads: Sequence[Upload], project: int, by: User, at: datetime, **of: Any) -> None:
    """Write the photos of an event of a project, or of one of its tasks."""
    keep_uploads(ProjectPhoto, uploads, at, project_id=project, by=by, **of)


# --- the tasks of a project that begins, rests, ends --------------------------------------------------------------
def begin_tasks(event: ProjectEvent) -> None:
    """What is to be done is urged from now on."""
    rules = current_rules()
    _all_open(event, BEGIN, lambda task, moment: {"changes": timed(task.due_on, moment, rules)})


def rest_tasks(event: ProjectEvent) -> None:
    """What is to be done is not urged any more."""
    _all_open(event, REST, lambda task, moment: {"changes": RESTING})


def cancel_tasks(event: ProjectEvent) -> None:
    """What is to be done is called off."""
    told = {"to": CANCELLED, "note": event.note, "changes": RESTING}
    _all_open(event, task_event("cancel"), lambda task, moment: told)


def _all_open(event: ProjectEvent, kind: str, told: Callable[[ProjectTask, datetime], Mapping[str, Any]]) -> None:
    """Record an event of this kind on each task that is to be done, once what fell due of it is recorded."""
    rows = ProjectTask.objects.filter(project=event.project_id, state=TO_DO).order_by("pk")
    tasks = list(rows.select_for_update(of=("self",), no_key=True))
    rules = current_rules()
    settle_tasks([one for one in tasks if one.next_check_at and one.next_check_at <= event.at], event.at, rules)
    latest = ProjectTaskEvent.objects.filter(task__in=tasks).order_by()
    last = dict(latest.values("task").annotate(at=Max("at")).values_list("task", "at"))
    journal = TaskJournal(tasks, rules)
    for task in tasks:
        moment = max(event.at, last[task.pk])
        journal.record(task, kind, at=moment, by=event.by, **told(task, moment))
    journal.write()
