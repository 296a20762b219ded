"""What projects and their tasks say of themselves: when they are due, their ladders, what each step writes, what is a
fact. Both are due at the end of the office's hours on a day that people were told; they rest, and nothing falls due,
while the project is a draft or suspended. What was urged once is not urged anew after a rest.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from citymgmt import history
from citymgmt.worktime import journal, sweep
from citymgmt.worktime.clock import Unit
from citymgmt.worktime.journal import Effect, taken
from citymgmt.worktime.ladder import Due, Timing, next_due
from citymgmt.worktime.rules import Rules
from citymgmt.worktime.terms import begun_anew, end_of
from communities.models import (
    Project,
    ProjectAcceptance,
    ProjectEvent,
    ProjectGoal,
    ProjectPlace,
    ProjectStage,
    ProjectTask,
    ProjectTaskEvent,
)
from communities.projects import notices
from communities.projects.lifecycle import EVENT_OF_EFFECT, TASK_EVENT_OF_EFFECT

LADDER, TASK_LADDER = "project", "task"
FOLDED = history.columns_but(
    Project, "id", "subdistrict_id", "kind", "year", "number", "made_at", "next_check_at"
)  # fmt: skip
TASK_FOLDED = history.columns_but(ProjectTask, "id", "project_id", "next_check_at")
RESTING: Mapping[str, Any] = {"due_at": None, "watched_from": None}


def _next(ladder: str, thing: Any, rules: Rules) -> Due | None:
    timing = Timing(thing.due_at, None, Unit.WORKING_DAY, thing.rung, thing.rung_at, thing.watched_from)
    return next_due(ladder, timing, frozenset(), rules)


class Journal(journal.Journal[Project, ProjectEvent]):
    """The journal of projects, with their communities, goals, stages and acceptances."""

    subject = "project"
    event_model = ProjectEvent
    part_models = {
        "place": ProjectPlace,
        "goal": ProjectGoal,
        "stage": ProjectStage,
        "acceptance": ProjectAcceptance,
    }

    def find_due(self, thing: Project) -> Due | None:
        """The next step of the ladder while the project is under way."""
        return _next(LADDER, thing, self.rules)

    def tell(self) -> None:
        """Tell whom the notice table names."""
        notices.enqueue(self.events, self.rules)


class TaskJournal(journal.Journal[ProjectTask, ProjectTaskEvent]):
    """The journal of tasks."""

    subject = "task"
    event_model = ProjectTaskEvent

    def find_due(self, thing: ProjectTask) -> Due | None:
        """The next step of the ladder while the task is to be done."""
        return _next(TASK_LADDER, thing, self.rules)

    def tell(self) -> None:
        """Tell whom the notice table names."""
        notices.enqueue_of_tasks(self.events, self.rules)


def timed(day: date, at: datetime, rules: Rules) -> dict[str, Any]:
    """The columns of what is due at the end of a day, watched from a moment; its ladder stands where it stood."""
    return {"due_at": end_of(day, rules), "watched_from": at}


def timed_anew(day: date, at: datetime, rules: Rules) -> dict[str, Any]:
    """The same, with the ladder begun anew."""
    return {**begun_anew(at), **timed(day, at, rules)}


def _effect(kind: str) -> Effect:
    def write(journal_: Any, thing: Any, due: Due) -> None:
        journal_.record(thing, kind, at=due.at, changes=taken(due))

    return write


EFFECTS: Mapping[str, Effect] = {name: _effect(kind) for name, kind in EVENT_OF_EFFECT.items()}
TASK_EFFECTS: Mapping[str, Effect] = {name: _effect(kind) for name, kind in TASK_EVENT_OF_EFFECT.items()}


def settle_batch(projects: Sequence[Project], now: datetime, rules: Rules) -> None:
    """Settle locked rows of the sweep."""
    journal.settle_batch(Journal(projects, rules), now, EFFECTS)


def settle_tasks(tasks: Sequence[ProjectTask], now: datetime, rules: Rules) -> None:
    """Settle locked tasks of the sweep."""
    journal.settle_batch(TaskJournal(tasks, rules), now, TASK_EFFECTS)


def differences(project: Project, events: Sequence[ProjectEvent], parts: Sequence[Any]) -> list[str]:
    """What the replay of a project's events and its rows say differently; empty when they agree."""
    named = {Journal.part_subject(part): part for part in parts}
    return history.differences("project", list(events), project, FOLDED, named)


def task_differences(task: ProjectTask, events: Sequence[ProjectTaskEvent]) -> list[str]:
    """What the replay of a task's events and its row say differently; empty when they agree."""
    return history.differences("task", list(events), task, TASK_FOLDED, {})


def register() -> None:
    """Have the sweep settle projects and tasks, when the app is ready."""
    sweep.register("projects", Project, settle_batch)
    sweep.register("tasks of projects", ProjectTask, settle_tasks)
