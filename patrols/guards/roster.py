"""Which watches the hours of guard posts ask for, and who of a team stands them. Pure.

The turn goes to whoever has the fewest minutes so far, of those who are free at these hours; people whom the duty
calendar has on a shift then come first, for they are at work. Of whoever is away the stand-in named with the leave
takes the watch, else the next one whose turn it would be; it counts for both, so that nobody comes back to a heap of
turns.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta, tzinfo

from patrols.guards.presence import NONE, Span
from patrols.teams.rotation import hours as hours_on

EVERY_DAY, WORKING_DAYS, DAYS_OFF = "every", "working", "off"


@dataclass(frozen=True)
class Hours:
    """Hours at which so many persons guard a post, on which days, from the first to the last (None: open) day.

    Hours that end no later than they start cross midnight and belong to the day on which they start.
    """

    key: int
    days: str
    starts: time
    ends: time
    persons: int
    first: date
    last: date | None = None

    def holds_on(self, day: date, *, is_working: bool) -> bool:
        """Whether the post is guarded on a day."""
        is_kind = self.days == EVERY_DAY or (self.days == WORKING_DAYS) == is_working
        return is_kind and self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Slot:
    """A watch that is asked for: one place (from 1) of the persons of these hours on a day."""

    hours: int
    on: date
    place: int
    span: Span

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.span[1] - self.span[0]


def slots(hours: Iterable[Hours], days: Iterable[date], is_working: Callable[[date], bool], zone: tzinfo) -> list[Slot]:
    """The watches that these hours ask for on these days, in the order in which they begin."""
    every = list(hours)
    found = [
        Slot(one.key, day, place, hours_on(day, one.starts, one.ends, zone))
        for day in days
        for one in every
        if one.holds_on(day, is_working=is_working(day))
        for place in range(1, one.persons + 1)
    ]
    return sorted(found, key=lambda slot: (slot.span, slot.hours, slot.place))


@dataclass(frozen=True)
class Turn:
    """Whose turn a watch was, and who stands it."""

    member: int
    person: int


@dataclass
class Sheet:
    """What is known of the members while watches are given to them.

    `away` gives the stand-in (None: nobody) by person and day, `shifts` when somebody is on a shift, `busy` when
    somebody has a watch already, `load` what somebody has had in turns so far.
    """

    members: Sequence[int]
    away: Mapping[int, Mapping[date, int | None]] = field(default_factory=dict)
    shifts: Mapping[int, Sequence[Span]] = field(default_factory=dict)
    busy: dict[int, list[Span]] = field(default_factory=lambda: defaultdict(list))
    load: dict[int, timedelta] = field(default_factory=lambda: defaultdict(lambda: NONE))

    def enter(self, turn: Turn, span: Span) -> None:
        """Count a watch, for who stands it and for whose turn it was."""
        self.busy[turn.person].append(span)
        for person in {turn.member, turn.person}:
            self.load[person] += span[1] - span[0]

    def is_away(self, person: int, on: date) -> bool:
        """Whether somebody is on leave on a day."""
        return on in self.away.get(person, {})

    def is_busy(self, person: int, span: Span) -> bool:
        """Whether somebody has a watch that overlaps these hours."""
        return any(begins < span[1] and span[0] < ends for begins, ends in self.busy[person])

    def in_turn(self, span: Span) -> list[int]:
        """Who is free at these hours but for leave, whose turn it is first."""
        free = [one for one in self.members if not self.is_busy(one, span)]
        return sorted(free, key=lambda one: (not self._is_on_shift(one, span), self.load[one]))

    def _is_on_shift(self, person: int, span: Span) -> bool:
        return any(begins <= span[0] and span[1] <= ends for begins, ends in self.shifts.get(person, ()))


def assigned(wanted: Iterable[Slot], sheet: Sheet) -> dict[Slot, Turn]:
    """Who stands each watch; one that nobody can stand is left out. What is given is entered in the sheet."""
    given = {}
    for slot in wanted:
        turn = _turn_for(slot, sheet)
        if turn is not None:
            sheet.enter(turn, slot.span)
            given[slot] = turn
    return given


def _turn_for(slot: Slot, sheet: Sheet) -> Turn | None:
    in_turn = sheet.in_turn(slot.span)
    there = [one for one in in_turn if not sheet.is_away(one, slot.on)]
    if not there:
        return None
    member = in_turn[0]
    if member == there[0]:
        return Turn(member, member)
    stands_in = sheet.away[member][slot.on]
    return Turn(member, stands_in if stands_in in there else there[0])
