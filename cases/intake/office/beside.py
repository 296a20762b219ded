"""Where the page of a case leads to what everybody reads of it."""

from datetime import date, datetime

from cases import beside
from cases.beside import Beside
from cases.intake.models import Report
from cases.models import Case
from citymgmt.people.models import User
from citymgmt.people.permissions import allows


def register() -> None:
    """Have it shown, when the app is ready."""
    beside.register(_show)


def _show(case: Case, user: User, on: date, at: datetime) -> Beside | None:
    """Of a case that a resident reported, for whom decides about it; nothing is asked for any other case."""
    if case.source != Case.Source.CITIZEN or not allows(user, "publication.edit"):
        return None
    report = (
        Report.objects.filter(case=case, is_joined=False)
        .select_related("case__publication", "case__disclosure")
        .first()
    )
    if report is None:
        return None
    is_public = getattr(getattr(report.case, "publication", None), "is_public", False)
    return Beside("intake/office/_beside_case.html", {"number": case.number, "is_public": is_public})
