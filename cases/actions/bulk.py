"""One action for many cases: each is done for itself, and says what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases import workflow
from cases.actions.frame import perform
from cases.models import CaseEvent
from citymgmt.people.models import User
from citymgmt.people.permissions import require_role
from citymgmt.refusals import Refusal

IN_BULK = ("dispatch", "urge")
MOST_IN_BULK = 200


@dataclass(frozen=True)
class Outcome:
    """What became of one of the chosen cases: the event, or why not."""

    number: str
    event: CaseEvent | None = None
    refusal: Refusal | None = None


def perform_each(
    action: str, *, chosen: Iterable[tuple[str, int]], by: User, at: datetime, request_key: str, **given: Any
) -> list[Outcome]:
    """Do one action to each of the cases (number and the version that was seen), in their own transactions.

    Under the same key a resend changes nothing and gives the same. Raises: NotPermitted without the role.
    """
    require_role(by, workflow.TRANSITIONS[action].permission)
    outcomes = []
    for number, version in chosen:
        key = f"{request_key}:{number}"
        try:
            event = perform(action, number=number, by=by, at=at, version=version, request_key=key, **given)
            outcomes.append(Outcome(number, event))
        except Refusal as refusal:
            outcomes.append(Outcome(number, refusal=refusal))
    return outcomes
