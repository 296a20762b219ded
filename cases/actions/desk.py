"""Actions of the desk: accept, verify, file, dispatch."""

from typing import Any

from django.utils.translation import gettext as _

from cases.actions.dispatching import filing_changes, who_handles
from cases.actions.frame import Desk, action
from cases.models import CaseEvent, CaseStandard
from citymgmt.people.models import Organisation, User
from citymgmt.refusals import Invalid


@action("accept")
def accept(desk: Desk, *, note: str = "") -> CaseEvent:
    """Take a report in."""
    return desk.record(note=note)


@action("decline")
def decline(desk: Desk, *, note: str) -> CaseEvent:
    """Refuse a report that is out of scope, with the reason."""
    return desk.record(note=note, changes={"closed_at": desk.at})


@action("verify")
def verify(desk: Desk, *, officer: User | None = None, note: str = "") -> CaseEvent:
    """Have somebody look whether a report is true, before it is filed. Raises: Invalid when nobody can."""
    handlers = who_handles(desk, officer, None)
    if handlers["officer_id"] is None:
        raise Invalid(fields={"officer": _("The community has no officer: choose a person.")})
    return desk.record(note=note, changes={"officer_id": handlers["officer_id"]})


@action("confirm")
def confirm(desk: Desk, *, note: str) -> CaseEvent:
    """Report what the verification found."""
    return desk.record(note=note)


@action("file")
def file(
    desk: Desk,
    *,
    standard: CaseStandard | None = None,
    limit_value: int | None = None,
    limit_unit: str = "",
    note: str = "",
) -> CaseEvent:
    """File the case: the filing condition fixes limit, closing condition and department; the clock starts."""
    return desk.record(note=note, changes=filing_changes(desk, standard, limit_value, limit_unit))


@action("decline_to_file")
def decline_to_file(desk: Desk, *, note: str) -> CaseEvent:
    """Do not file, with the reason."""
    return desk.record(note=note, changes={"closed_at": desk.at})


@action("dispatch")
def dispatch(desk: Desk, *, officer: User | None = None, team: Organisation | None = None, note: str = "") -> CaseEvent:
    """Send the case to who handles it. Raises: Invalid when there is neither officer nor team."""
    handlers: dict[str, Any] = who_handles(desk, officer, team)
    if handlers["officer_id"] is None and handlers["team_id"] is None:
        raise Invalid(fields={"officer": _("The community has no officer: choose a person or a team.")})
    return desk.record(note=note, changes=handlers)
