"""Data of communities: where, whose, and what the public is told of it."""

from communities.models.boards import Board, BoardEvent, BoardPhoto, Portrait, PublicCard, PublicOffice
from communities.models.duties import DatedDuty, Handover, OfficerAssignment, OfficerLeave, Point
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
from communities.models.places import Community, DutyGrid, KeyPlace
from communities.models.regulations import Regulation, RegulationFile

__all__ = ["Community", "DatedDuty", "DutyGrid", "Handover", "KeyPlace", "OfficerAssignment", "OfficerLeave", "Point"]
__all__ += ["Board", "BoardEvent", "BoardPhoto", "Portrait", "PublicCard", "PublicOffice"]
__all__ += ["Agreement", "AgreementPaper", "Institution", "InstitutionKind", "InstitutionPhoto", "InstitutionVisit"]
__all__ += ["Pledge", "PledgeEvent", "VisitRule"]
__all__ += ["Regulation", "RegulationFile"]
