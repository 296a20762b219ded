"""Projects as pages show them: progress beside time, goals, stages, tasks; in whole percent, never more than it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from citymgmt.forms import new_request_key
from citymgmt.people.models import in_language
from citymgmt.wording import gettext_noop
from citymgmt.worktime.steps import Stage
from communities.models import Project, ProjectGoal, ProjectPlace, ProjectStage, ProjectTask
from communities.projects import progress
from communities.projects.lifecycle import CANCELLED, DONE, DRAFT, STATES, TASK_STATES, TIMED, TO_DO
from communities.projects.progress import BEFORE, MET, NOW, OVER

STAGE_LOOKS: Mapping[str, Stage] = {
    BEFORE: Stage(gettext_noop("not begun yet"), "waiting", "circle"),
    NOW: Stage(gettext_noop("now"), "active", "play-circle"),
    OVER: Stage(gettext_noop("its days have passed"), "stopped", "clock-history"),
    MET: Stage(gettext_noop("all tasks done"), "done", "check-circle"),
}


@dataclass(frozen=True)
class GoalShown:
    """A goal with how much of it is reached."""

    goal: ProjectGoal

    @property
    def percent(self) -> int:
        """How much is reached."""
        return progress.percent(progress.share_of_goal(self.goal.target, self.goal.achieved)) or 0


@dataclass(frozen=True)
class TaskShown:
    """A task with its badge, who is to do it, and whether it is late."""

    task: ProjectTask
    at: datetime
    may_do: bool = False
    photos: Sequence[Any] = ()

    @property
    def look(self) -> Stage:
        """Tone and icon of its state."""
        return TASK_STATES[self.task.state]

    @property
    def label(self) -> str:
        """Its state in words."""
        return _(self.look.label)

    @property
    def is_late(self) -> bool:
        """Whether it should have been done by now."""
        return self.task.due_at is not None and self.task.due_at < self.at

    @property
    def is_done(self) -> bool:
        """Whether it was ticked off."""
        return self.task.state == DONE

    @property
    def is_to_do(self) -> bool:
        """Whether it waits."""
        return self.task.state == TO_DO

    @property
    def request_key(self) -> str:
        """The key of its button."""
        return new_request_key()

    @property
    def who(self) -> str:
        """Who is to do it: a person, the officer of a community, a unit."""
        names = [str(one) for one in (self.task.owner, self.task.community, self.task.unit) if one]
        return " · ".join(names)


@dataclass(frozen=True)
class StageShown:
    """A stage on the bar, with its tasks."""

    stage: ProjectStage | None
    span: progress.Span | None
    state: str
    tasks: Sequence[TaskShown]

    @property
    def look(self) -> Stage:
        """Tone and icon."""
        return STAGE_LOOKS[self.state]

    @property
    def label(self) -> str:
        """Its state in words."""
        return _(self.look.label)

    @property
    def start(self) -> str:
        """Where its bar begins, in percent of the whole."""
        return f"{float(self.span.start * 100):.2f}" if self.span else "0"

    @property
    def length(self) -> str:
        """How long its bar is, in percent of the whole."""
        return f"{float(self.span.length * 100):.2f}" if self.span else "0"


@dataclass(frozen=True)
class ProjectShown:
    """A project with its parts (`with_parts`) on a day."""

    project: Project
    on: date
    at: datetime
    places: Sequence[ProjectPlace] = ()
    mine: frozenset[int] = frozenset()  # tasks that the person may do
    photos: Mapping[int, Sequence[Any]] | None = None  # of tasks, by their id

    @property
    def stage(self) -> Stage:
        """Tone and icon of its state."""
        return STATES[self.project.state]

    @property
    def label(self) -> str:
        """Its state in words."""
        return _(self.stage.label)

    @property
    def kind(self) -> str:
        """Its kind in words."""
        return _(self.project.of_kind.label)

    @property
    def where(self) -> str:
        """For which communities it is."""
        names = in_language("、", ", ").join(str(one.community) for one in self.places)
        return names or _("the whole sub-district")

    @property
    def lead(self) -> str:
        """The unit that leads it."""
        return str(self.project.lead_unit or self.project.lead_text)

    @cached_property
    def goals(self) -> list[GoalShown]:
        """Its goals."""
        return [GoalShown(one) for one in self._parts("goals_now")]

    @cached_property
    def tasks(self) -> list[TaskShown]:
        """Its tasks, but for those that were called off."""
        photos = self.photos or {}
        return [
            TaskShown(one, self.at, one.pk in self.mine, photos.get(one.pk, ()))
            for one in self._parts("tasks_now")
            if one.state != CANCELLED
        ]

    @property
    def percent(self) -> int | None:
        """How far it is; None where nothing is planned."""
        goals = [(one.goal.target, one.goal.achieved) for one in self.goals]
        return progress.percent(progress.progress(goals, [one.is_done for one in self.tasks]))

    @property
    def time_percent(self) -> int:
        """How much of its days has passed."""
        return progress.percent(progress.share_of_time(self.project.first_on, self.project.last_on, self.on)) or 0

    @property
    def is_under_way(self) -> bool:
        """Whether its time is running."""
        return self.project.state in TIMED

    @property
    def is_overdue(self) -> bool:
        """Whether its last day has passed."""
        return self.project.due_at is not None and self.project.due_at < self.at

    @property
    def late_tasks(self) -> int:
        """How many of its tasks are late."""
        return sum(one.is_late for one in self.tasks)

    @property
    def done_tasks(self) -> int:
        """How many of its tasks are done."""
        return sum(one.is_done for one in self.tasks)

    @property
    def is_draft(self) -> bool:
        """Whether it was not started yet."""
        return self.project.state == DRAFT

    @cached_property
    def stages(self) -> list[StageShown]:
        """Its stages with their tasks, and last the tasks of none."""
        project, found, taken = self.project, [], set[int]()
        for one in self._parts("stages_now"):
            tasks = [task for task in self.tasks if task.task.stage_id == one.pk]
            taken |= {task.task.pk for task in tasks}
            where = progress.span(project.first_on, project.last_on, one.from_on, one.until_on)
            are_done = [task.is_done for task in tasks]
            found.append(
                StageShown(one, where, progress.stage_state(one.from_on, one.until_on, are_done, self.on), tasks)
            )
        rest = [task for task in self.tasks if task.task.pk not in taken]
        return [*found, *([StageShown(None, None, NOW, rest)] if rest else [])]

    @property
    def bar(self) -> list[StageShown]:
        """The stages that have days."""
        return [one for one in self.stages if one.stage is not None]

    def _parts(self, name: str) -> Sequence[Any]:
        return list(getattr(self.project, name, ()))


def plain(number: Decimal) -> str:
    """A number without zeros that say nothing."""
    return f"{number.normalize():f}"
