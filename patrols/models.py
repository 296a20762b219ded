"""Data of patrols; each room keeps its own."""

from patrols.rounds.models import (
    PatrolRound,
    PlaceClass,
    RoundEvent,
    Route,
    RoutePlan,
    RoutePoint,
    Visit,
    VisitPhoto,
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
    "Duty",
    "MemberLeave",
    "PatrolRound",
    "PlaceClass",
    "Rotation",
    "RoundEvent",
    "Route",
    "RoutePlan",
    "RoutePoint",
    "Shift",
    "Team",
    "TeamArea",
    "Visit",
    "VisitPhoto",
]
