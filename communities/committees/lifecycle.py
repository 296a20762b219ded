"""What may happen to an owners' committee next, and by which law: ONE table. Pure.

Wordings are English source strings, translated at the edges; buttons, forms, the database's own check and tests derive
from the table. Source: Civil Code Art. 277, 278, 280; 物业管理条例 Art. 8 to 16; 业主大会和业主委员会指导规则
(建房〔2009〕274号); domain.md 1 (readiness). Every limit is a local rule (communities/local_rules.py).
"""

from collections.abc import Mapping

from citymgmt.wording import gettext_noop
from citymgmt.worktime.steps import Stage, Step, moves_of
from communities.local_rules import ANSWER, ASSEMBLY, CHECK, FILING, GROUP

APPLIED, ACCEPTED, PREPARING, NOTIFIED = "applied", "accepted", "preparing", "notified"
ELECTED, CHECKING, FILED, REELECTING = "elected", "checking", "filed", "reelecting"
DECLINED, DISSOLVED = "declined", "dissolved"
STAGES: Mapping[str, Stage] = {
    APPLIED: Stage(gettext_noop("applied for"), "waiting", "envelope-paper"),
    ACCEPTED: Stage(gettext_noop("application accepted"), "active", "envelope-check"),
    PREPARING: Stage(gettext_noop("preparatory group at work"), "active", "people"),
    NOTIFIED: Stage(gettext_noop("assembly called"), "active", "megaphone"),
    ELECTED: Stage(gettext_noop("elected, to be filed"), "active", "check2-square"),
    CHECKING: Stage(gettext_noop("filing is checked"), "waiting", "file-earmark-text"),
    FILED: Stage(gettext_noop("in office, filed"), "done", "patch-check"),
    REELECTING: Stage(gettext_noop("re-election prepared"), "active", "arrow-repeat"),
    DECLINED: Stage(gettext_noop("application declined"), "stopped", "x-circle"),
    DISSOLVED: Stage(gettext_noop("dissolved"), "stopped", "slash-circle"),
}
STAGE_CHOICES = [(key, stage.label) for key, stage in STAGES.items()]
PATH = (APPLIED, ACCEPTED, PREPARING, NOTIFIED, ELECTED, CHECKING, FILED)  # the way that a page draws
ENDED = (DECLINED, DISSOLVED)
GOING = tuple(key for key in STAGES if key not in ENDED)
# within which local rule the next step is due; a called assembly keeps the day by which it was to be held
RULE_OF: Mapping[str, str] = {
    APPLIED: ANSWER, ACCEPTED: GROUP, PREPARING: ASSEMBLY, ELECTED: FILING, CHECKING: CHECK,
}  # fmt: skip

STEP, DECIDE, VOTE = "committee.step", "committee.decide", "committee.vote"
_FILING = gettext_noop("Property Management Regulation, Art. 16: it files within thirty days of its election.")
_ALL = (
    Step(
        "accept",
        gettext_noop("Accept the application"),
        DECIDE,
        (APPLIED,),
        ACCEPTED,
        law=gettext_noop("Enough of the floor area is handed over, and enough owners apply: shares are local rules."),
        icon="envelope-check",
    ),
    Step("decline", gettext_noop("Decline the application"), DECIDE, (APPLIED,), DECLINED, ("on", "note"), (),
         icon="x-circle"),
    Step(
        "form_group",
        gettext_noop("Form the preparatory group"),
        STEP,
        (ACCEPTED,),
        PREPARING,
        ("on", "group_size"),
        law=gettext_noop("Property Management Regulation, Art. 10: under the guidance of the office."),
        icon="people",
    ),
    Step(
        "call",
        gettext_noop("Call the assembly"),
        STEP,
        (PREPARING, REELECTING),
        NOTIFIED,
        ("on", "meeting_on", "informed_on"),
        law=gettext_noop(
            "Property Management Regulation, Art. 14: all owners fifteen days ahead; the residents' committee as well."
        ),
        icon="megaphone",
    ),
    Step("call_off", gettext_noop("The assembly failed"), STEP, (NOTIFIED,), PREPARING, ("on", "note"), (),
         icon="calendar-x", otherwise=REELECTING),
    Step(
        "elect",
        gettext_noop("Enter the elected committee"),
        STEP,
        (NOTIFIED,),
        ELECTED,
        ("on", "member_count"),
        law=gettext_noop("Civil Code, Art. 278 (3): the vote on the election has passed by area and by heads."),
        icon="check2-square",
    ),
    Step("file", gettext_noop("The committee files"), STEP, (ELECTED,), CHECKING, law=_FILING,
         icon="file-earmark-text"),
    Step("send_back", gettext_noop("Send the filing back"), STEP, (CHECKING,), ELECTED, ("on", "note"), (), law=_FILING,
         icon="arrow-return-left"),
    Step("register", gettext_noop("Enter the filing number"), DECIDE, (CHECKING,), FILED,
         ("on", "filing_number", "term_until"), icon="patch-check"),
    Step(
        "reelect",
        gettext_noop("Begin the re-election"),
        STEP,
        (FILED,),
        REELECTING,
        law=gettext_noop("Guiding Rules on Owners' Assemblies, Art. 47: three months before the term ends."),
        icon="arrow-repeat",
    ),
    Step("dissolve", gettext_noop("Dissolve"), DECIDE, GOING, DISSOLVED, ("on", "note"), (), icon="slash-circle",
         ends=True),
)  # fmt: skip
STEPS: Mapping[str, Step] = {one.action: one for one in _ALL}
RECORD_VOTE = Step("vote", gettext_noop("Record a vote"), VOTE, (NOTIFIED, FILED, REELECTING), None, (), (),
                   icon="bar-chart-steps")  # fmt: skip
MOVES = moves_of(_ALL)


def event_kind(action: str) -> str:
    """How an action is called in histories and in messages: kinds are of one room alone."""
    return f"committee_{action}"


# what the steps of the ladder "committee" write, by the effect that their rows name
EVENT_OF_EFFECT: Mapping[str, str] = {name: event_kind(name) for name in ("warn", "urge", "supervise")}
APPLY, RECALCULATE = event_kind("apply"), event_kind("recalculate")
EVENTS: Mapping[str, tuple[str, str, str]] = {  # label, icon and tone of each event of a history
    **{event_kind(one.action): (one.label, one.icon, "") for one in (*_ALL, RECORD_VOTE)},
    APPLY: (gettext_noop("Application received"), "envelope-paper", ""),
    event_kind("warn"): (gettext_noop("Next step due soon"), "hourglass-split", "soon"),
    event_kind("urge"): (gettext_noop("Next step overdue: urged"), "alarm", "alert"),
    event_kind("supervise"): (gettext_noop("Next step overdue: supervised"), "exclamation-triangle", "alert"),
    RECALCULATE: (gettext_noop("Deadline recalculated"), "calendar3", ""),
}
DUE_FOR: Mapping[str, str] = {  # what is due next in a stage
    APPLIED: gettext_noop("Answer the application"),
    ACCEPTED: gettext_noop("Form the preparatory group"),
    PREPARING: gettext_noop("Hold the assembly"),
    NOTIFIED: gettext_noop("Hold the assembly"),
    ELECTED: gettext_noop("The committee files"),
    CHECKING: gettext_noop("Check the filing"),
    FILED: gettext_noop("Begin the re-election"),
    REELECTING: gettext_noop("The term ends"),
}


def possible(state: str) -> list[Step]:
    """What may happen to a committee in a stage, in the order of the table."""
    return [one for one in _ALL if state in one.sources]
