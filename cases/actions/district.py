"""Up to the district and back: escalations; interim measures, urging, supervision."""

from django.utils.translation import gettext as _

from cases.actions.frame import Desk, action
from cases.escalating import columns_of, new_escalation
from cases.models import CaseEvent
from citymgmt.people.models import Organisation
from citymgmt.refusals import Invalid


@action("escalate")
def escalate(desk: Desk, *, note: str, department: Organisation | None = None) -> CaseEvent:
    """Report the case up to a district department, with the reason. Raises: Invalid."""
    chosen = department or (desk.journal.departments.get(desk.case.department_id) if desk.case.department_id else None)
    if chosen is None or not chosen.is_active:
        raise Invalid(fields={"department": _("Choose the department.")})
    if chosen.subdistrict_id is not None or chosen.district_code != desk.case.subdistrict.district_code:
        raise Invalid(fields={"department": _("This department belongs to another district.")})
    escalation = new_escalation(
        desk.journal, desk.case, at=desk.at, department=chosen, is_automatic=False, reason=note.strip()
    )
    changes = {"was_escalated": True, "department_id": chosen.pk}
    return desk.record(note=note, changes=changes, parts=[(escalation, columns_of(escalation))])


@action("acknowledge")
def acknowledge(desk: Desk, *, note: str = "") -> CaseEvent:
    """The department confirms receipt; from now on its reply is due."""
    changes = {"state": "acknowledged", "acknowledged_at": desk.at, "due_at": desk.part.reply_due_at}
    return desk.record(note=note, parts=[(desk.part, changes)])


def _end(desk: Desk, state: str, note: str, **columns: object) -> CaseEvent:
    changes = {"state": state, "ended_at": desk.at, "due_at": None, **columns}
    if desk.part.acknowledged_at is None and state == "replied":
        changes["acknowledged_at"] = desk.at
    to = "handling" if desk.case.officer_id or desk.case.team_id else "filed"
    return desk.record(note=note, to=to, parts=[(desk.part, changes)])


@action("reply")
def reply(desk: Desk, *, note: str) -> CaseEvent:
    """The department says what it did or decided; the street goes on."""
    return _end(desk, "replied", note, reply=note.strip())


@action("return_escalation")
def return_escalation(desk: Desk, *, note: str) -> CaseEvent:
    """The department says that this is not its duty, with the reason."""
    return _end(desk, "returned", note, reply=note.strip())


@action("take_back")
def take_back(desk: Desk, *, note: str) -> CaseEvent:
    """The street takes the matter back from the department."""
    return _end(desk, "taken_back", note)


@action("measure")
def measure(desk: Desk, *, note: str) -> CaseEvent:
    """Note what the street does meanwhile so that it gets no worse (domain 1, row 10)."""
    return desk.record(note=note)


@action("urge")
def urge(desk: Desk, *, note: str = "") -> CaseEvent:
    """Urge whoever has the case now: the officer and team, or the department."""
    changes = {"urge_count": desk.case.urge_count + 1}
    escalation = desk.journal.escalations.get(desk.case.pk)
    parts = [(escalation, {"urge_count": escalation.urge_count + 1})] if escalation else []
    return desk.record(note=note, changes=changes, parts=parts)


@action("supervise")
def supervise(desk: Desk, *, note: str) -> CaseEvent:
    """A leader orders supervision with a requirement that must be answered."""
    return desk.record(note=note, changes={"supervision_count": desk.case.supervision_count + 1})


@action("answer_supervision")
def answer_supervision(desk: Desk, *, note: str) -> CaseEvent:
    """Answer a supervision."""
    return desk.record(note=note)
