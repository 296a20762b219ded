"""Tasks of a project: added, done with words and photos, opened again, changed, called off."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.bulk import next_id
from citymgmt.faults import day_faults, refuse
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.photos.actions import received
from citymgmt.refusals import Invalid, NotFound, WrongState
from citymgmt.wording import gettext_noop
from citymgmt.worktime import acting
from citymgmt.worktime.acting import Asked, check_fresh, check_state
from citymgmt.worktime.repeats import Request, digest_of
from citymgmt.worktime.rules import Rules, current_rules
from citymgmt.worktime.steps import Step
from citymgmt.written import faults_of
from communities.actions.periods import LATEST
from communities.models import Community, Project, ProjectTask, ProjectTaskEvent
from communities.models.project_tasks import LONGEST_TASK
from communities.models.projects import LONGEST_NAME, LONGEST_TEXT
from communities.projects.actions.frame import MOST_PHOTOS, NOT_NOW, TASK, keep_photos
from communities.projects.journal import RESTING, TaskJournal, timed, timed_anew
from communities.projects.lifecycle import (
    ADD,
    CANCELLED,
    KEEP,
    POSSIBLE_WHILE,
    RUNNING,
    STATES,
    TASK_STATES,
    TASK_STEPS,
    TO_DO,
    task_event,
)
from communities.projects.querysets import locked_project, office_project, staff_of
from communities.projects.told import TaskTold

TASK_NOT_NOW = gettext_noop("“%(action)s” is not possible: the task is now “%(state)s”.")


# --- added ---------------------------------------------------------------------------------------------------
def add_task(
    *, project: int, by: User, at: datetime, told: TaskTold, request_key: str | None = None
) -> ProjectTaskEvent:
    """Add a task to a project that is planned, under way or suspended. A resend acts once.

    Raises: NotFound, NotPermitted, KeyReused, WrongState, Invalid.
    """
    request = Request(ProjectTaskEvent, by, request_key, digest_of(ADD, str(project), asdict(told)))

    def act() -> ProjectTaskEvent:
        found = locked_project(project)
        if (earlier := request.answer()) is not None:
            return earlier
        require(by, KEEP, found, on=timezone.localdate(at))
        check_project("add", found, _("Add a task"))
        columns = _columns(told, found, timezone.localdate(at))
        return write_tasks(found, [columns], by, at, **request.keys)

    return request.once(act)


def write_tasks(
    project: Project, columns: Iterable[Mapping[str, Any]], by: User, at: datetime, **keys: Any
) -> ProjectTaskEvent:
    """Write tasks of a locked project, timed while it is under way; gives the event of the last one."""
    rules = current_rules()
    tasks = [(ProjectTask(id=next_id(ProjectTask), project=project, state=TO_DO), told) for told in columns]
    journal = TaskJournal([task for task, _told in tasks], rules)
    for task, told in tasks:
        due = timed_anew(told["due_on"], at, rules) if project.state == RUNNING else {}
        event = journal.record(task, ADD, at=at, by=by, to=TO_DO, changes={**told, **due}, **keys)
    journal.write()
    return event


def copy_tasks(like: int, project: Project, by: User, at: datetime) -> None:
    """Take over the tasks of another project of the same office, but for those that were called off, moved by as many
    days as lie between the first days. Raises: NotFound.
    """
    source = office_project(project.subdistrict_id, like)
    moved = project.first_on - source.first_on
    rows = source.tasks.exclude(state=CANCELLED).order_by("due_on", "pk")
    columns = [
        {"text": one.text, "unit": one.unit, "owner_id": one.owner_id, "community_id": one.community_id,
         "due_on": one.due_on + moved}
        for one in rows
    ]  # fmt: skip
    if columns:
        write_tasks(project, columns, by, at)


def _columns(told: TaskTold, project: Project, today: date) -> dict[str, Any]:
    """The columns of a task. Raises: Invalid."""
    faults: dict[str, Any] = {
        "text": faults_of(told.text.strip(), LONGEST_TASK, is_needed=True),
        "unit": faults_of(told.unit.strip(), LONGEST_NAME),
        "due_on": [] if today <= told.due_on <= LATEST else [_("A day from today on.")],
    }
    stage = project.stages.filter(ordinal=told.stage or 0, is_dropped=False).first()
    if told.stage and stage is None:
        faults["stage"] = _("Choose one of these.")
    if told.owner and not staff_of(project.subdistrict_id).filter(pk=told.owner).exists():
        faults["owner"] = _("Choose one of these.")
    if told.community and not Community.objects.filter(pk=told.community, subdistrict=project.subdistrict_id).exists():
        faults["community"] = _("Choose one of these.")
    if not (told.owner or told.community or told.unit.strip()):
        faults["owner"] = _("Say who is to do it: a person, the officer of a community, or a unit.")
    refuse(faults)
    return {
        "text": told.text.strip(),
        "unit": told.unit.strip(),
        "owner_id": told.owner,
        "community_id": told.community,
        "stage_id": stage.pk if stage else None,
        "due_on": told.due_on,
    }


def check_project(action: str, project: Project, label: str) -> None:
    """Whether tasks of a project can be worked on in its state. Raises: WrongState."""
    if project.state not in POSSIBLE_WHILE[action]:
        told = {"action": label, "state": _(STATES[project.state].label)}
        raise WrongState(_(NOT_NOW) % told, state=project.state)


# --- what happens to it next ---------------------------------------------------------------------------------
@dataclass(frozen=True)
class Doing:
    """An action on a task while it is done."""

    task: ProjectTask
    at: datetime
    rules: Rules
    on: date | None
    note: str
    told: TaskTold | None


def act_on_task(
    name: str,
    *,
    pk: int,
    by: User,
    at: datetime,
    on: date | None = None,
    note: str = "",
    told: TaskTold | None = None,
    photos: Iterable[bytes] = (),
    of_photos: Mapping[str, Any] | None = None,
    version: int | None = None,
    request_key: str | None = None,
) -> ProjectTaskEvent:
    """Do the action `name` of the table on a task and return its event; a resend acts once. `told` is how a task is
    changed.

    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, Invalid.
    """
    step = TASK_STEPS.get(name)
    if step is None:
        raise NotFound

    def body(journal: TaskJournal, task: ProjectTask, moment: datetime) -> Mapping[str, Any]:
        refuse({"note": faults_of(note.strip(), LONGEST_TEXT, is_needed="note" in step.carries, is_one_line=False)})
        doing = Doing(task, moment, journal.rules, on, note.strip(), told)
        return {"to": step.target, "note": note.strip(), "changes": DOINGS[name](doing)}

    with received(photos, MOST_PHOTOS) as uploads:
        given = {"on": on, "note": note, "photos": [one.digest for one in uploads], **(asdict(told) if told else {})}
        return acting.act(
            TASK,
            Asked(task_event(name), pk, by, at, step.permission, given, request_key),
            body,
            check=partial(_check_now, step=step, version=version),
            then=lambda event: keep_photos(
                uploads, event.task.project_id, by, at, task_event=event, **(of_photos or {})
            ),
        )


def _check_now(task: ProjectTask, step: Step, version: int | None) -> None:
    """Whether the action can be done now by whoever saw that version. Raises: Stale, WrongState."""
    check_fresh(task, version)
    check_state(task, step, TASK_STATES, TASK_NOT_NOW)
    check_project(step.action, task.project, _(step.label))


def _do(doing: Doing) -> Mapping[str, Any]:
    if doing.on is None:
        raise Invalid(fields={"on": _("Please fill this in.")})
    refuse({"on": day_faults(doing.on, doing.at)})
    return {**RESTING, "done_on": doing.on}


def _reopen(doing: Doing) -> Mapping[str, Any]:
    return {**timed(doing.task.due_on, doing.at, doing.rules), "done_on": None}


def _revise(doing: Doing) -> Mapping[str, Any]:
    task, told = doing.task, doing.told
    if told is None:
        raise Invalid(fields={"text": _("Please fill this in.")})
    today = timezone.localdate(doing.at)
    columns = _columns(told, task.project, min(today, task.due_on))
    is_moved = task.project.state == RUNNING and told.due_on != task.due_on
    return {**columns, **(timed_anew(told.due_on, doing.at, doing.rules) if is_moved else {})}


DOINGS: Mapping[str, Callable[[Doing], Mapping[str, Any]]] = {
    "do": _do,
    "reopen": _reopen,
    "revise": _revise,
    "cancel": lambda doing: RESTING,
}
