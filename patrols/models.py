"""Data of patrols; each room keeps its own."""

from patrols.cleanliness.models import BlindSpot, SampleDraw, SamplePoint, SpotLook, StreetSegment
from patrols.findings.models import Finding, FindingPhoto
from patrols.guards.models import (
    ConditionLook,
    Deduction,
    GuardedPlace,
    GuardEvent,
    GuardHours,
    GuardPost,
    GuardWatch,
    LookMark,
    WatchPhoto,
)
from patrols.illegal_buildings.models import (
    AreaEntry,
    BuildingEvent,
    BuildingNumber,
    BuildingOwner,
    BuildingPhoto,
    IllegalBuilding,
)
from patrols.pests.models import (
    BreedingSite,
    BreedingStep,
    DensityLimit,
    DensitySurvey,
    OperationPerson,
    PestOperation,
)
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
from patrols.sites.models import CheckedItem, Site, SiteInspection, SitePermit
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

__all__ = ["Attendance", "Certificate", "Duty", "MemberLeave", "Rotation", "Shift", "Team", "TeamArea"]
__all__ += ["PatrolRound", "PlaceClass", "RoundEvent", "Route", "RoutePlan", "RoutePoint", "Visit", "VisitPhoto"]
__all__ += ["CheckedItem", "Site", "SiteInspection", "SitePermit"]
__all__ += ["Finding", "FindingPhoto"]
__all__ += ["CheckAnswer", "CheckEvent", "CheckPhoto", "ChecklistItem", "DailyCheck", "Station"]
__all__ += ["BreedingSite", "BreedingStep", "DensityLimit", "DensitySurvey", "OperationPerson", "PestOperation"]
__all__ += ["ConditionLook", "Deduction", "GuardEvent", "GuardHours", "GuardPost", "GuardWatch", "GuardedPlace"]
__all__ += ["LookMark", "WatchPhoto"]
__all__ += ["BlindSpot", "SampleDraw", "SamplePoint", "SpotLook", "StreetSegment"]
__all__ += ["AreaEntry", "BuildingEvent", "BuildingNumber", "BuildingOwner", "BuildingPhoto", "IllegalBuilding"]
