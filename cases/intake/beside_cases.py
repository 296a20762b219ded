"""What a resident reported, on the page of a case: read when the page is there, so that it costs the page nothing."""

from datetime import date, datetime

from cases import beside
from cases.beside import Beside
from cases.models import Case
from citymgmt.people.models import User


def register() -> None:
    """Have it shown, when the app is ready."""
    beside.register(_show)


def _show(case: Case, user: User, on: date, at: datetime) -> Beside | None:
    """Of a case that a resident reported, or whose reporter is known and may follow it."""
    if case.source != Case.Source.CITIZEN and getattr(case, "reporter", None) is None:
        return None
    return Beside("intake/_beside_case.html", {"number": case.number})
