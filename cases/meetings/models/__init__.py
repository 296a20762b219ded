"""Data of joint meetings; a module for each thing."""

from cases.meetings.circulars.models import Circular, CircularFile, CircularJob, CircularReceipt, CircularReminder
from cases.meetings.evidence.models import Evidence
from cases.meetings.minutes.models import Minutes, MinutesFile, MinutesJob, Receipt
from cases.meetings.models.agenda import AgendaItem
from cases.meetings.models.meeting import Meeting, Seat
from cases.meetings.models.resolution import Resolution, ResolutionCase, ResolutionEvent, ResolutionNumber
from cases.meetings.models.units import MeetingRule, MemberUnit
from cases.meetings.outside.models import UnitLink

__all__ = [
    "AgendaItem",
    "Circular",
    "CircularFile",
    "CircularJob",
    "CircularReceipt",
    "CircularReminder",
    "Evidence",
    "Meeting",
    "MeetingRule",
    "MemberUnit",
    "Minutes",
    "MinutesFile",
    "MinutesJob",
    "Receipt",
    "Resolution",
    "ResolutionCase",
    "ResolutionEvent",
    "ResolutionNumber",
    "Seat",
    "UnitLink",
]
