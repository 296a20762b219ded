"""The frame of every action on an owners' committee: what its kind is, its version and stage."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from citymgmt.faults import refuse
from citymgmt.people.models import User
from citymgmt.wording import gettext_noop
from citymgmt.worktime import acting
from citymgmt.worktime.acting import Asked, Kind, Recorded, check_of, step_of
from citymgmt.worktime.steps import Step
from communities.committees import lifecycle
from communities.committees.journal import Journal, settle_batch
from communities.committees.lifecycle import event_kind
from communities.committees.querysets import locked_committee
from communities.models import CommitteeEvent, OwnersCommittee

COMMITTEE = Kind(
    Journal,
    CommitteeEvent,
    settle_batch,
    locked_committee,
    lambda pk: OwnersCommittee.objects.filter(pk=pk).select_related("area"),
)
NOT_NOW = gettext_noop("“%(action)s” is not possible: the committee is now in the stage “%(state)s”.")
Body = Callable[[Journal, OwnersCommittee, datetime], Recorded]


def perform(
    step: Step,
    *,
    pk: int,
    by: User,
    at: datetime,
    version: int | None,
    request_key: str | None,
    given: Mapping[str, Any],
    body: Body,
) -> CommitteeEvent:
    """Do an action on a committee that somebody saw in that version; `body` says what is recorded of it.

    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, Invalid.
    """
    return acting.act(
        COMMITTEE,
        Asked(event_kind(step.action), pk, by, at, step.permission, given, request_key),
        step_of(step, given, body),
        check=check_of(step, version, lifecycle.STAGES, NOT_NOW),
    )


def day_of_step(committee: OwnersCommittee, on: date, today: date) -> None:
    """Steps follow each other. Raises: Invalid."""
    if not committee.stepped_on <= on <= today:
        days = {"first": committee.stepped_on, "last": today}
        refuse({"on": _("A day from %(first)s, the last step, until %(last)s.") % days})
