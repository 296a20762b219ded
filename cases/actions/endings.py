"""How a case ends and may begin again: inspection, special closing, void, merge, self-handled, reopen, appeal."""

from django.utils.translation import gettext as _

from cases import deadlines
from cases.actions.field import fallen_request
from cases.actions.frame import Desk, action
from cases.models import Case, CaseEvent, Escalation
from citymgmt.refusals import Invalid

KIND = Case.CloseKind


@action("pass")
def pass_inspection(desk: Desk, *, closing_note: str = "", note: str = "", with_error: bool = False) -> CaseEvent:
    """Close after a good inspection; needs the closing condition. The kind says whether handling was on time.

    Raises: Invalid when the case has no closing condition of its own and none is given (domain 3.3).
    """
    met = closing_note.strip() or desk.case.closing_zh
    if not met:
        raise Invalid(fields={"closing_note": _("Say which closing condition is met.")})
    kind = KIND.ERROR if with_error else KIND.NORMAL if deadlines.was_on_time(desk.case) else KIND.OVERDUE
    return desk.record(note=note, changes={"closed_at": desk.at, "close_kind": kind.value, "closing_note": met})


@action("rework")
def rework(desk: Desk, *, note: str) -> CaseEvent:
    """Send a case back after a failed inspection: same people, same (bundled) deadline, the ladder wakes."""
    changes = {"rework_count": desk.case.rework_count + 1, "watched_from": desk.at, "handled_at": None}
    return desk.record(note=note, changes=changes)


def _ended(desk: Desk, note: str, **columns: object) -> CaseEvent:
    """End the case and whatever of it is still open: an escalation is taken back, a request falls."""
    changes = {"closed_at": desk.at, "left": None, "suspended_until": None, **columns}
    escalation = desk.journal.escalations.get(desk.case.pk)
    taken_back = {"state": Escalation.State.TAKEN_BACK.value, "ended_at": desk.at, "due_at": None}
    parts = [*fallen_request(desk), *([(escalation, taken_back)] if escalation else [])]
    return desk.record(note=note, changes=changes, parts=parts)


@action("close_special")
def close_special(desk: Desk, *, note: str) -> CaseEvent:
    """A leader closes the case outside the ordinary way, with the reason."""
    return _ended(desk, note, close_kind=KIND.SPECIAL.value, handled_at=desk.case.handled_at or desk.at)


@action("void")
def void(desk: Desk, *, note: str) -> CaseEvent:
    """Take the case out as if it had not been, with the reason; nothing is deleted."""
    return _ended(desk, note)


@action("merge")
def merge(desk: Desk, *, target: Case, note: str = "") -> CaseEvent:
    """Add this case to another open one of the same sub-district. Raises: Invalid for any other."""
    if target.pk == desk.case.pk or target.subdistrict_id != desk.case.subdistrict_id or not target.is_open:
        raise Invalid(fields={"target": _("Choose another open case of your sub-district.")})
    return _ended(desk, note, merged_into_id=target.pk)


@action("self_handle")
def self_handle(desk: Desk, *, note: str) -> CaseEvent:
    """Close what was put right on the spot; it is counted apart."""
    return _ended(desk, note, handled_at=desk.at, close_kind=KIND.SELF_HANDLED.value)


@action("reopen")
def reopen(desk: Desk, *, note: str) -> CaseEvent:
    """Begin a new round with a new deadline by the same limit."""
    case = desk.case
    assert case.limit is not None
    due_at, is_provisional = deadlines.deadline(desk.rules.calendar, desk.at, case.limit)
    fresh = {"rung": 0, "rung_at": None, "ladder_code": "", "was_escalated": False, "watched_from": desk.at}
    ending = {"closed_at": None, "close_kind": "", "closing_note": "", "handled_at": None, "handler_id": None}
    clock = {"due_at": due_at, "is_due_provisional": is_provisional, "round": case.round + 1}
    return desk.record(note=note, changes={**fresh, **ending, **clock})


@action("appeal")
def appeal(desk: Desk, *, note: str) -> CaseEvent:
    """Appeal once against the verdict that the case was overdue."""
    return desk.record(note=note, changes={"appeal": Case.Appeal.PENDING.value})


@action("uphold_appeal")
def uphold_appeal(desk: Desk, *, note: str) -> CaseEvent:
    """Exempt the case from the statistics; the overdue fact stays (domain 0, finding 11)."""
    return desk.record(note=note, changes={"appeal": Case.Appeal.UPHELD.value})


@action("reject_appeal")
def reject_appeal(desk: Desk, *, note: str) -> CaseEvent:
    """Let the verdict stand."""
    return desk.record(note=note, changes={"appeal": Case.Appeal.REJECTED.value})
