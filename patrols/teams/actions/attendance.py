"""Attendance: members check in and out; a leader notes for somebody, with a reason."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isfinite

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.found import one_of
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from citymgmt.refusals import Invalid, WrongState
from patrols.teams.actions.frame import checked_reason, working_on
from patrols.teams.models import DOOR_OPENS, LATE_AFTER, Attendance, Duty
from patrols.teams.querysets import attendance_of, locked_team

OUT_UNTIL = timedelta(hours=12)  # after the end of a shift
WORST_ACCURACY_M = 100_000


@dataclass(frozen=True)
class Position:
    """Where somebody was, in WGS-84 degrees, as exactly as the device says (metres)."""

    longitude: float
    latitude: float
    accuracy_m: float


def check_in(*, by: User, at: datetime, pk: int, position: Position | None = None) -> Attendance:
    """Say that one is there for one's duty; more than ten minutes after its start is late. Only the first time counts.

    Raises: NotFound, WrongState (too early, too late), Invalid (a position that is none).
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="check_in"):
        duty = _locked_own(by, pk, at)
        there = attendance_of(duty)
        if there is not None:
            return there
        if not duty.starts_at - DOOR_OPENS <= at < duty.ends_at:
            raise WrongState(_("Check in from an hour before the shift until its end."))
        is_late = at > duty.starts_at + LATE_AFTER
        return Attendance.objects.create(duty=duty, came_at=at, is_late=is_late, **_columns(position))


def _locked_own(by: User, pk: int, at: datetime) -> Duty:
    """The person's own duty, its team locked. Raises: NotFound."""
    own = visible_to(by, Duty.objects.filter(is_removed=False), on=timezone.localdate(at), action="team.check_in")
    locked_team(one_of(own, pk).team_id)
    return one_of(own, pk)


def _columns(position: Position | None) -> dict[str, float]:
    """Raises: Invalid."""
    return {} if position is None else vars(checked_position(position))


def checked_position(position: Position) -> Position:
    """A position that can be one. Raises: Invalid."""
    limits = ((position.longitude, 180), (position.latitude, 90), (position.accuracy_m, WORST_ACCURACY_M))
    if not all(isfinite(value) and abs(value) <= most for value, most in limits) or position.accuracy_m < 0:
        raise Invalid(_("This is no position on the earth."))
    return position


def check_out(*, by: User, at: datetime, pk: int) -> Attendance:
    """Say that one leaves; only the first time counts. Raises: NotFound, WrongState."""
    with transaction.atomic(), pghistory.context(user=by.pk, action="check_out"):
        duty = _locked_own(by, pk, at)
        there = attendance_of(duty)
        if there is None or there.came_at is None:
            raise WrongState(_("Check in first."))
        if there.left_at is None:
            if at > duty.ends_at + OUT_UNTIL:
                raise WrongState(_("This shift ended more than twelve hours ago."))
            there.left_at = at
            there.save(update_fields=["left_at"])
        return there


def note_presence(*, by: User, at: datetime, team: int, pk: int, reason: str) -> Attendance:
    """Note that somebody was there who could not check in, and why. Where presence is known, it stays as it is.

    Raises: NotFound, NotPermitted, WrongState (the shift has not begun), Invalid (no reason).
    """
    with working_on(team, "note_presence", permission="team.plan", by=by, at=at) as found:
        duty = one_of(Duty.objects.filter(team=found, is_removed=False), pk)
        reason = checked_reason(reason, is_needed=True)
        if duty.starts_at > at:
            raise WrongState(_("Presence is noted once the shift has begun."))
        there = attendance_of(duty)
        return there or Attendance.objects.create(duty=duty, noted_by=by, reason=reason)
