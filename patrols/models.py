"""Data of patrols; each room keeps its own."""

from patrols.stations.models import (
    CheckAnswer,
    CheckEvent,
    ChecklistItem,
    CheckPhoto,
    DailyCheck,
    Station,
)
from patrols.teams.models import (
    Attendance,
    Certificate,
    Duty,
    MemberLeave,
    Rotation,
    Shift,
    Team,
    TeamArea,
)

__all__ = [
    "Attendance",
    "Certificate",
    "CheckAnswer",
    "CheckEvent",
    "CheckPhoto",
    "ChecklistItem",
    "DailyCheck",
    "Duty",
    "MemberLeave",
    "Rotation",
    "Shift",
    "Station",
    "Team",
    "TeamArea",
]
