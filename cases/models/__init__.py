"""Data of a case and what must always be true of it."""

from cases.models.case import Case, CaseNumber
from cases.models.catalogue import CaseStandard, Category, Citation, Disorder
from cases.models.event import CaseEvent, Mention
from cases.models.export import ExportJob
from cases.models.parts import Escalation, TimeRequest
from cases.models.photo import Photo
from cases.models.reporter import Reporter, ReporterLook
from cases.models.saved import SavedView
from cases.models.search import CaseText

__all__ = [
    "Case",
    "CaseEvent",
    "CaseNumber",
    "CaseStandard",
    "CaseText",
    "Category",
    "Citation",
    "Disorder",
    "Escalation",
    "ExportJob",
    "Mention",
    "Photo",
    "Reporter",
    "ReporterLook",
    "SavedView",
    "TimeRequest",
]
