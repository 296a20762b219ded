"""Handover: what goes along when a community gets a new officer, today or on a day to come.

Communities know no cases; whoever keeps matters of a community says once, with `on_handover`, how they move.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time

from django.utils import timezone

from citymgmt.people.models import User
from citymgmt.worktime import sweep
from citymgmt.worktime.rules import Rules
from communities.models import Community, Handover, OfficerAssignment
from communities.querysets import OFFICER, assignments_on

Mover = Callable[..., list[str]]  # (community, to_user, by, at), all by keyword; returns the numbers of what it moved
_movers: list[Mover] = []


def on_handover(mover: Mover) -> None:
    """Have `mover` called, in the same transaction, whenever a community gets a new officer."""
    if mover not in _movers:
        _movers.append(mover)


def register() -> None:
    """Have planned handovers taken up by the sweep, when the app is ready."""
    sweep.register("handovers", Handover, settle_handovers)


def hand_along(assignment: OfficerAssignment, *, before: User | None, by: User | None, at: datetime) -> Handover | None:
    """As `write_sheet`, but without a sheet (None) where nobody hands over and nothing goes along today."""
    sheet = _sheet(assignment, before, "", by, at)
    if not (sheet.is_planned or sheet.from_user or sheet.case_numbers):
        return None
    sheet.save()
    return sheet


def write_sheet(
    assignment: OfficerAssignment, *, before: User | None, note: str, by: User | None, at: datetime
) -> Handover:
    """Write the handover sheet of a new officer; the open cases go along at once, or when the day has come."""
    sheet = _sheet(assignment, before, note, by, at)
    sheet.save()
    return sheet


def _sheet(assignment: OfficerAssignment, before: User | None, note: str, by: User | None, at: datetime) -> Handover:
    sheet = Handover(
        community=assignment.community,
        from_user=before,
        to_user=assignment.user,
        on=assignment.from_on,
        by=by,
        at=at,
        note=note,
        due_at=start_of(assignment.from_on),
    )
    if assignment.from_on > timezone.localdate(at):
        sheet.next_check_at = sheet.due_at
    else:
        _take_up(sheet, by, at)
    return sheet


def move_open_cases(community: Community, to_user: User, by: User | None, at: datetime) -> list[str]:
    """Have everything that is open in the community moved to the new officer; returns the numbers, sorted."""
    return sorted(number for mover in _movers for number in mover(community=community, to_user=to_user, by=by, at=at))


def settle_handovers(sheets: Sequence[Handover], now: datetime, rules: Rules) -> None:
    """Take up planned handovers, locked by the sweep, whose day has come."""
    today = timezone.localdate(now)
    for sheet in sheets:
        sheet.next_check_at = None
        serving = assignments_on(today).filter(community=sheet.community_id, part=OFFICER, user=sheet.to_user_id)
        if serving.exists():
            _take_up(sheet, None, now)
        sheet.save(update_fields=["case_numbers", "taken_up_at", "next_check_at"])


def start_of(day: date) -> datetime:
    """The first moment of a local day."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _take_up(sheet: Handover, by: User | None, at: datetime) -> None:
    sheet.case_numbers = move_open_cases(sheet.community, sheet.to_user, by, at)
    sheet.taken_up_at = at
