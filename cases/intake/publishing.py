"""THE rule of what everybody may read of a resident's case: which cases, in which words, how exactly. Pure.

Source: PIPL art. 25 (domain 10.2): a resident's words are never published by themselves, numbers and places coarsely.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from cases.workflow import ENDED, STATES
from citymgmt.wording import gettext_noop

FEWEST_TOLD, SMALL = 3, gettext_noop("<3")  # a smaller figure could lead to one person
OPEN, CLOSED = "open", "closed"


@dataclass(frozen=True)
class Stage:
    """How far a case is, in words for everybody. `update_code` is that of an update in Open311; `is_shown` says whether
    a case there may be published.
    """

    code: str
    label: str
    tone: str
    update_code: str
    is_shown: bool = True


_STAGES = (
    Stage("received", gettext_noop("received"), "waiting", "OPEN", is_shown=False),
    Stage("accepted", gettext_noop("accepted"), "active", "INVESTIGATING"),
    Stage("handling", gettext_noop("being handled"), "active", "IN_PROGRESS"),
    Stage("district", gettext_noop("with the district"), "district", "INTERNAL_REFERRAL"),
    Stage("waiting", gettext_noop("waits for a later day"), "stopped", "ACTION_SCHEDULED"),
    Stage("checking", gettext_noop("handled, being checked"), "active", "IN_PROGRESS"),
    Stage("solved", gettext_noop("closed"), "done", "FIXED"),
    Stage("declined", gettext_noop("not taken on"), "stopped", "NO_FURTHER_ACTION", is_shown=False),
    Stage("merged", gettext_noop("goes on with another report"), "stopped", "DUPLICATE", is_shown=False),
    Stage("void", gettext_noop("ended without handling"), "stopped", "NO_FURTHER_ACTION", is_shown=False),
)
STAGES: Mapping[str, Stage] = {stage.code: stage for stage in _STAGES}
STAGE_OF: Mapping[str, str] = {  # by the state of the case
    "reported": "received",
    "accepted": "accepted",
    "verifying": "accepted",
    "filed": "accepted",
    "dispatched": "handling",
    "handling": "handling",
    "escalated": "district",
    "suspended": "waiting",
    "reported_back": "checking",
    "closed": "solved",
    "declined": "declined",
    "not_filed": "declined",
    "merged": "merged",
    "void": "void",
}
assert set(STAGE_OF) == set(STATES)
STAGE_CHOICES = [(stage.code, stage.label) for stage in _STAGES]
# Columns of a case whose change is a change of what everybody reads; the state is the other one
FOLLOWED = frozenset({"due_at", "community_id", "category_id", "department_id"})


def stage_of(state: str) -> Stage:
    """How far a case in this state is."""
    return STAGES[STAGE_OF[state]]


def status_of(state: str) -> str:
    """Open or closed: there is nothing between for everybody."""
    return CLOSED if state in ENDED else OPEN


def is_public(state: str, *, is_private: bool, is_withheld: bool) -> bool:
    """Whether everybody may read of a resident's case: it was accepted, and neither resident nor office objects."""
    return stage_of(state).is_shown and not is_private and not is_withheld


def rounded(degrees: Decimal | None, decimals: int) -> Decimal | None:
    """A coordinate as coarse as it is published; three decimals are about a hundred metres."""
    return None if degrees is None else Decimal(degrees).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)


def told_count(count: int) -> str:
    """A figure for everybody; a small one is only said to be small, none is told as none."""
    return str(count) if count == 0 or count >= FEWEST_TOLD else SMALL
