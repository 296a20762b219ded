"""Leave of members: their duties are handed to the substitute, or become gaps, and the leader is told."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg2.extras import DateRange

from citymgmt.found import one_of
from citymgmt.people.models import User
from citymgmt.refusals import Invalid
from communities.actions.periods import days, ended
from patrols.teams import notices
from patrols.teams.actions.duties import take_off
from patrols.teams.actions.frame import checked_reason, member_of, working_on
from patrols.teams.actions.planning import leaves_between
from patrols.teams.models import Duty, MemberLeave

LONGEST_DAYS = 366


@dataclass(frozen=True)
class LeaveTold:
    """A leave as a person writes it: ids of the member and of who stands in, the first and the last day."""

    user: int
    from_on: date
    until_on: date
    substitute: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Granted:
    """A leave, and how many duties were handed over and how many have nobody now."""

    leave: MemberLeave
    handed: int = 0
    gaps: int = 0


def grant_member_leave(*, by: User, at: datetime, team: int, told: LeaveTold) -> Granted:
    """Note that a member is away from the first to the last day, and hand the duties of these days that have not begun
    to the substitute, where free. Asking for the same again changes nothing.

    Raises: NotFound, NotPermitted, Invalid.
    """
    with working_on(team, "grant_member_leave", permission="team.plan", by=by, at=at) as found:
        person = member_of(found, told.user, "user")
        stands_in = member_of(found, told.substitute, "substitute") if told.substitute is not None else None
        period = _checked(told, timezone.localdate(at))
        reason = checked_reason(told.reason, is_needed=False)
        other = MemberLeave.objects.filter(user=person, period__overlap=period).order_by("period").first()
        if other is not None:
            return _same(other, period, stands_in, reason)
        leave = MemberLeave.objects.create(team=found, user=person, substitute=stands_in, period=period, reason=reason)
        granted = Granted(leave, *_hand_over(leave, at))
        notices.tell_of_leave(leave, granted.handed, granted.gaps, at)
        return granted


def _checked(told: LeaveTold, today: date) -> DateRange:
    """The days. Raises: Invalid."""
    period = days(told.from_on, told.until_on)
    if (told.until_on - told.from_on).days >= LONGEST_DAYS:
        raise Invalid(fields={"until_on": _("A leave takes a year at most.")})
    if told.until_on < today:
        raise Invalid(fields={"until_on": _("These days are over.")})
    if told.substitute == told.user:
        raise Invalid(fields={"substitute": _("Nobody stands in for oneself.")})
    return period


def _same(other: MemberLeave, period: DateRange, stands_in: User | None, reason: str) -> Granted:
    if (other.period, other.substitute, other.reason) == (period, stands_in, reason):
        return Granted(other)
    told = {"who": other.user, "from": other.from_on, "until": other.until_on}
    raise Invalid(fields={"from_on": _("%(who)s is already away from %(from)s until %(until)s.") % told})


def _hand_over(leave: MemberLeave, at: datetime) -> tuple[int, int]:
    """How many duties the substitute took, and how many became gaps."""
    rows = Duty.objects.filter(user=leave.user_id, on__range=(leave.from_on, leave.until_on), is_removed=False)
    ahead = list(rows.filter(period__startswith__gt=at, attendance=None).order_by("on", "period"))
    taken = [duty for duty in ahead if _is_taken(duty, leave)]
    return len(taken), len(ahead) - len(taken)


def _is_taken(duty: Duty, leave: MemberLeave) -> bool:
    """Hand a duty over, or make it a gap; whether the substitute took it."""
    person = leave.substitute_id
    if person is not None and duty.team_id == leave.team_id and _is_free(person, duty):
        duty.user_id = person
        duty.save(update_fields=["user"])
        return True
    if duty.is_by_hand:
        take_off(duty)
    else:
        duty.delete()
    return False


def _is_free(person: int, duty: Duty) -> bool:
    is_busy = Duty.objects.filter(user=person, period__overlap=duty.period, is_removed=False).exists()
    return not is_busy and not leaves_between([person], duty.on, duty.on)


def end_member_leave(*, by: User, at: datetime, team: int, pk: int, last_on: date) -> MemberLeave | None:
    """Make `last_on` the last day away; with a day before its first the leave is withdrawn (returns None).

    Duties stay as they are until the month is planned again. Raises: NotFound, NotPermitted, Invalid.
    """
    with working_on(team, "end_member_leave", permission="team.plan", by=by, at=at) as found:
        leave = one_of(MemberLeave.objects.filter(team=found), pk)
        period = ended(leave, last_on, timezone.localdate(at))
        if period is None:
            leave.delete()
            return None
        if period != leave.period:
            leave.period = period
            leave.save(update_fields=["period"])
        return leave
