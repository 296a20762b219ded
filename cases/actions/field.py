"""Actions in the field: receive, return, assign, report back."""

from django.utils.translation import gettext as _

from cases.actions.frame import Desk, action
from cases.history import Values
from cases.models import CaseEvent, TimeRequest
from cases.querysets import pending_request
from citymgmt.people.models import User
from citymgmt.people.roles import TEAM_ROLES
from citymgmt.refusals import Invalid


@action("receive")
def receive(desk: Desk, *, note: str = "") -> CaseEvent:
    """Confirm that the case has arrived."""
    return desk.record(note=note)


@action("return")
def return_case(desk: Desk, *, note: str) -> CaseEvent:
    """Give the case back to the desk: not mine (domain 3.3)."""
    changes = {"officer_id": None, "team_id": None, "return_count": desk.case.return_count + 1}
    return desk.record(note=note, changes=changes, parts=fallen_request(desk))


@action("assign")
def assign(desk: Desk, *, handler: User, note: str = "") -> CaseEvent:
    """Give the case to a member of the team. Raises: Invalid for somebody of another team."""
    is_of_team = handler.role in TEAM_ROLES and handler.organisation_id == desk.case.team_id
    if not (is_of_team and handler.is_active):
        raise Invalid(fields={"handler": _("This person does not belong to the team.")})
    return desk.record(note=note, changes={"handler_id": handler.pk})


@action("withdraw")
def withdraw(desk: Desk, *, note: str = "") -> CaseEvent:
    """Take the case from the member it was assigned to."""
    return desk.record(note=note, changes={"handler_id": None})


@action("report_back")
def report_back(desk: Desk, *, note: str) -> CaseEvent:
    """Report the matter as handled; an inspection follows."""
    return desk.record(note=note, changes={"handled_at": desk.at}, parts=fallen_request(desk))


def fallen_request(desk: Desk) -> list[tuple[TimeRequest, Values]]:
    """The pending request for more time, if there is one, with what makes it fall: it is no longer needed."""
    request = pending_request(desk.case)
    return [(request, {"state": TimeRequest.State.WITHDRAWN.value, "decided_at": desk.at})] if request else []
