"""Data of patrols; each room keeps its own."""

from patrols.pests.models import (
    BreedingSite,
    BreedingStep,
    DensityLimit,
    DensitySurvey,
    OperationPerson,
    PestOperation,
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
    "BreedingSite",
    "BreedingStep",
    "Certificate",
    "DensityLimit",
    "DensitySurvey",
    "Duty",
    "MemberLeave",
    "OperationPerson",
    "PestOperation",
    "Rotation",
    "Shift",
    "Team",
    "TeamArea",
]
