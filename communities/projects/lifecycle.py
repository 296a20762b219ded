"""What may happen to a project next, and to a task of it: two tables. Pure.

Wordings are English source strings, translated at the edges; buttons, forms, the database's own check and tests derive
from the tables. A project rests while it is a draft or suspended: neither it nor its tasks are urged then.
"""

from collections.abc import Callable, Mapping

from citymgmt.wording import gettext_noop
from citymgmt.worktime.steps import Stage, Step, moves_of
from communities.projects.kinds import KINDS, ProjectKind

# --- projects ------------------------------------------------------------------------------------------------
DRAFT, RUNNING, SUSPENDED, ACCEPTANCE = "draft", "running", "suspended", "acceptance"
COMPLETED, ABANDONED = "completed", "abandoned"
STATES: Mapping[str, Stage] = {
    DRAFT: Stage(gettext_noop("being planned"), "waiting", "pencil"),
    RUNNING: Stage(gettext_noop("under way"), "active", "play-circle"),
    SUSPENDED: Stage(gettext_noop("paused for a time"), "waiting", "pause-circle"),
    ACCEPTANCE: Stage(gettext_noop("to be accepted by residents"), "active", "people"),
    COMPLETED: Stage(gettext_noop("completed"), "done", "check-circle"),
    ABANDONED: Stage(gettext_noop("stopped for good"), "stopped", "slash-circle"),
}
STATE_CHOICES = [(key, stage.label) for key, stage in STATES.items()]
TIMED = (RUNNING, ACCEPTANCE)  # due on the last planned day
ENDED = (COMPLETED, ABANDONED)
OPEN = (DRAFT, RUNNING, SUSPENDED, ACCEPTANCE)
TOLD = (RUNNING, SUSPENDED, ACCEPTANCE, COMPLETED, ABANDONED)  # what was promised: no longer a draft

KEEP, DECIDE, REPORT, ACCEPT, DO = "project.keep", "project.decide", "project.report", "project.accept", "project.do"
REVISE = Step("revise", gettext_noop("Change the plan"), KEEP, (DRAFT, RUNNING, SUSPENDED), None, (), (), icon="pencil")
REPORT_STEP = Step("report", gettext_noop("Report progress"), REPORT, TIMED, None, ("on", "note"), (),
                   icon="clipboard-data")  # fmt: skip
JUDGE = Step("judge", gettext_noop("Enter the acceptance sheet"), ACCEPT, (ACCEPTANCE,), COMPLETED, ("on", "place"),
             ("note",), icon="clipboard-check", otherwise=RUNNING)  # fmt: skip
SHOW_PHOTO = Step("show_photo", gettext_noop("Show the photo to the public"), KEEP, (*OPEN, COMPLETED), None, (), (),
                  icon="eye")  # fmt: skip
HIDE_PHOTO = Step("hide_photo", gettext_noop("Show the photo no longer"), KEEP, tuple(STATES), None, (), (),
                  icon="eye-slash")  # fmt: skip
_STEPS = (
    Step("start", gettext_noop("Approve and start"), DECIDE, (DRAFT,), RUNNING, ("on",), icon="play-circle"),
    Step("ask", gettext_noop("Put to public acceptance"), KEEP, (RUNNING,), ACCEPTANCE, ("on",), icon="people"),
    Step("complete", gettext_noop("Complete"), DECIDE, (RUNNING,), COMPLETED, ("on", "note"), (), icon="check-circle"),
    Step("resume", gettext_noop("Resume the project"), DECIDE, (SUSPENDED,), RUNNING, ("on",), icon="play-circle"),
    Step("suspend", gettext_noop("Suspend"), DECIDE, (RUNNING,), SUSPENDED, ("on", "note"), (), icon="pause-circle"),
    Step("take_back", gettext_noop("Take back from acceptance"), DECIDE, (ACCEPTANCE,), RUNNING, ("on", "note"), (),
         icon="arrow-return-left"),
    Step("publish", gettext_noop("Publish"), KEEP, tuple(STATES), None, (), (), icon="globe"),
    Step("withhold", gettext_noop("Take off the public pages"), KEEP, tuple(STATES), None, (), (), icon="eye-slash"),
    Step("abandon", gettext_noop("Stop for good"), DECIDE, OPEN, ABANDONED, ("on", "note"), (), icon="slash-circle",
         ends=True),
)  # fmt: skip
STEPS: Mapping[str, Step] = {one.action: one for one in _STEPS}
MOVES = moves_of((*_STEPS, JUDGE))
FITS: Mapping[str, Callable[[ProjectKind, bool], bool]] = {  # of which kind, and whether it is published already
    "ask": lambda kind, is_published: kind.asks_acceptance,
    "complete": lambda kind, is_published: not kind.asks_acceptance,
    "publish": lambda kind, is_published: not is_published,
    "withhold": lambda kind, is_published: is_published,
}


