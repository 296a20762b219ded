"""Data of stations: the register, the checklists, the checks of each day with their history."""

from patrols.stations.models.checks import CheckAnswer, CheckEvent, CheckPhoto, DailyCheck
from patrols.stations.models.register import ChecklistItem, Station, StationKind

__all__ = ["CheckAnswer", "CheckEvent", "CheckPhoto", "ChecklistItem", "DailyCheck", "Station", "StationKind"]
