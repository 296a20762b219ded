"""Data of guard posts and key places."""

from patrols.guards.models.looks import ConditionLook, Deduction, LookMark
from patrols.guards.models.posts import GuardedPlace, GuardHours, GuardPost
from patrols.guards.models.watches import GuardEvent, GuardWatch, WatchPhoto

__all__ = ["ConditionLook", "Deduction", "GuardEvent", "GuardHours", "GuardPost", "GuardWatch", "GuardedPlace"]
__all__ += ["LookMark", "WatchPhoto"]
