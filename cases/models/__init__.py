"""Data of a case and what must always be true of it."""

from cases.models.case import Case, CaseNumber, Reporter
from cases.models.catalogue import CaseStandard, Category, Disorder
from cases.models.event import CaseEvent
from cases.models.parts import Escalation, TimeRequest

__all__ = [
    "Case",
    "CaseEvent",
    "CaseNumber",
    "CaseStandard",
    "Category",
    "Disorder",
    "Escalation",
    "Reporter",
    "TimeRequest",
]
