"""The steps of the law on an illegal building, its removal in parts or wholly, its coming back."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.faults import carried_faults, choice_faults, refuse
from citymgmt.people.models import User
from citymgmt.refusals import NotFound, WrongState
from patrols.illegal_buildings.actions.entering import Part, entry_of, new_building, record_found, wrong_area
from patrols.illegal_buildings.actions.frame import perform
from patrols.illegal_buildings.journal import Journal, begun
from patrols.illegal_buildings.lifecycle import (
    ANNOUNCED,
    BY_FORCE,
    LAWFUL,
    MISTAKEN,
    REMINDED,
    REMINDED_DAYS,
    REMOVED,
    TRANSITIONS,
    WAYS,
    Transition,
    may_force,
    possible,
)
from patrols.illegal_buildings.models import (
    LONGEST_DOCUMENT,
    LONGEST_TEXT,
    AreaEntry,
    BuildingEvent,
    IllegalBuilding,
)

LONGEST_TERM = timedelta(days=366)
TEXTS = {"note": LONGEST_TEXT, "document": LONGEST_DOCUMENT}
Given = Mapping[str, Any]
Recorded = dict[str, Any]
Doing = Callable[["Doer"], Recorded]
NOTHING = Decimal("0.00")
SAME_BUILDING = ("community_id", "address", "longitude", "latitude", "structure", "storeys")


class Doer:
    """One action while it is done: on which building, in which journal, when, by whom, with what."""

    def __init__(
        self, transition: Transition, journal: Journal, building: IllegalBuilding, by: User, at: datetime, given: Given
    ) -> None:
        self.transition, self.journal, self.building = transition, journal, building
        self.by, self.at, self.given = by, at, given

    def stepped(self, state: str, by_day: date | None = None) -> Recorded:
        """The columns of a step of the law: its day, its paper, and the deadline of what comes next."""
        on, building = self.given["on"], self.building
        due = begun(state, on, by_day, self.at, self.journal.rules, is_being_built=building.is_being_built)
        document = str(self.given.get("document") or "").strip()
        return {"stepped_on": on, "document": document, "by_day": by_day, **due}

    def entry(self, kind: str, m2: Decimal, way: str = "") -> Part:
        """The next line of the account."""
        return entry_of(self.building.entries.count() + 1, kind, self.given["on"], m2, way)


def act_on_building(
    name: str,
    *,
    pk: int,
    by: User,
    at: datetime,
    version: int | None = None,
    request_key: str | None = None,
    photos: Iterable[bytes] = (),
    papers: Iterable[bytes] = (),
    **given: Any,
) -> BuildingEvent:
    """Do the action `name` of the table on a building and return its event; a resend acts once.

    `given` are `on` (the day of the step), `document` (the number of its paper), `by_day` (the last day that it gives
    the party), `area_m2` and `way` of a removal, `note`: what the table says that the action carries. `papers` are the
    PDF of a step that has a paper. Built again, it gets an entry of its own, which names this one.
    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, Invalid.
    """
    transition = TRANSITIONS.get(name)
    if transition is None:
        raise NotFound

    def body(journal: Journal, building: IllegalBuilding, moment: datetime) -> Recorded:
        _check_order(transition, building)
        refuse(carried_faults(transition.carries, transition.may_carry, given, TEXTS))
        _check_days(transition, building, given, timezone.localdate(at))
        return DOINGS[name](Doer(transition, journal, building, by, moment, given))

    asked: dict[str, Any] = {"version": version, "request_key": request_key, "given": given}
    return perform(transition, pk=pk, by=by, at=at, body=body, photos=photos, papers=papers, **asked)


def _check_order(transition: Transition, building: IllegalBuilding) -> None:
    if transition not in possible(building.state, is_being_built=building.is_being_built):
        raise WrongState(_("It is being built: order to stop first."))


def _check_days(transition: Transition, building: IllegalBuilding, given: Given, today: date) -> None:
    """Steps follow each other; a day that was given to the party has to be over before the next step."""
    on, by_day = given.get("on"), given.get("by_day")
    if on is not None and not building.stepped_on <= on <= today:
        days = {"first": building.stepped_on, "last": today}
        refuse({"on": _("A day from %(first)s, the last step, until %(last)s.") % days})
    if on is not None and by_day is not None and not timedelta() < by_day - on <= LONGEST_TERM:
        refuse({"by_day": _("A day after the step, at most a year later.")})
    is_forced = given.get("way") == BY_FORCE and building.state == ANNOUNCED
    if transition.after_term or is_forced:
        _check_term_is_over(building, on)


def _check_term_is_over(building: IllegalBuilding, on: date | None) -> None:
    if on is not None and building.by_day is not None and on <= building.by_day:
        refuse({"on": _("The party has until %(day)s.") % {"day": building.by_day}})


def _step(doer: Doer) -> Recorded:
    """A step of the law with its paper: the limit of the next one begins, and the ladder anew."""
    state = doer.transition.target
    assert state is not None  # of each step in `DOINGS`
    by_day = doer.given.get("by_day")
    if state == REMINDED:
        by_day = doer.given["on"] + timedelta(days=REMINDED_DAYS)
    return {"changes": doer.stepped(state, by_day)}


def _remove(doer: Doer) -> Recorded:
    """A part or all of it is gone; a part leaves the deadline as it is."""
    building, m2, way = doer.building, doer.given["area_m2"], doer.given["way"]
    faults: dict[str, Any] = {"area_m2": wrong_area(m2, building.remaining_m2), "way": choice_faults(way, list(WAYS))}
    if way == BY_FORCE and not may_force(building.state):
        faults["way"] = _("An enforced removal is decided and announced first.")
    refuse(faults)
    left = building.remaining_m2 - m2
    entry = doer.entry(AreaEntry.Kind.REMOVED, m2, way)
    if left:
        changes = {"stepped_on": doer.given["on"], "remaining_m2": left}
        return {"to": building.state, "changes": changes, "parts": [entry]}
    return {"changes": {**doer.stepped(REMOVED), "remaining_m2": NOTHING}, "parts": [entry]}


def _end(state: str, kind: str) -> Doing:
    """It is counted no longer, although it stands."""

    def end(doer: Doer) -> Recorded:
        entry = doer.entry(kind, doer.building.remaining_m2)
        return {"changes": {**doer.stepped(state), "remaining_m2": NOTHING}, "parts": [entry]}

    return end


def _regrow(doer: Doer) -> Recorded:
    """It stands again: the law begins anew with an entry of its own."""
    old, m2, on = doer.building, doer.given["area_m2"], doer.given["on"]
    refuse({"area_m2": wrong_area(m2)})
    anew = new_building(old.community, regrown_from=old)
    journal = Journal([anew], doer.journal.rules)
    found_by = IllegalBuilding.FoundBy.PATROL.value
    columns: dict[str, Any] = {
        **{name: getattr(old, name) for name in SAME_BUILDING},
        "origin": IllegalBuilding.Origin.NEW.value,
        "found_by": found_by,
        "found_on": on,
        "area_m2": m2,
        "remaining_m2": m2,
    }
    record_found(journal, anew, columns, AreaEntry.Kind.REGROWN, doer.by, doer.at)
    journal.write()
    return {"changes": doer.stepped(str(doer.transition.target))}


def _note(doer: Doer) -> Recorded:
    return {}


DOINGS: Mapping[str, Doing] = {
    **dict.fromkeys(("stop", "refer", "order", "remind", "announce", "hand_over", "recheck"), _step),
    "remove": _remove,
    "legalise": _end(LAWFUL, AreaEntry.Kind.LAWFUL),
    "withdraw": _end(MISTAKEN, AreaEntry.Kind.MISTAKEN),
    "regrow": _regrow,
    "note": _note,
}
