"""What may happen to an illegal building next, and how long each step may take: ONE table. Pure.

Wordings are English source strings, translated at the edges; buttons, forms, the database's own check and tests derive
from the table.

Source: 城乡规划法 Art. 64, 65 (stop; remove by a day), 68 (enforced removal); 行政强制法 Art. 34, 35, 37 (reminder in
writing, then a decision), 44 (buildings: announced, with a day of its own, before they are pulled down), 54 (ten days
after the reminder); domain.md 3.7 (one that is being built is stopped within two urgent days, a finished one dealt with
in fifteen working days). The other limits are proposals: no law gives them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from citymgmt.wording import gettext_noop
from citymgmt.worktime.clock import Limit, Unit
from citymgmt.worktime.steps import Stage, Step, moves_of


@dataclass(frozen=True)
class State(Stage):
    """What a building can be. Only what has a `limit` is timed: the next step is due so long after the step that led
    here, or after the day that this step gave the party.
    """

    limit: Limit | None = None


FOUND, STOPPED, REFERRED, ORDERED, REMINDED = "found", "stopped", "referred", "ordered", "reminded"
ANNOUNCED, HANDED, REMOVED, RECHECKED = "announced", "handed", "removed", "rechecked"
REGROWN, LAWFUL, MISTAKEN = "regrown", "lawful", "mistaken"
BEING_BUILT_LIMIT = Limit(2, Unit.URGENT_DAY)  # of one that is being built, until it is stopped (domain.md 3.7)
STATES: Mapping[str, State] = {
    FOUND: State(gettext_noop("found"), "waiting", "search", Limit(15, Unit.WORKING_DAY)),
    STOPPED: State(gettext_noop("ordered to stop"), "active", "sign-stop", Limit(5, Unit.WORKING_DAY)),
    REFERRED: State(gettext_noop("with planning"), "waiting", "building-up", Limit(15, Unit.WORKING_DAY)),
    ORDERED: State(gettext_noop("to be removed by a day"), "active", "calendar-x", Limit(5, Unit.WORKING_DAY)),
    REMINDED: State(gettext_noop("reminded in writing"), "active", "bell", Limit(5, Unit.WORKING_DAY)),
    ANNOUNCED: State(gettext_noop("removal announced"), "alert", "megaphone", Limit(15, Unit.WORKING_DAY)),
    HANDED: State(gettext_noop("with the district"), "stopped", "box-arrow-up-right"),
    REMOVED: State(gettext_noop("removed"), "done", "check-circle", Limit(30, Unit.NATURAL_DAY)),
    RECHECKED: State(gettext_noop("removed, looked at again"), "done", "check2-all"),
    REGROWN: State(gettext_noop("built again"), "alert", "arrow-repeat"),
    LAWFUL: State(gettext_noop("lawful"), "done", "patch-check"),
    MISTAKEN: State(gettext_noop("entered by mistake"), "stopped", "slash-circle"),
}
TIMED = frozenset(key for key, state in STATES.items() if state.limit)
STANDING = (FOUND, STOPPED, REFERRED, ORDERED, REMINDED, ANNOUNCED, HANDED)  # something of it stands
GONE = (REMOVED, RECHECKED)
STATE_CHOICES = [(key, state.label) for key, state in STATES.items()]
REMINDED_DAYS = 10  # 行政强制法 Art. 54: so long the party has after the reminder


@dataclass(frozen=True)
class Transition(Step):
    """A step of the law. With `after_term` the day that the step before gave the party has to be over."""

    carries: tuple[str, ...] = ("on", "document")
    after_term: bool = False

    @property
    def has_paper(self) -> bool:
        """Whether the step is taken by a paper, whose file may be kept with it."""
        return "document" in self.carried


STEP, DECIDE, RECORD = "building.step", "building.decide", "building.record"
_TERM = ("on", "document", "by_day")
_PLANNING = gettext_noop("Urban and Rural Planning Law, Art. 64 and 65")
_BUILDINGS = gettext_noop(
    "Administrative Enforcement Law, Art. 44: only when the party neither asked for review nor sued in time."
)
_ALL = (
    Transition("stop", gettext_noop("Order to stop"), STEP, (FOUND,), STOPPED, law=_PLANNING, icon="sign-stop"),
    Transition(
        "refer",
        gettext_noop("Refer to planning"),
        STEP,
        (FOUND, STOPPED),
        REFERRED,
        law=gettext_noop("Planning and natural resources determine whether it is illegal."),
        icon="building-up",
    ),
    Transition(
        "order",
        gettext_noop("Order removal by a day"),
        STEP,
        (REFERRED,),
        ORDERED,
        _TERM,
        law=_PLANNING,
        icon="calendar-x",
    ),
    Transition(
        "remind",
        gettext_noop("Remind in writing"),
        STEP,
        (ORDERED,),
        REMINDED,
        law=gettext_noop("Administrative Enforcement Law, Art. 35 and 54: the party has ten days."),
        icon="bell",
        after_term=True,
    ),
    Transition(
        "announce",
        gettext_noop("Decide and announce enforced removal"),
        DECIDE,
        (REMINDED,),
        ANNOUNCED,
        _TERM,
        law=gettext_noop("Administrative Enforcement Law, Art. 37 and 44: announced, with a last day for the party."),
        icon="megaphone",
        after_term=True,
    ),
    Transition(
        "remove",
        gettext_noop("Enter a removal"),
        STEP,
        STANDING,
        REMOVED,
        ("on", "area_m2", "way"),
        ("document", "note"),
        law=_BUILDINGS,
        icon="hammer",
    ),
    Transition(
        "hand_over",
        gettext_noop("Hand over to the district"),
        STEP,
        (STOPPED, REFERRED, ORDERED, REMINDED, ANNOUNCED),
        HANDED,
        law=gettext_noop(
            "The district's bureau of city management goes on; until it is removed it counts as standing."
        ),
        icon="box-arrow-up-right",
    ),
    Transition(
        "legalise",
        gettext_noop("Enter as lawful"),
        DECIDE,
        (REFERRED, ORDERED, REMINDED, ANNOUNCED, HANDED),
        LAWFUL,
        law=gettext_noop("Permits were given afterwards, or planning found it lawful."),
        icon="patch-check",
    ),
    Transition(
        "withdraw",
        gettext_noop("Entered by mistake"),
        DECIDE,
        (FOUND, STOPPED, REFERRED),
        MISTAKEN,
        ("on", "note"),
        (),
        icon="slash-circle",
    ),
    Transition(
        "recheck",
        gettext_noop("Looked at again: nothing there"),
        RECORD,
        GONE,
        RECHECKED,
        ("on",),
        icon="check2-all",
    ),
    Transition(
        "regrow",
        gettext_noop("Built again"),
        RECORD,
        GONE,
        REGROWN,
        ("on", "area_m2"),
        law=gettext_noop("It gets an entry of its own, which begins anew and says of which it is the return."),
        icon="arrow-repeat",
    ),
    Transition("note", gettext_noop("Note a visit"), RECORD, STANDING, None, ("note",), (), icon="journal-text"),
)
TRANSITIONS: Mapping[str, Transition] = {one.action: one for one in _ALL}
REVISE = Transition(
    "revise", gettext_noop("Correct the entry"), STEP, (FOUND, STOPPED, REFERRED), None, (), (), icon="pencil"
)
LOG_CASE = Transition(
    "log_case", gettext_noop("Log a case"), RECORD, STANDING, None, ("category", "text"), (), icon="folder-plus"
)
MOVES = moves_of(_ALL)

BY_OWNER, BY_FORCE = "owner", "force"
WAYS: Mapping[str, str] = {BY_OWNER: gettext_noop("by the owner"), BY_FORCE: gettext_noop("by force")}


def event_kind(action: str) -> str:
    """How an action is called in histories and in messages: kinds are of one room alone."""
    return f"building_{action}"


# what the steps of the ladder "building" write, by the effect that their rows name
EVENT_OF_EFFECT: Mapping[str, str] = {name: event_kind(name) for name in ("warn", "urge", "supervise")}
EVENTS: Mapping[str, tuple[str, str, str]] = {  # label, icon and tone of each event of a history
    **{event_kind(one.action): (one.label, one.icon, "") for one in (*_ALL, REVISE, LOG_CASE)},
    event_kind("find"): (gettext_noop("Entered"), "search", ""),
    event_kind("warn"): (gettext_noop("Next step due soon"), "hourglass-split", "soon"),
    event_kind("urge"): (gettext_noop("Next step overdue: urged"), "alarm", "alert"),
    event_kind("supervise"): (gettext_noop("Next step overdue: supervised"), "exclamation-triangle", "alert"),
    event_kind("recalculate"): (gettext_noop("Deadline recalculated"), "calendar3", ""),
}


def limit_of(state: str, *, is_being_built: bool) -> Limit | None:
    """Within which limit the next step is due; None where nothing is."""
    return BEING_BUILT_LIMIT if state == FOUND and is_being_built else STATES[state].limit


def possible(state: str, *, is_being_built: bool) -> list[Transition]:
    """What may happen to a building in a state, in the order of the table; one being built is stopped first."""
    found = [one for one in _ALL if state in one.sources]
    return [one for one in found if not (is_being_built and state == FOUND and one.action == "refer")]


def may_force(state: str) -> bool:
    """Whether a removal from this state may be one by force: it was announced, or the district carries it out."""
    return state in (ANNOUNCED, HANDED)
