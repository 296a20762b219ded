"""A failed item becomes a case in one step, or joins the open case that it led to before."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Case
from citymgmt.people.models import User
from citymgmt.refusals import NotFound, WrongState
from patrols.filing import contents_of, log_found
from patrols.stations.actions.frame import act
from patrols.stations.checklist import FAILED
from patrols.stations.journal import Journal
from patrols.stations.lifecycle import LINK_CASE, LOG_CASE
from patrols.stations.models import CheckAnswer, CheckEvent, CheckPhoto, DailyCheck
from patrols.stations.querysets import open_case_of


def log_failed_item(*, by: User, at: datetime, pk: int, ordinal: int, request_key: str | None = None) -> CheckEvent:
    """Log a case of a failed answer of a check, with its place, category, description and photo. Where the same item of
    the same station has an open case, the answer is linked to that one instead.

    Raises: NotFound, NotPermitted, WrongState (it has a case), and as `log_case`.
    """

    def body(journal: Journal, check: DailyCheck, moment: datetime) -> Mapping[str, Any]:
        answer = check.answers.filter(ordinal=ordinal if 0 < ordinal < 1000 else 0, result=FAILED).first()
        if answer is None:
            raise NotFound
        if answer.case is not None:
            raise WrongState(_("This item is in case %(number)s already.") % {"number": answer.case.number})
        earlier = open_case_of(answer, check.station)
        case = earlier or _logged(answer, check, by, at)
        kind = LOG_CASE if earlier is None else LINK_CASE
        return {"kind": kind, "note": case.number, "parts": [(answer, {"case_id": case.pk})]}

    given = {"ordinal": ordinal}
    return act(
        LOG_CASE,
        pk=pk,
        by=by,
        at=at,
        permission="station.check",
        given=given,
        body=body,
        request_key=request_key,
    )


def _logged(answer: CheckAnswer, check: DailyCheck, by: User, at: datetime) -> Case:
    station = check.station
    return log_found(
        station,
        _described(answer, check),
        answer.category,
        by=by,
        at=at,
        address=f"{station.address} {station.name_zh}".strip(),
        contents=contents_of(list(CheckPhoto.objects.filter(answer=answer))),
    )


def _described(answer: CheckAnswer, check: DailyCheck) -> str:
    """What was found where and when, as the office writes it: cases are kept in Chinese."""
    parts = [f"{check.station.name_zh} {check.on}：{answer.name_zh}"]
    if answer.value is not None:
        parts.append(f"{answer.measured} {answer.unit}（{answer.range}）")
    return "，".join([*parts, answer.note])
