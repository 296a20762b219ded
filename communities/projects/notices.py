"""Who is told what of projects and their tasks: two tables, and the wording of each message.

"responsible" is who answers for the project; "owner" who is to do a task: who is named, else who acts for its
community, else who answers for the project; "owners" are those of all that is to be done.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from citymgmt.outbox.telling import Rule, recipients_of
from citymgmt.outbox.telling import register as register_words
from citymgmt.people.addressing import Key
from citymgmt.people.models import NoticeGroup
from citymgmt.worktime.rules import Rules
from communities.models import Project, ProjectEvent, ProjectTask, ProjectTaskEvent
from communities.projects.lifecycle import ADD, ENTER, RUNNING, SEND_BACK, TO_DO, event_kind, task_event
from communities.querysets import acting_officers
from communities.telling import tell

DEADLINES, ANSWERS = NoticeGroup.DEADLINES, NoticeGroup.ANSWERS
TABLE: Mapping[str, Rule] = {
    ENTER: Rule(("leaders",), _("A project waits for approval: %(name)s")),
    event_kind("start"): Rule(("responsible", "owners"), _("The project begins: %(name)s")),
    event_kind("ask"): Rule(("leaders",), _("Residents are to accept: %(name)s")),
    event_kind("judge"): Rule(("responsible", "leaders"), _("Residents have accepted: %(name)s"), group=ANSWERS),
    SEND_BACK: Rule(("responsible", "leaders"), _("Residents have not accepted: %(name)s"), group=ANSWERS),
    event_kind("complete"): Rule(("responsible", "clerks"), _("The project is completed: %(name)s"), group=ANSWERS),
    event_kind("suspend"): Rule(("responsible", "owners"), _("The project is suspended: %(name)s")),
    event_kind("resume"): Rule(("responsible", "owners"), _("The project goes on: %(name)s")),
    event_kind("abandon"): Rule(("responsible", "clerks"), _("The project is given up: %(name)s"), group=ANSWERS),
    # steps of the ladder: recipients are data
    event_kind("warn"): Rule((), _("The project is due soon: %(name)s"), group=DEADLINES),
    event_kind("urge"): Rule((), _("The project is overdue: %(name)s"), group=DEADLINES),
    event_kind("supervise"): Rule((), _("The project is still overdue: %(name)s"), group=DEADLINES),
}
TASKS: Mapping[str, Rule] = {
    ADD: Rule(("owner",), _("A task for you: %(text)s (%(name)s)")),
    task_event("reopen"): Rule(("owner",), _("Not done after all: %(text)s (%(name)s)")),
    task_event("revise"): Rule(("owner",), _("Your task has changed: %(text)s (%(name)s)")),
    task_event("cancel"): Rule(("owner",), _("Your task is called off: %(text)s (%(name)s)")),
    task_event("warn"): Rule((), _("Your task is due soon: %(text)s (%(name)s)"), group=DEADLINES),
    task_event("urge"): Rule((), _("A task is overdue: %(text)s (%(name)s)"), group=DEADLINES),
    task_event("supervise"): Rule((), _("A task is still overdue: %(text)s (%(name)s)"), group=DEADLINES),
}


def register() -> None:
    """Give the outbox the wording of all kinds, when the app is ready."""
    register_words(TABLE)
    register_words(TASKS)


def enqueue(events: Sequence[ProjectEvent], rules: Rules) -> None:
    """Insert the outbox rows of these events: a fixed number of queries however many events of a day there are."""
    told = [event for event in events if event.kind in TABLE]
    if not told:
        return
    waiting: dict[int, list[ProjectTask]] = {}
    if any("owners" in TABLE[event.kind].recipients for event in told):
        rows = ProjectTask.objects.filter(project__in={event.project_id for event in told}, state=TO_DO)
        for task in rows.order_by("pk"):
            waiting.setdefault(task.project_id, []).append(task)

    def keys_of(event: ProjectEvent) -> list[Key]:
        names = recipients_of(TABLE[event.kind], event, "project", rules)
        return _keys(names, event.project, waiting.get(event.project_id, []), timezone.localdate(event.at))

    tell(told, TABLE, "project", keys_of, lambda event: {"name": event.project.name})


def enqueue_of_tasks(events: Sequence[ProjectTaskEvent], rules: Rules) -> None:
    """The same for events of tasks; what is only planned tells nobody yet."""
    told = [event for event in events if event.kind in TASKS]
    projects = Project.objects.in_bulk({event.task.project_id for event in told})

    def keys_of(event: ProjectTaskEvent) -> list[Key]:
        project = projects[event.task.project_id]
        names = recipients_of(TASKS[event.kind], event, "task", rules) if project.state == RUNNING else ()
        return _keys(names, project, [event.task], timezone.localdate(event.at))

    def params_of(event: ProjectTaskEvent) -> Mapping[str, str]:
        return {"name": projects[event.task.project_id].name, "text": event.task.text}

    if told:
        tell(told, TASKS, "task", keys_of, params_of)


def _keys(names: Iterable[str], project: Project, tasks: Sequence[ProjectTask], on: date) -> list[Key]:
    """Behind which addresses those of these names stand."""
    found: list[Key] = []
    for name in names:
        if name == "responsible":
            found.append(("user", project.responsible_id))
        elif name in ("owner", "owners"):
            acting = acting_officers({task.community_id for task in tasks if task.community_id}, on)
            owners = (task.owner_id or acting.get(task.community_id or 0) or project.responsible_id for task in tasks)
            found += [("user", owner) for owner in owners]
        else:
            found.append((name, project.subdistrict_id))
    return list(dict.fromkeys(found))
