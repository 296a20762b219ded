"""Plan a month from the rotation: turns become duties, leave is left out and filled, the rest is told."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg2.extras import DateTimeTZRange

from citymgmt.people.models import User
from citymgmt.refusals import WrongState
from patrols.teams.actions.frame import working_on
from patrols.teams.models import Duty, MemberLeave, Rotation, Shift, Team
from patrols.teams.querysets import duties_between, gaps_in, members_of, shifts_of
from patrols.teams.rotation import ONE_DAY, Short, Turn, hours, month_of, turns

FARTHEST = timedelta(days=366)  # ahead
Key = tuple[int, int, date]  # whose turn, which shift, which day
Hours = tuple[datetime, datetime]


@dataclass(frozen=True)
class Planned:
    """What planning a month did, and what remains short of the fewest people from today on."""

    added: int
    removed: int
    gaps: list[Short]


@dataclass
class Sheet:
    """Who is when, while a month is planned."""

    busy: dict[int, list[Hours]] = field(default_factory=lambda: defaultdict(list))
    away: dict[int, list[MemberLeave]] = field(default_factory=lambda: defaultdict(list))

    def leave_on(self, person: int, on: date) -> MemberLeave | None:
        """The leave of the person on that day."""
        return next((leave for leave in self.away.get(person, []) if on in leave.period), None)

    def is_free(self, person: int, when: Hours, on: date) -> bool:
        """Whether the person is neither away on the day nor on duty at these hours."""
        taken = any(starts < when[1] and when[0] < ends for starts, ends in self.busy.get(person, []))
        return not taken and self.leave_on(person, on) is None


def plan_month(*, by: User, at: datetime, team: int, month: date) -> Planned:
    """Plan the shifts of a month that have not begun, by the team's rotation; `month` is any day of it.

    What was entered, moved or removed by hand stays. Whoever is away is left out, and the substitute named with the
    leave stands in if free. Repeating it changes nothing. Raises: NotFound, NotPermitted, WrongState (no rotation yet,
    a month that is over or more than a year ahead).
    """
    first, last = month_of(month)
    today = timezone.localdate(at)
    with working_on(team, "plan_month", permission="team.plan", by=by, at=at) as found:
        rotation = Rotation.objects.filter(team=found).first()
        if rotation is None:
            raise WrongState(_("Set the rotation of the team first."))
        if last < today or first > today + FARTHEST:
            raise WrongState(_("A month is planned before it is over, and at most a year ahead."))
        span = (max(first, today), last)
        shifts = shifts_of(found)
        added, removed = _carry_out(found, rotation, shifts, span, at)
        return Planned(added, removed, gaps_in(shifts, duties_between(found, *span), *span))


def _carry_out(
    team: Team, rotation: Rotation, shifts: Sequence[Shift], span: tuple[date, date], at: datetime
) -> tuple[int, int]:
    """Make the rows of these days what the rotation says; how many were added and removed."""
    own = Duty.objects.filter(team=team, on__range=span, turn_of__isnull=False)
    rows = list(own.select_related("attendance").order_by("pk"))
    free = {_key(row): row for row in rows if _may_change(row, at)}
    fixed = {_key(row) for row in rows} - set(free)
    people = {one.pk for one in members_of(team)}
    given = turns(
        rotation.members, rotation.cycle, since=rotation.since, step=rotation.step, first=span[0], last=span[1]
    )
    open_turns = _open(given, people, shifts, fixed, at)
    wanted = assigned(open_turns, _sheet(people, span, without=[row.pk for row in free.values()]), people)
    kept = {key for key, row in free.items() if wanted.get(key) == row.user_id}
    Duty.objects.filter(pk__in=[row.pk for key, row in free.items() if key not in kept]).delete()
    new = [_row(team, key, person, open_turns[key]) for key, person in wanted.items() if key not in kept]
    Duty.objects.bulk_create(new)
    return len(new), len(free) - len(kept)


def _key(row: Duty) -> Key:
    assert row.turn_of_id is not None
    return row.turn_of_id, row.shift_id, row.on


def _may_change(row: Duty, at: datetime) -> bool:
    is_touched = row.is_by_hand or row.is_removed or hasattr(row, "attendance")
    return not is_touched and row.starts_at > at


def _open(
    given: Iterable[Turn], people: Collection[int], shifts: Sequence[Shift], fixed: Collection[Key], at: datetime
) -> dict[Key, Hours]:
    """The turns of members of now that lie ahead and on which nobody has decided by hand, with their hours."""
    by_id = {shift.pk: shift for shift in shifts}
    found = {
        (turn.member, turn.shift, turn.on): hours_of(by_id[turn.shift], turn.on)
        for turn in given
        if turn.member in people and turn.shift in by_id
    }
    return {key: when for key, when in found.items() if key not in fixed and when[0] > at}


def hours_of(shift: Shift, on: date) -> Hours:
    """From when until when the shift of that day runs."""
    return hours(on, shift.starts, shift.ends, timezone.get_default_timezone())


def _sheet(people: Collection[int], span: tuple[date, date], without: Sequence[int]) -> Sheet:
    """What else these people do, in any team, and when they are away."""
    sheet = Sheet()
    around = (span[0] - ONE_DAY, span[1] + ONE_DAY)
    rows = Duty.objects.filter(user__in=people, on__range=around, is_removed=False).exclude(pk__in=without)
    for row in rows.order_by("pk").only("user_id", "period"):
        sheet.busy[row.user_id].append((row.starts_at, row.ends_at))
    for leave in leaves_between(people, *span):
        sheet.away[leave.user_id].append(leave)
    return sheet


def leaves_between(people: Iterable[int], first: date, last: date) -> list[MemberLeave]:
    """The leaves of these people that touch these days."""
    rows = MemberLeave.objects.filter(user__in=list(people), period__overlap=(first, last + ONE_DAY))
    return list(rows.order_by("pk"))


def assigned(open_turns: Mapping[Key, Hours], sheet: Sheet, people: Collection[int]) -> dict[Key, int]:
    """Who does each turn: its member, or the substitute of one who is away; a turn that nobody can do is left out.

    Everybody's own turn comes before standing in. What is given is entered in the sheet.
    """
    given: dict[Key, int] = {}
    for is_standing_in in (False, True):
        for key, when in open_turns.items():
            member, _shift, on = key
            leave = sheet.leave_on(member, on)
            stands_in = leave.substitute_id if leave else None
            person = stands_in if is_standing_in else member
            if person is not None and key not in given and person in people and sheet.is_free(person, when, on):
                given[key] = person
                sheet.busy[person].append(when)
    return given


def _row(team: Team, key: Key, person: int, when: Hours) -> Duty:
    member, shift, on = key
    return Duty(team=team, shift_id=shift, on=on, period=DateTimeTZRange(*when), user_id=person, turn_of_id=member)
