"""Plan the watches of a month from the hours of a team's posts: fairly, around leave; what a person changed stays."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg2.extras import DateTimeTZRange

from citymgmt.bulk import next_id
from citymgmt.people.models import User
from citymgmt.refusals import WrongState
from citymgmt.worktime.journal import in_order
from citymgmt.worktime.rules import current_rules, hold_rules
from patrols.clashes import planned_by_another
from patrols.guards.actions.frame import ONE_WATCH
from patrols.guards.journal import Journal
from patrols.guards.lifecycle import LATE_AFTER, PLAN, PLANNED, REPLAN, WAITING, WITHDRAW, WITHDRAWN
from patrols.guards.models import GuardHours, GuardPost, GuardWatch
from patrols.guards.presence import Span
from patrols.guards.querysets import guards_of
from patrols.guards.roster import Sheet, Slot, Turn, assigned, slots
from patrols.teams.actions.frame import working_on
from patrols.teams.actions.planning import FARTHEST, leaves_between
from patrols.teams.models import Duty, Team
from patrols.teams.rotation import ONE_DAY, days_between, month_of

Key = tuple[int, date, int]  # hours, day, place


@dataclass(frozen=True)
class Planned:
    """What planning a month did, and how many watches have nobody."""

    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    open: int = 0


def plan_watches(*, by: User, at: datetime, team: int, month: date) -> Planned:
    """Plan the watches of a month that have not begun; `month` is any day of it. Repeating it changes nothing.

    What hours ask for no more is withdrawn; what was changed by hand stays. A watch whose person is away or has left
    the team goes to somebody else; one that nobody can stand is open to the team.

    Raises: NotFound, NotPermitted, WrongState (a month that is over or more than a year ahead).
    """
    first, last = month_of(month)
    today = timezone.localdate(at)
    once = planned_by_another(ONE_WATCH)
    with once, working_on(team, "plan_watches", permission="guard.plan", by=by, at=at) as found:
        if last < today or first > today + FARTHEST:
            raise WrongState(_("A month is planned before it is over, and at most a year ahead."))
        hold_rules()
        list(GuardPost.objects.filter(team=found).order_by("pk").select_for_update(of=("self",), no_key=True))
        return _Plan(found, by, at, first, (max(first, today), last)).carry_out()


class _Plan:
    """The watches of a team in some days of a month, which began on `first`, while they are planned."""

    def __init__(self, team: Team, by: User, at: datetime, first: date, span: tuple[date, date]) -> None:
        self.team, self.by, self.at, self.span = team, by, at, span
        rows = GuardWatch.objects.filter(team=team, on__range=(first - ONE_DAY, span[1] + ONE_DAY))
        there = rows.exclude(state=WITHDRAWN).order_by("period", "pk").select_for_update(of=("self",), no_key=True)
        self.there = list(there)
        self.guards = [one.pk for one in guards_of(team)]
        self.journal = Journal(self.there, current_rules())

    def carry_out(self) -> Planned:
        """Write the difference between what stands and what the hours ask for."""
        asked = {_key_of(slot): slot for slot in self._asked()}
        free = [one for one in self.there if self._may_change(one)]
        gone = [one for one in free if not _is_asked(one, asked)]
        sheet = self._sheet()
        known = {_key(one): one for one in self.there if one not in gone}
        lost = [one for one in free if one not in gone and not self._is_kept(one, sheet)]
        wanted = [slot for key, slot in asked.items() if key not in known] + [asked[_key(one)] for one in lost]
        self._enter(sheet, without=[*gone, *lost])
        given = assigned(sorted(wanted, key=lambda slot: (slot.span, slot.hours, slot.place)), sheet)
        self._withdraw(gone)
        changed = sum(self._give(one, given.get(asked[_key(one)])) for one in lost)
        new = [slot for slot in wanted if _key_of(slot) not in known]
        self.journal.write()  # first: what is withdrawn makes room
        self._add({slot: given.get(slot) for slot in new})
        return Planned(len(new), changed, len(gone), len(wanted) - len(given))

    def _asked(self) -> list[Slot]:
        hours = GuardHours.objects.filter(post__team=self.team, is_active=True).select_related("post").order_by("pk")
        self.hours = {one.pk: one for one in hours}
        is_working = self.journal.rules.calendar.is_working
        zone = timezone.get_default_timezone()
        every = slots([one.asked for one in self.hours.values()], days_between(*self.span), is_working, zone)
        return [slot for slot in every if slot.span[0] > self.at]

    def _may_change(self, watch: GuardWatch) -> bool:
        is_within = self.span[0] <= watch.on <= self.span[1]
        return is_within and watch.state == PLANNED and not watch.is_by_hand and watch.starts_at > self.at

    def _is_kept(self, watch: GuardWatch, sheet: Sheet) -> bool:
        """Whether its person is there to stand it."""
        return watch.user_id in self.guards and not sheet.is_away(watch.user_id, watch.on)

    def _sheet(self) -> Sheet:
        away: dict[int, dict[date, int | None]] = {}
        for leave in leaves_between(self.guards, *self.span):
            until = min(leave.until_on or self.span[1], self.span[1])
            for day in days_between(max(leave.from_on, self.span[0]), until):
                away.setdefault(leave.user_id, {})[day] = leave.substitute_id
        return Sheet(self.guards, away, _shifts(self.guards, self.span))

    def _enter(self, sheet: Sheet, without: Sequence[GuardWatch]) -> None:
        """Count what stays, of this team and elsewhere, as taken."""
        for one in self.there:
            if one not in without and one.user_id is not None and one.state != WITHDRAWN:
                sheet.enter(Turn(one.turn_of_id or one.user_id, one.user_id), (one.starts_at, one.ends_at))
        others = GuardWatch.objects.filter(user__in=self.guards, state__in=WAITING, on__range=self.span)
        for one in others.exclude(team=self.team).order_by("pk"):
            assert one.user_id is not None
            sheet.busy[one.user_id].append((one.starts_at, one.ends_at))

    def _withdraw(self, gone: Iterable[GuardWatch]) -> None:
        for one in gone:
            self.journal.record(one, WITHDRAW, at=in_order(one, self.at), by=self.by, to=WITHDRAWN)

    def _give(self, watch: GuardWatch, turn: Turn | None) -> bool:
        """Give a watch to whom the plan names; whether that is somebody else."""
        changes = _columns(turn)
        if changes["user_id"] == watch.user_id:
            return False
        self.journal.record(watch, REPLAN, at=in_order(watch, self.at), by=self.by, changes=changes)
        return True

    def _add(self, new: Mapping[Slot, Turn | None]) -> None:
        watches = {slot: self._new_watch(slot) for slot in new}
        journal = Journal(watches.values(), self.journal.rules)
        for slot, watch in watches.items():
            due_at = min(slot.span[0] + LATE_AFTER, slot.span[1])
            changes = {**_columns(new[slot]), "due_at": due_at, "watched_from": self.at}
            journal.record(watch, PLAN, at=self.at, by=self.by, to=PLANNED, changes=changes)
        journal.write()

    def _new_watch(self, slot: Slot) -> GuardWatch:
        """A row that is not written yet, with its id."""
        return GuardWatch(
            id=next_id(GuardWatch),
            post=self.hours[slot.hours].post,
            hours_id=slot.hours,
            team=self.team,
            on=slot.on,
            place=slot.place,
            period=DateTimeTZRange(*slot.span),
            state=PLANNED,
        )


def _columns(turn: Turn | None) -> dict[str, int | None]:
    return {"user_id": turn.person if turn else None, "turn_of_id": turn.member if turn else None}


def _key(watch: GuardWatch) -> Key:
    return watch.hours_id, watch.on, watch.place


def _key_of(slot: Slot) -> Key:
    return slot.hours, slot.on, slot.place


def _is_asked(watch: GuardWatch, asked: Mapping[Key, Slot]) -> bool:
    """Whether the hours still ask for a watch as it stands."""
    slot = asked.get(_key(watch))
    return slot is not None and slot.span == (watch.starts_at, watch.ends_at)


def _shifts(people: Iterable[int], span: tuple[date, date]) -> Mapping[int, Sequence[Span]]:
    """When these people are on a shift of their duty calendar."""
    found: dict[int, list[Span]] = {}
    around = (span[0] - ONE_DAY, span[1] + ONE_DAY)
    for one in Duty.objects.filter(user__in=list(people), on__range=around, is_removed=False).order_by("pk"):
        found.setdefault(one.user_id, []).append((one.starts_at, one.ends_at))
    return found


def recheck_watches(at: datetime) -> int:
    """Have the next sweep look again at what waits, when a rule of time has changed; returns how many these are."""
    return GuardWatch.objects.filter(state__in=WAITING).update(next_check_at=at)
