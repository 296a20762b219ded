"""Use cases of projects: the only door through which their rows are written."""

from communities.projects.actions.judging import record_acceptance
from communities.projects.actions.opinions import erase_words, give_opinion
from communities.projects.actions.planning import enter_project, revise_project
from communities.projects.actions.reporting import report_progress, show_photo
from communities.projects.actions.stepping import act_on_project
from communities.projects.actions.tasks import act_on_task, add_task
from communities.projects.told import AcceptanceTold, GoalTold, ProjectTold, StageTold, TaskTold, VoiceTold

__all__ = [
    "AcceptanceTold",
    "GoalTold",
    "ProjectTold",
    "StageTold",
    "TaskTold",
    "VoiceTold",
    "act_on_project",
    "act_on_task",
    "add_task",
    "enter_project",
    "erase_words",
    "give_opinion",
    "record_acceptance",
    "report_progress",
    "revise_project",
    "show_photo",
]
