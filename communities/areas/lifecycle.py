"""What may happen to a residential area next, on its way to property management: ONE table. Pure.

Wordings are English source strings, translated at the edges; buttons, forms, the database's own check and tests derive
from the table. Source: domain.md 1, rows 14, 15, 27 and 28 (where conditions are ripe; cleaning and guards first, a
let-off, time to get used to it); the stages and what they carry are a proposal.
"""

from collections.abc import Mapping

from citymgmt.wording import gettext_noop
from citymgmt.worktime.steps import Stage, Step, moves_of
from communities.local_rules import AREA_ASSESS, AREA_PILOT

IMPROVE, ASSESSED, PILOT, CONTRACT = "improve", "assessed", "pilot", "contract"
REVIEW, STRUCK = "review", "struck"
STAGES: Mapping[str, Stage] = {
    IMPROVE: Stage(gettext_noop("being improved"), "waiting", "tools"),
    ASSESSED: Stage(gettext_noop("ready for a pilot"), "active", "clipboard-check"),
    PILOT: Stage(gettext_noop("in a pilot"), "active", "hourglass-split"),
    CONTRACT: Stage(gettext_noop("under contract"), "done", "file-earmark-check"),
    REVIEW: Stage(gettext_noop("under contract, service reviewed"), "done", "patch-check"),
    STRUCK: Stage(gettext_noop("struck off"), "stopped", "slash-circle"),
}
STAGE_CHOICES = [(key, stage.label) for key, stage in STAGES.items()]
PATH = (IMPROVE, ASSESSED, PILOT, CONTRACT, REVIEW)  # the way that a page draws
COVERED = (CONTRACT, REVIEW)  # under property management
RANKED = (IMPROVE, ASSESSED)  # still on the way to a pilot
STANDING = (*RANKED, PILOT, *COVERED)  # in the register
RULE_OF: Mapping[str, str] = {
    IMPROVE: AREA_ASSESS,
    ASSESSED: AREA_PILOT,
}  # within which local rule the next step is due

KEEP, STEP, DECIDE, CHECK = "area.keep", "area.step", "area.decide", "area.review"
_CONTRACT = ("on", "provider", "fee", "from_on", "until_on")
_CHOICE = gettext_noop(
    "Civil Code, Art. 278 (4): the owners choose the provider, by two thirds taking part and more than half of these."
)
ASSESS = Step("assess", gettext_noop("Assess readiness"), STEP, RANKED, ASSESSED, (), icon="clipboard-check",
              otherwise=IMPROVE)  # fmt: skip
REVISE = Step("revise", gettext_noop("Correct the entry"), KEEP, STANDING, None, (), (), icon="pencil")
_ALL = (
    ASSESS,
    Step(
        "begin_pilot",
        gettext_noop("Begin a pilot"),
        DECIDE,
        (ASSESSED,),
        PILOT,
        ("on", "provider", "services", "let_off_percent", "subsidy", "until_on"),
        law=gettext_noop("Cleaning and guards first, at a reduced fee, with time to get used to it."),
        icon="play-circle",
    ),
    Step(
        "ask_residents",
        gettext_noop("Enter the residents' opinion"),
        STEP,
        (PILOT,),
        None,
        ("on", "asked", "in_favour", "against"),
        icon="people",
    ),
    Step("extend_pilot", gettext_noop("Extend the trial"), DECIDE, (PILOT,), None, ("on", "until_on", "note"), (),
         icon="calendar-plus"),
    Step(
        "sign",
        gettext_noop("Enter the contract"),
        DECIDE,
        (PILOT,),
        CONTRACT,
        _CONTRACT,
        law=_CHOICE,
        icon="file-earmark-check",
    ),
    Step("end_pilot", gettext_noop("End the pilot without a contract"), DECIDE, (PILOT,), IMPROVE, ("on", "note"), (),
         icon="stop-circle", ends=True),
    Step(
        "review",
        gettext_noop("Review the service"),
        CHECK,
        COVERED,
        REVIEW,
        ("on", "score", "complaints", "follow_up"),
        icon="patch-check",
    ),
    Step("renew", gettext_noop("Enter a new contract"), DECIDE, COVERED, None, _CONTRACT, law=_CHOICE,
         icon="arrow-repeat"),
    Step("end_contract", gettext_noop("End the contract"), DECIDE, COVERED, IMPROVE, ("on", "note"), (),
         icon="x-circle", ends=True),
    Step("strike", gettext_noop("Strike off the register"), DECIDE, RANKED, STRUCK, ("on", "note"), (),
         icon="slash-circle", ends=True),
)  # fmt: skip
STEPS: Mapping[str, Step] = {one.action: one for one in _ALL}
MOVES = moves_of(_ALL)


def event_kind(action: str) -> str:
    """How an action is called in histories and in messages: kinds are of one room alone."""
    return f"area_{action}"


# what the steps of the ladder "area" write, by the effect that their rows name
EVENT_OF_EFFECT: Mapping[str, str] = {name: event_kind(name) for name in ("warn", "urge", "supervise")}
ENTER, RECALCULATE = event_kind("enter"), event_kind("recalculate")
EVENTS: Mapping[str, tuple[str, str, str]] = {  # label, icon and tone of each event of a history
    **{event_kind(one.action): (one.label, one.icon, "") for one in (*_ALL, REVISE)},
    ENTER: (gettext_noop("Entered"), "plus-circle", ""),
    event_kind("warn"): (gettext_noop("Next step due soon"), "hourglass-split", "soon"),
    event_kind("urge"): (gettext_noop("Next step overdue: urged"), "alarm", "alert"),
    event_kind("supervise"): (gettext_noop("Next step overdue: supervised"), "exclamation-triangle", "alert"),
    RECALCULATE: (gettext_noop("Deadline recalculated"), "calendar3", ""),
}


def possible(state: str) -> list[Step]:
    """What may happen to an area in a stage, in the order of the table."""
    return [one for one in _ALL if state in one.sources]
