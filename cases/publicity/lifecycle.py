"""What may happen next to a publicity item, a forum and a suggestion: THE three tables. Pure.

Wordings are English source strings, translated at the edges; buttons, forms, the database's own check and tests derive
from the tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from citymgmt.wording import gettext_noop
from citymgmt.worktime.steps import Stage, Step, moves_of

EVENT_LABELS = tuple[str, str, str]  # label, icon and tone


@dataclass(frozen=True)
class Life:
    """The life of one kind of thing: its name in events, its stages and steps, and how its other events are called."""

    subject: str
    stages: Mapping[str, Stage]
    steps: Mapping[str, Step]
    others: Mapping[str, EVENT_LABELS]

    def kind(self, action: str) -> str:
        """How an action is called in histories and in messages: kinds are of one room alone."""
        return f"{self.subject}_{action}"

    def possible(self, state: str) -> list[Step]:
        """What may happen in a stage, in the order of the table."""
        return [one for one in self.steps.values() if state in one.sources]

    def look(self, kind: str) -> EVENT_LABELS:
        """How an event of a history is shown."""
        action = kind.removeprefix(f"{self.subject}_")
        if action in self.others:
            return self.others[action]
        step = self.steps[action]
        return step.label, step.icon, ""


def _life(
    subject: str, stages: Mapping[str, Stage], steps: tuple[Step, ...], others: Mapping[str, EVENT_LABELS]
) -> Life:
    return Life(subject, stages, {one.action: one for one in steps}, others)


# --- publicity items -----------------------------------------------------------------------------------------
PLANNED, OUT, DOWN, OFF = "planned", "out", "down", "off"
SHOWN = (OUT, DOWN)  # what was put out: counted
KEEP, VIEW = "publicity.keep", "publicity.view"
ITEM = _life(
    "item",
    {
        PLANNED: Stage(gettext_noop("planned"), "waiting", "calendar-event"),
        OUT: Stage(gettext_noop("put out"), "active", "megaphone"),
        DOWN: Stage(gettext_noop("taken down"), "done", "check-circle"),
        OFF: Stage(gettext_noop("called off"), "stopped", "slash-circle"),
    },
    (
        Step(
            "put_out",
            gettext_noop("It is put out"),
            KEEP,
            (PLANNED,),
            OUT,
            ("on", "quantity"),
            ("reached", "address", "web", "note"),
            icon="megaphone",
        ),
        Step("take_down", gettext_noop("It is taken down"), KEEP, (OUT,), DOWN, icon="box-arrow-down"),
        Step("revise", gettext_noop("Change the plan"), KEEP, (PLANNED,), None, (), (), icon="pencil"),
        Step("prolong", gettext_noop("It stays longer"), KEEP, (OUT,), None, ("until_on", "note"), (),
             icon="calendar-plus"),
        Step("count", gettext_noop("Enter whom it reached"), KEEP, SHOWN, None, ("quantity", "reached"), icon="people"),
        Step("call_off", gettext_noop("Call it off"), KEEP, (PLANNED,), OFF, ("note",), (), icon="slash-circle",
             ends=True),
    ),
    {
        "plan": (gettext_noop("Planned"), "calendar-event", ""),
        "import": (gettext_noop("Taken over from a list"), "upload", ""),
        "urge": (gettext_noop("Overdue: reminded"), "alarm", "alert"),
        "supervise": (gettext_noop("Still overdue: the leader is told"), "exclamation-triangle", "alert"),
    },
)  # fmt: skip

# --- forums --------------------------------------------------------------------------------------------------
HELD = "held"
FORUM_KEEP, FORUM_VIEW = "forum.keep", "forum.view"
GROUPS: Mapping[str, str] = {  # who came
    "residents": gettext_noop("residents"),
    "merchants": gettext_noop("merchants"),
    "units": gettext_noop("from institutions"),
    "deputies": gettext_noop("deputies and CPPCC members"),
    "officials": gettext_noop("officials"),
}
FORUM = _life(
    "forum",
    {
        PLANNED: Stage(gettext_noop("planned"), "waiting", "calendar-event"),
        HELD: Stage(gettext_noop("held"), "done", "check-circle"),
        OFF: Stage(gettext_noop("called off"), "stopped", "slash-circle"),
    },
    (
        Step(
            "hold",
            gettext_noop("Record the forum"),
            FORUM_KEEP,
            (PLANNED,),
            HELD,
            ("record", *GROUPS),
            (),
            icon="journal-check",
        ),
        Step("correct", gettext_noop("Correct the record"), FORUM_KEEP, (HELD,), None, ("record", *GROUPS), (),
             icon="pencil"),
        Step("revise", gettext_noop("Change the plan"), FORUM_KEEP, (PLANNED,), None, (), (), icon="pencil"),
        Step("call_off", gettext_noop("Call it off"), FORUM_KEEP, (PLANNED,), OFF, ("note",), (), icon="slash-circle",
             ends=True),
    ),
    {
        "plan": (gettext_noop("Planned"), "calendar-event", ""),
        "urge": (gettext_noop("Record missing: reminded"), "alarm", "alert"),
        "supervise": (gettext_noop("Record still missing: the leader is told"), "exclamation-triangle", "alert"),
    },
)  # fmt: skip

# --- suggestions ---------------------------------------------------------------------------------------------
OPEN, TO_DO, DONE, DECLINED, CASE, MISTAKE = "open", "to_do", "done", "declined", "case", "mistake"
ENDED = (DONE, DECLINED, CASE, MISTAKE)
ADOPTED, PARTLY, NOT_ADOPTED = "adopted", "partly", "not"
DECISIONS: Mapping[str, str] = {
    ADOPTED: gettext_noop("adopted"),
    PARTLY: gettext_noop("partly adopted"),
    NOT_ADOPTED: gettext_noop("not adopted"),
}
TAKEN_UP = (ADOPTED, PARTLY)
WAYS: Mapping[str, str] = {  # how it came
    "forum": gettext_noop("at a forum"),
    "visit": gettext_noop("by a visitor"),
    "letter": gettext_noop("by letter"),
    "phone": gettext_noop("by telephone"),
    "online": gettext_noop("online"),
}
ENTER, ANSWER, SUGGESTION_VIEW = "suggestion.enter", "suggestion.answer", "suggestion.view"
REVEAL, ERASE = "suggestion.reveal", "suggestion.erase"
SUGGESTION = _life(
    "suggestion",
    {
        OPEN: Stage(gettext_noop("to be answered"), "waiting", "chat-left-text"),
        TO_DO: Stage(gettext_noop("adopted, to be carried out"), "active", "hourglass-split"),
        DONE: Stage(gettext_noop("carried out"), "done", "check-circle"),
        DECLINED: Stage(gettext_noop("answered, not adopted"), "stopped", "dash-circle"),
        CASE: Stage(gettext_noop("turned into a case"), "done", "folder2-open"),
        MISTAKE: Stage(gettext_noop("entered by mistake"), "stopped", "slash-circle"),
    },
    (
        Step(
            "answer",
            gettext_noop("Answer it"),
            ANSWER,
            (OPEN,),
            TO_DO,
            ("on", "decision", "answer"),
            ("reason", "by_day"),
            icon="reply",
            otherwise=DECLINED,
        ),
        Step("make_case", gettext_noop("Turn it into a case"), ANSWER, (OPEN,), CASE, ("category",),
             ("standard", "note"), icon="folder-plus"),
        Step("carry_out", gettext_noop("It is carried out"), ANSWER, (TO_DO,), DONE, ("on", "done"), (),
             icon="check-lg"),
        Step("extend", gettext_noop("Give more time"), ANSWER, (TO_DO,), None, ("by_day", "note"), (),
             icon="calendar-plus"),
        Step("withdraw", gettext_noop("It was a mistake"), ANSWER, (OPEN,), MISTAKE, ("note",), (),
             icon="slash-circle", ends=True),
    ),
    {
        "enter": (gettext_noop("Received"), "chat-left-text", ""),
        "erase": (gettext_noop("Who suggested it was erased"), "eraser", ""),
        "recalculate": (gettext_noop("Deadline recalculated"), "calendar3", ""),
        "urge": (gettext_noop("Answer due: reminded"), "alarm", "alert"),
        "supervise": (gettext_noop("Still not answered: the leader is told"), "exclamation-triangle", "alert"),
        "urge_doing": (gettext_noop("Not carried out in time: reminded"), "alarm", "alert"),
        "supervise_doing": (gettext_noop("Still not carried out: the leader is told"), "exclamation-triangle", "alert"),
    },
)  # fmt: skip
MOVES = {life.subject: moves_of(life.steps.values()) for life in (ITEM, FORUM, SUGGESTION)}
