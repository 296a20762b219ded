"""The columns of a file of projects: heading and cell."""

from django.utils.translation import gettext_lazy

from citymgmt.sheets import Columns
from communities.projects.showing import ProjectShown, plain

COLUMNS: Columns[ProjectShown] = (
    (gettext_lazy("project number"), lambda one: one.project.code),
    (gettext_lazy("name"), lambda one: one.project.name),
    (gettext_lazy("kind"), lambda one: one.kind),
    (gettext_lazy("state"), lambda one: one.label),
    (gettext_lazy("communities"), lambda one: one.where),
    (gettext_lazy("what is to be reached"), lambda one: one.project.aim),
    (gettext_lazy("where it came from"), lambda one: one.project.get_source_display()),
    (gettext_lazy("responsible person"), lambda one: one.project.responsible),
    (gettext_lazy("lead unit"), lambda one: one.lead),
    (gettext_lazy("partners"), lambda one: one.project.partners),
    (gettext_lazy("participants"), lambda one: one.project.participants),
    (gettext_lazy("first planned day"), lambda one: one.project.first_on),
    (gettext_lazy("last planned day"), lambda one: one.project.last_on),
    (gettext_lazy("progress in percent"), lambda one: one.percent),
    (gettext_lazy("time passed in percent"), lambda one: one.time_percent),
    (
        gettext_lazy("goals"),
        lambda one: "；".join(
            f"{goal.goal.measure} {plain(goal.goal.achieved)}/{plain(goal.goal.target)} {goal.goal.unit}"
            for goal in one.goals
        ),
    ),
    (gettext_lazy("tasks done"), lambda one: f"{one.done_tasks}/{len(one.tasks)}"),
    (gettext_lazy("late tasks"), lambda one: one.late_tasks),
    (gettext_lazy("planned cost in yuan"), lambda one: one.project.cost_planned),
    (gettext_lazy("spent so far in yuan"), lambda one: one.project.cost_spent),
    (gettext_lazy("source of funds"), lambda one: one.project.funds),
    (gettext_lazy("started on"), lambda one: one.project.started_on),
    (gettext_lazy("ended on"), lambda one: one.project.ended_on),
)
