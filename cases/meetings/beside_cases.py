"""What a case says of joint meetings: the resolutions for which it waits, and the call for a consultation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet

from cases import beside
from cases.beside import Beside
from cases.meetings.lifecycle import DRAFT
from cases.meetings.models import Resolution, ResolutionCase
from cases.meetings.scopes import units_of_user
from cases.models import Case
from citymgmt.people.models import User
from citymgmt.people.permissions import allows
from citymgmt.prepared import Prepared


@dataclass(frozen=True)
class Waiting:
    """A resolution that a case is about: whether the case waits for it, and whether the person may open it."""

    resolution: Resolution
    is_waiting: bool
    is_seen: bool


def show(case: Case, user: User, on: date, at: datetime) -> Beside | None:
    """The panel of a case; None when there is nothing to say and nothing to call. One query."""
    own = units_of_user(user, on)
    parts = (
        _parts(case.pk) if own is None else _linked(case.pk).annotate(own=ArraySubquery(own.order_by().values("pk")))
    )
    rows = [(part, own is None or _is_theirs(part)) for part in parts]
    lines = [
        Waiting(part.resolution, part.is_waiting, is_seen)
        for part, is_seen in rows
        if is_seen or part.resolution.state != DRAFT
    ]
    may_call = case.is_open and allows(user, "meeting.plan")
    if not lines and not may_call:
        return None
    shown: Mapping[str, Any] = {"lines": lines, "may_call": may_call, "number": case.number}
    return Beside("meetings/_beside_case.html", shown)


def _linked(case: int) -> QuerySet[ResolutionCase]:
    linked = ResolutionCase.objects.filter(case_id=case, is_linked=True)
    return linked.select_related("resolution__lead").order_by("-resolution_id")


_parts = Prepared(_linked, int)


def _is_theirs(part: Any) -> bool:
    """Whether one of the units of the person, which are `own`, carries the resolution out: the scope, in memory."""
    resolution = part.resolution
    return resolution.state != DRAFT and bool({resolution.lead_id, *resolution.supporting} & set(part.own or ()))


def register() -> None:
    """Have it shown, when the app is ready."""
    beside.register(show)
