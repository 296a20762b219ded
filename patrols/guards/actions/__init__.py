"""Use cases of guard posts and key places: the only door through which their rows are written."""

from patrols.guards.actions.looks import LookTold, save_deductions, take_look
from patrols.guards.actions.planning import Planned, plan_watches, recheck_watches
from patrols.guards.actions.posts import HoursTold, PostTold, save_hours, save_post
from patrols.guards.actions.standing import Arrival, arrive, assign_watch, leave_post, report_absence

__all__ = [
    "Arrival",
    "HoursTold",
    "LookTold",
    "Planned",
    "PostTold",
    "arrive",
    "assign_watch",
    "leave_post",
    "plan_watches",
    "recheck_watches",
    "report_absence",
    "save_deductions",
    "save_hours",
    "save_post",
    "take_look",
]
