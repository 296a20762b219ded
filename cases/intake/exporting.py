"""Everything that the portal keeps of a resident's report, for whoever asks for it (PIPL art. 45)."""

from typing import Any

from cases.intake.models import Report
from cases.intake.querysets import target_of
from cases.intake.words import lines_of
from cases.models import CaseEvent, Reporter


def everything_kept(report: Report) -> dict[str, Any]:
    """The report, its sender, what was added, answered and judged; moments as ISO 8601."""
    case, target = report.case, target_of(report)
    reporter = Reporter.objects.filter(case=case).first()
    events = CaseEvent.objects.filter(case=case).order_by("seq")
    return {
        "number": case.number,
        "topic": report.topic.name,
        "description": case.description,
        "address": case.address,
        "community": str(case.community or ""),
        "longitude": case.longitude,
        "latitude": case.latitude,
        "answers": report.answers,
        "reported_at": case.created_at.isoformat(),
        "language": report.language,
        "not_to_be_published": report.is_private,
        "name": reporter.name if reporter else "",
        "telephone": reporter.phone if reporter else "",
        "e_mail": reporter.email if reporter else "",
        "erased_at": reporter.erased_at.isoformat() if reporter and reporter.erased_at else None,
        "additions": [{"at": one.at.isoformat(), "text": one.text} for one in report.additions.order_by("id")],
        "replies": [{"at": one.at.isoformat(), "text": one.text} for one in target.replies.order_by("id")],
        "judgements": [
            {"at": one.at.isoformat(), "solved": one.is_solved, "satisfaction": one.score, "words": one.words}
            for one in case.judgements.order_by("id")
        ],
        "what_happened": [{"at": line.at.isoformat(), "what": str(line.text)} for line in lines_of(events)],
    }
