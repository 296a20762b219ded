"""Data of what comes from outside, and what must always be true of it."""

from cases.intake.hotline.models import (
    HotlineExport,
    HotlineExportRow,
    HotlineOrder,
    HotlineReply,
    HotlineSheet,
)
from cases.intake.models.clients import ApiClient
from cases.intake.models.judging import CallAttempt, Judgement
from cases.intake.models.publications import Disclosure, Publication, PublicUpdate
from cases.intake.models.reports import Addition, Reply, Report
from cases.intake.models.topics import Question, Topic

__all__ = [
    "Addition",
    "ApiClient",
    "CallAttempt",
    "Disclosure",
    "HotlineExport",
    "HotlineExportRow",
    "HotlineOrder",
    "HotlineReply",
    "HotlineSheet",
    "Judgement",
    "PublicUpdate",
    "Publication",
    "Question",
    "Reply",
    "Report",
    "Topic",
]
