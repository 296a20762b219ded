"""The office confirms a sheet, with the marks that it finds right and so the score, or gives it back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from citymgmt.faults import refuse
from citymgmt.people.models import User
from citymgmt.refusals import Invalid, WrongState
from citymgmt.worktime.acting import Asked, act, check_fresh
from citymgmt.worktime.clock import due
from citymgmt.written import faults_of
from communities.four_duties.actions.frame import SHEET, by_ordinal, check_state
from communities.four_duties.journal import Journal
from communities.four_duties.lifecycle import CONFIRM, CONFIRMED, GIVE_BACK, HAND_IN_LIMIT, HANDED_IN, OPEN
from communities.four_duties.scoring import MARKS, Marked, score_of, tenths
from communities.models import DutyAnswer, DutySheet, SheetEvent

LONGEST_REASON = 300


def confirm_sheet(
    *,
    by: User,
    at: datetime,
    pk: int,
    marks: Mapping[int, str] | None = None,
    reason: str = "",
    version: int | None = None,
    request_key: str | None = None,
) -> SheetEvent:
    """Confirm what was handed in, and so give the score. `marks` by ordinal are those that the office finds instead,
    which need a reason. A resend acts once.

    Raises: NotFound, NotPermitted, WrongState, Stale, Invalid, KeyReused.
    """
    other = dict(marks or {})

    def body(journal: Journal, sheet: DutySheet, moment: datetime) -> Mapping[str, Any]:
        check_fresh(sheet, version)
        if sheet.handed_in_by_id == by.pk:
            raise WrongState(_("Somebody else than who handed it in confirms a sheet."))
        answers = by_ordinal(sheet)
        confirmed = _confirmed(answers, other, reason)
        score = score_of(Marked(row.points, confirmed[ordinal]) for ordinal, row in answers.items())
        parts = [(row, {"mark": confirmed[ordinal]}) for ordinal, row in answers.items()]
        return {"to": CONFIRMED, "changes": {"score_tenths": tenths(score)}, "parts": parts, "note": reason.strip()}

    given = {"marks": {str(ordinal): mark for ordinal, mark in other.items()}, "reason": reason}
    asked = Asked(CONFIRM, pk, by, at, "duties.confirm", given, request_key)
    return act(SHEET, asked, body, check=lambda sheet: check_state(sheet, HANDED_IN))


def _confirmed(answers: Mapping[int, DutyAnswer], other: Mapping[int, str], reason: str) -> dict[int, str]:
    """Raises: Invalid."""
    if not set(other) <= set(answers):
        raise Invalid(_("This sheet has other duties. Please load the page again."))
    found = {ordinal: other.get(ordinal, row.own_mark) for ordinal, row in answers.items()}
    differs = any(found[ordinal] != row.own_mark for ordinal, row in answers.items())
    refuse(
        {
            **{f"mark_{ordinal}": [_("Choose one of these.")] for ordinal, mark in found.items() if mark not in MARKS},
            "reason": list(faults_of(reason.strip(), LONGEST_REASON, is_needed=differs)),
        }
    )
    return found


def give_back_sheet(
    *, by: User, at: datetime, pk: int, reason: str, version: int | None = None, request_key: str | None = None
) -> SheetEvent:
    """Give a sheet back to the community, with the reason; it is due again some working days later. A resend acts once.

    Raises: NotFound, NotPermitted, WrongState, Stale, Invalid, KeyReused.
    """

    def body(journal: Journal, sheet: DutySheet, moment: datetime) -> Mapping[str, Any]:
        check_fresh(sheet, version)
        refuse({"reason": list(faults_of(reason.strip(), LONGEST_REASON, is_needed=True))})
        changes = {
            "due_at": due(journal.rules.calendar, moment, HAND_IN_LIMIT),
            "watched_from": moment,
            "handed_in_at": None,
            "handed_in_by_id": None,
        }
        return {"to": OPEN, "changes": changes, "note": reason.strip()}

    asked = Asked(GIVE_BACK, pk, by, at, "duties.confirm", {"reason": reason}, request_key)
    return act(SHEET, asked, body, check=lambda sheet: check_state(sheet, HANDED_IN))
