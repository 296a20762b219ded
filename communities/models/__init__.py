"""Data of communities: where, whose, what the public is told of it, and who lives there under which management."""

from communities.models.areas import (
    AreaEvent,
    AreaPhoto,
    Assessment,
    Pilot,
    PropertyContract,
    ReadinessStandard,
    ResidentialArea,
    ServiceReview,
)
from communities.models.boards import Board, BoardEvent, BoardPhoto, Portrait, PublicCard, PublicOffice
from communities.models.committees import CommitteeEvent, OwnersCommittee, OwnersVote
from communities.models.duties import DatedDuty, Handover, OfficerAssignment, OfficerLeave, Point
from communities.models.four_duties import Duty, DutyAnswer, DutyPhoto, DutySheet, SheetEvent
from communities.models.institutions import (
    Agreement,
    AgreementPaper,
    Institution,
    InstitutionKind,
    InstitutionPhoto,
    InstitutionVisit,
    Pledge,
    PledgeEvent,
    VisitRule,
)
from communities.models.places import Community, DutyGrid, KeyPlace, Placed
from communities.models.project_tasks import ProjectOpinion, ProjectPhoto, ProjectTask, ProjectTaskEvent
from communities.models.projects import (
    AcceptanceVoice,
    Project,
    ProjectAcceptance,
    ProjectEvent,
    ProjectGoal,
    ProjectPlace,
    ProjectStage,
)
from communities.models.regulations import Regulation, RegulationFile
from communities.models.rules import LocalRule

__all__ = ["Community", "DatedDuty", "DutyGrid", "Handover", "KeyPlace", "LocalRule", "OfficerAssignment"]
__all__ += ["OfficerLeave", "Placed", "Point"]
__all__ += ["Board", "BoardEvent", "BoardPhoto", "Portrait", "PublicCard", "PublicOffice"]
__all__ += ["Duty", "DutyAnswer", "DutyPhoto", "DutySheet", "SheetEvent"]
__all__ += ["AreaEvent", "AreaPhoto", "Assessment", "Pilot", "PropertyContract", "ReadinessStandard"]
__all__ += ["CommitteeEvent", "OwnersCommittee", "OwnersVote", "ResidentialArea", "ServiceReview"]
__all__ += ["Agreement", "AgreementPaper", "Institution", "InstitutionKind", "InstitutionPhoto", "InstitutionVisit"]
__all__ += ["Pledge", "PledgeEvent", "VisitRule"]
__all__ += ["AcceptanceVoice", "Project", "ProjectAcceptance", "ProjectEvent", "ProjectGoal", "ProjectOpinion"]
__all__ += ["ProjectPhoto", "ProjectPlace", "ProjectStage", "ProjectTask", "ProjectTaskEvent"]
__all__ += ["Regulation", "RegulationFile"]
