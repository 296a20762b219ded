"""Change by hand who is on duty: add, move to somebody else, remove; only what has not begun."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg2.extras import DateTimeTZRange

from citymgmt.found import one_of
from citymgmt.people.models import User
from citymgmt.refusals import Invalid, WrongState
from patrols.teams.actions.frame import member_of, working_on
from patrols.teams.actions.planning import FARTHEST, hours_of
from patrols.teams.models import Attendance, Duty, MemberLeave, Shift, Team


def add_duty(*, by: User, at: datetime, team: int, shift: int, on: date, user: int) -> Duty:
    """Put a member on a shift of a day that has not begun. Adding the same again changes nothing.

    Raises: NotFound, NotPermitted, Invalid (not of the team, away, on duty at these hours already).
    """
    with working_on(team, "add_duty", permission="team.plan", by=by, at=at) as found:
        person = member_of(found, user, "user")
        kind = Shift.objects.filter(team=found, pk=shift, is_active=True).first()
        if kind is None:
            raise Invalid(fields={"shift": _("Choose one of the team's shifts.")})
        there = Duty.objects.filter(user=person, shift=kind, on=on, is_removed=False).first()
        if there is not None:
            return there
        today = timezone.localdate(at)
        if not today <= on <= today + FARTHEST or hours_of(kind, on)[0] <= at:
            raise Invalid(fields={"on": _("Choose a day ahead, at most a year from now.")})
        period = DateTimeTZRange(*hours_of(kind, on))
        check_free(person, on, period, without=0)
        return Duty.objects.create(team=found, shift=kind, on=on, period=period, user=person, is_by_hand=True)


def check_free(person: User, on: date, period: DateTimeTZRange, *, without: int) -> None:
    """Refuse whoever is away or on another duty at these hours. Raises: Invalid."""
    if MemberLeave.objects.filter(user=person, period__contains=on).exists():
        raise Invalid(fields={"user": _("%(who)s is away on that day.") % {"who": person}})
    if Duty.objects.filter(user=person, period__overlap=period, is_removed=False).exclude(pk=without).exists():
        raise Invalid(fields={"user": _("%(who)s is on duty at these hours already.") % {"who": person}})


def move_duty(*, by: User, at: datetime, team: int, pk: int, user: int) -> Duty:
    """Give a duty that has not begun to another member. Doing it again changes nothing.

    Raises: NotFound, NotPermitted, WrongState, Invalid.
    """
    with working_on(team, "move_duty", permission="team.plan", by=by, at=at) as found:
        duty = _ahead(found, pk, at)
        person = member_of(found, user, "user")
        if duty.user_id != person.pk:
            check_free(person, duty.on, duty.period, without=duty.pk)
            duty.user, duty.is_by_hand = person, True
            duty.save(update_fields=["user", "is_by_hand"])
        return duty


def remove_duty(*, by: User, at: datetime, team: int, pk: int) -> None:
    """Take a duty that has not begun off the calendar; planning does not bring it back.

    Raises: NotFound, NotPermitted, WrongState.
    """
    with working_on(team, "remove_duty", permission="team.plan", by=by, at=at) as found:
        take_off(_ahead(found, pk, at))


def take_off(duty: Duty) -> None:
    """Remove the row of a duty; where it was somebody's turn, the row stays to tell planning so."""
    if duty.turn_of_id is None:
        duty.delete()
        return
    duty.is_removed = duty.is_by_hand = True
    duty.save(update_fields=["is_removed", "is_by_hand"])


def _ahead(team: Team, pk: int, at: datetime) -> Duty:
    """A duty that has not begun and for which nobody has checked in. Raises: NotFound, WrongState."""
    duty = one_of(Duty.objects.filter(team=team, is_removed=False), pk)
    if duty.starts_at <= at or Attendance.objects.filter(duty=duty).exists():
        raise WrongState(_("This duty has begun. What happened stays as it was."))
    return duty
