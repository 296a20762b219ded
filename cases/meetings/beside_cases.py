"""What a case says of joint meetings: the resolutions for which it waits, and the call for a consultation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases import beside
from cases.beside import Beside
from cases.meetings.lifecycle import DRAFT
from cases.meetings.models import Resolution, ResolutionCase
from cases.models import Case
from citymgmt.people.models import User
from citymgmt.people.permissions import TABLE, Scope, allows, visible_to


@dataclass(frozen=True)
class Waiting:
    """A resolution that a case is about: whether the case waits for it, and whether the person may open it."""

    resolution: Resolution
    is_waiting: bool
    is_seen: bool


def show(case: Case, user: User, on: date, at: datetime) -> Beside | None:
    """The panel of a case; None when there is nothing to say and nothing to call. One query, more only for units of
    which the case has a resolution.
    """
    parts = ResolutionCase.objects.filter(case=case, is_linked=True).select_related("resolution__lead")
    rows = list(parts.order_by("-resolution_id"))
    seen = _seen([part.resolution for part in rows], user, on)
    lines = [
        Waiting(part.resolution, part.is_waiting, part.resolution_id in seen)
        for part in rows
        if part.resolution_id in seen or part.resolution.state != DRAFT
    ]
    may_call = case.is_open and allows(user, "meeting.plan")
    if not lines and not may_call:
        return None
    shown: Mapping[str, Any] = {"lines": lines, "may_call": may_call, "number": case.number}
    return Beside("meetings/_beside_case.html", shown)


def _seen(resolutions: list[Resolution], user: User, on: date) -> set[int]:
    """Which of them the person may open: of the office all, as its cases are of the office too."""
    ids = {one.pk for one in resolutions}
    if not ids or TABLE["resolution.view"].get(user.role) is Scope.SUBDISTRICT:
        return ids
    rows = visible_to(user, Resolution.objects.filter(pk__in=ids), on=on)
    return set(rows.values_list("pk", flat=True))


def register() -> None:
    """Have it shown, when the app is ready."""
    beside.register(show)
