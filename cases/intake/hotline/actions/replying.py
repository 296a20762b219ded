"""Reply to the hotline: in the end, or while the matter is worked on."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.frame import once_beside, record_beside
from cases.intake.hotline.actions.reminding import CLIMBING, let_go
from cases.intake.hotline.models import LONGEST_REPLY, HotlineOrder, HotlineReply
from cases.intake.hotline.querysets import locked_order
from cases.models import Case, CaseEvent
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import Invalid, NotFound, WrongState
from citymgmt.written import faults_of, in_lines


def reply_to_hotline(
    *,
    pk: int,
    by: User,
    at: datetime,
    text: str,
    is_final: bool,
    is_solved: bool | None = None,
    request_key: str | None = None,
) -> CaseEvent:
    """Write what the hotline gets back of an order: final once its case has ended, interim before. It stays as it is.

    A final one says whether the matter is solved; a second one corrects the first. A resend acts once.
    Raises: NotFound, NotPermitted, WrongState (final of an open case, interim of an ended one), Invalid, KeyReused.
    """
    text = in_lines(text)
    _check(text, is_final, is_solved)
    solved = is_solved if is_final else None

    def write(case: Case, digest: str) -> CaseEvent:
        order = locked_order(case)
        require(by, "hotline.reply", order, on=timezone.localdate(at))
        _check_stage(case, is_final)
        event = record_beside(case, "reply_to_hotline", by=by, at=at, note="", key=request_key, digest=digest)
        HotlineReply.objects.create(
            order=order, event=event, text=text, is_final=is_final, is_solved=solved, by=by, at=event.at
        )
        if is_final:
            order.replied_at, order.exported_at = order.replied_at or event.at, None
            let_go(order)
            order.save(update_fields=["replied_at", "exported_at", *CLIMBING])
        return event

    asked = {"text": text, "final": is_final, "solved": solved}
    return once_beside("reply_to_hotline", _number_of(pk), write, by=by, request_key=request_key, asked=asked)


def _check(text: str, is_final: bool, is_solved: bool | None) -> None:
    fields: dict[str, list[str]] = {}
    if faults := faults_of(text, LONGEST_REPLY, is_needed=True, is_one_line=False):
        fields["text"] = faults
    if is_final and is_solved is None:
        fields["is_solved"] = [_("Please fill this in.")]
    if fields:
        raise Invalid(fields=fields)


def _check_stage(case: Case, is_final: bool) -> None:
    if is_final and case.is_open:
        raise WrongState(_("The case is open: only an interim reply is possible."))
    if not is_final and not case.is_open:
        raise WrongState(_("The case has ended: send the final reply."))


def _number_of(pk: int) -> str:
    """The number of the case of an order. Raises: NotFound."""
    found = HotlineOrder.objects.filter(pk=pk if 0 < pk < 2**63 else 0).values_list("case__number", flat=True).first()
    if found is None:
        raise NotFound
    return str(found)
