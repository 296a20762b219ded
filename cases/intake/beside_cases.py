"""What a resident reported, and the hotline's order, on the page of a case."""

from datetime import date, datetime

from cases import beside
from cases.beside import Beside
from cases.intake.hotline.querysets import order_of
from cases.models import Case
from citymgmt.people.models import User
from citymgmt.people.permissions import allows
from citymgmt.worktime.rules import current_rules


def register() -> None:
    """Have it shown, when the app is ready."""
    beside.register(_show_order)
    beside.register(_show)


def _show(case: Case, user: User, on: date, at: datetime) -> Beside | None:
    """Of a case that a resident reported, or whose reporter is known and may follow it: read when the page is there, so
    that it costs the page nothing.
    """
    if case.source != Case.Source.CITIZEN and getattr(case, "reporter", None) is None:
        return None
    return Beside("intake/_beside_case.html", {"number": case.number})


def _show_order(case: Case, user: User, on: date, at: datetime) -> Beside | None:
    """Of a case from the hotline: its order with the hotline's limits, for all who see the case; or the way to note it.

    A case from elsewhere costs no query.
    """
    if case.source != Case.Source.HOTLINE:
        return None
    order = order_of(case)
    if order is None and not allows(user, "hotline.import"):
        return None
    shown = {"order": order, "number": case.number, "may_open": allows(user, "hotline.view"), "at": at}
    return Beside("intake/hotline/_beside_case.html", {**shown, "rules": current_rules()})
