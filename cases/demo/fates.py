"""What becomes of a matter: a fate drawn by chance before it begins; the course then follows it state by state."""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from cases.models import CaseStandard
from citymgmt.worktime.clock import Unit

HOUR = timedelta(hours=1)
LATE_SHARE, NEGLECTED_SHARE = 0.13, 0.05
# how often a twist comes, in a thousand cases
TWISTS: tuple[tuple[frozenset[str], int], ...] = (
    (frozenset({"rework"}), 32),
    (frozenset({"return"}), 30),
    (frozenset({"team"}), 160),
    (frozenset({"supervise"}), 15),
    (frozenset({"urge_officer"}), 25),
    (frozenset({"void"}), 8),
    (frozenset({"special"}), 10),
    (frozenset({"merge"}), 14),
    (frozenset({"reopen"}), 12),
)
IF_REPORTED: tuple[tuple[frozenset[str], int], ...] = (
    (frozenset({"decline"}), 70),
    (frozenset({"verify"}), 150),
    (frozenset({"verify", "decline_to_file"}), 50),
)
IF_LONG: tuple[tuple[frozenset[str], int], ...] = (
    (frozenset({"extend"}), 70),
    (frozenset({"extend", "refuse"}), 20),
    (frozenset({"extend", "refuse_review"}), 15),
    (frozenset({"suspend"}), 40),
    (frozenset({"suspend", "resume"}), 20),
    (frozenset({"escalate"}), 80),
)
DISTRICT: tuple[tuple[frozenset[str], int], ...] = (
    (frozenset({"silent"}), 250),
    (frozenset({"deaf"}), 60),
    (frozenset({"return_escalation"}), 100),
    (frozenset({"take_back"}), 60),
    (frozenset({"slow"}), 100),
)
ON_TOP: tuple[tuple[frozenset[str], int], ...] = (
    (frozenset({"measure"}), 300),
    (frozenset({"urge"}), 300),
)
APPEALS: tuple[tuple[frozenset[str], int], ...] = (
    (frozenset({"appeal", "uphold"}), 80),
    (frozenset({"appeal", "reject"}), 60),
)


@dataclass
class Fate:
    """How long handling takes and what happens on the way.

    `pace`: share of the time allowed. `lateness`: working time past the deadline instead; None for on time.
    `twists` are used up one by one. `last` is the action after which nothing more happens (today's scene).
    """

    pace: float
    lateness: timedelta | None = None
    twists: set[str] = field(default_factory=set)
    last: str = ""


def draw_fate(rng: Random, standard: CaseStandard, *, is_reported: bool) -> Fate:
    """A fate for a matter that will be filed by this standard; most are received, done in time and pass."""
    fate = Fate(pace=rng.betavariate(2.2, 1.8) * 0.9 + 0.05)
    chance = rng.random()
    if chance < NEGLECTED_SHARE:
        fate.lateness = rng.uniform(9, 30) * HOUR
        fate.twists.add("neglect")
    elif chance < LATE_SHARE + NEGLECTED_SHARE:
        fate.lateness = rng.uniform(0.3, 6.5) * HOUR
    is_long = standard.limit_unit == Unit.WORKING_DAY and standard.limit_value >= 2
    tables = [TWISTS, DISTRICT, ON_TOP, APPEALS]
    tables += [IF_REPORTED] if is_reported else []
    tables += [IF_LONG] if is_long and fate.lateness is None else []
    for table in tables:
        fate.twists |= _one_of(rng, table)
    return fate


def _one_of(rng: Random, table: tuple[tuple[frozenset[str], int], ...]) -> frozenset[str]:
    mark = rng.random() * 1000
    for twists, weight in table:
        mark -= weight
        if mark < 0:
            return twists
    return frozenset()