def fits(step: Step, kind: str, *, is_published: bool) -> bool:
    """Whether a step is one of this kind of project, as it is published or not."""
    asked = FITS.get(step.action)
    return asked is None or asked(KINDS[kind], is_published)


def possible(state: str, kind: str, *, is_published: bool) -> list[Step]:
    """What may happen to a project in a state, in the order of the table."""
    return [one for one in _STEPS if state in one.sources and fits(one, kind, is_published=is_published)]


def event_kind(action: str) -> str:
    """How an action on a project is called in histories and in messages."""
    return f"project_{action}"


ENTER, SEND_BACK = event_kind("enter"), event_kind("send_back")
EVENT_OF_EFFECT: Mapping[str, str] = {name: event_kind(name) for name in ("warn", "urge", "supervise")}
LADDER_LOOKS: Mapping[str, tuple[str, str, str]] = {
    "warn": (gettext_noop("Due soon"), "hourglass-split", "soon"),
    "urge": (gettext_noop("Overdue: urged"), "alarm", "alert"),
    "supervise": (gettext_noop("Overdue: supervised"), "exclamation-triangle", "alert"),
}
EVENTS: Mapping[str, tuple[str, str, str]] = {  # label, icon and tone of each event of a history
    ENTER: (gettext_noop("Entered"), "plus-circle", ""),
    **{event_kind(one.action): (one.label, one.icon, "")
       for one in (*_STEPS, REVISE, REPORT_STEP, JUDGE, SHOW_PHOTO, HIDE_PHOTO)},
    event_kind("report"): (gettext_noop("Progress reported"), "clipboard-data", ""),
    event_kind("judge"): (gettext_noop("Accepted by residents"), "clipboard-check", "done"),
    SEND_BACK: (gettext_noop("Not accepted by residents"), "arrow-return-left", "alert"),
    **{event_kind(name): look for name, look in LADDER_LOOKS.items()},
}  # fmt: skip

# --- tasks ---------------------------------------------------------------------------------------------------
TO_DO, DONE, CANCELLED = "open", "done", "cancelled"
TASK_STATES: Mapping[str, Stage] = {
    TO_DO: Stage(gettext_noop("to do"), "waiting", "square"),
    DONE: Stage(gettext_noop("task done"), "done", "check-square"),
    CANCELLED: Stage(gettext_noop("called off"), "stopped", "dash-square"),
}
TASK_STATE_CHOICES = [(key, stage.label) for key, stage in TASK_STATES.items()]
CHANGING = (DRAFT, RUNNING, SUSPENDED)  # states of a project whose plan of tasks can change
_TASK_STEPS = (
    Step("do", gettext_noop("Done"), DO, (TO_DO,), DONE, ("on",), ("note",), icon="check-square"),
    Step(
        "reopen", gettext_noop("Not done after all"), DO, (DONE,), TO_DO, (), ("note",), icon="arrow-counterclockwise"
    ),
    Step("revise", gettext_noop("Change the task"), KEEP, (TO_DO,), None, (), (), icon="pencil"),
    Step("cancel", gettext_noop("Call off"), KEEP, (TO_DO,), CANCELLED, ("note",), (), icon="dash-square", ends=True),
)
TASK_STEPS: Mapping[str, Step] = {one.action: one for one in _TASK_STEPS}
TASK_MOVES = moves_of(_TASK_STEPS)
POSSIBLE_WHILE: Mapping[str, tuple[str, ...]] = {  # what is done to a task, in these states of its project
    "do": (RUNNING,),
    "reopen": (RUNNING,),
    "revise": CHANGING,
    "cancel": CHANGING,
    "add": CHANGING,
}


def task_event(action: str) -> str:
    """How an action on a task is called in histories and in messages."""
    return f"project_task_{action}"


ADD, BEGIN, REST = task_event("add"), task_event("begin"), task_event("rest")
TASK_EVENT_OF_EFFECT: Mapping[str, str] = {name: task_event(name) for name in ("warn", "urge", "supervise")}
TASK_EVENTS: Mapping[str, tuple[str, str, str]] = {
    ADD: (gettext_noop("Task added"), "plus-square", ""),
    BEGIN: (gettext_noop("The project runs: to be done"), "play-circle", ""),
    REST: (gettext_noop("The project rests"), "pause-circle", ""),
    **{task_event(one.action): (one.label, one.icon, "") for one in _TASK_STEPS},
    **{task_event(name): look for name, look in LADDER_LOOKS.items()},
}


def task_steps(state: str, of_project: str) -> list[Step]:
    """What may happen to a task in a state, while its project is in one."""
    return [one for one in _TASK_STEPS if state in one.sources and of_project in POSSIBLE_WHILE[one.action]]
