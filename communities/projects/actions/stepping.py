"""The steps of a project: it is started, rests and goes on, is put to residents, ends, is published or not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from citymgmt.faults import carried_faults, refuse
from citymgmt.people.models import User
from citymgmt.refusals import NotFound, WrongState
from citymgmt.worktime.rules import Rules
from citymgmt.worktime.steps import Step
from communities.models import Project, ProjectEvent
from communities.models.projects import LONGEST_TEXT
from communities.projects.actions.frame import Then, begin_tasks, cancel_tasks, do_nothing, perform, rest_tasks
from communities.projects.journal import RESTING, Journal, timed, timed_anew
from communities.projects.lifecycle import STEPS, TO_DO, fits


@dataclass(frozen=True)
class Doing:
    """A step of a project while it is taken."""

    project: Project
    at: datetime
    rules: Rules
    given: Mapping[str, Any]

    @property
    def ended(self) -> dict[str, Any]:
        """The columns of a project that ends."""
        return {**RESTING, "ended_on": self.given["on"]}


Changes = Mapping[str, Any]


def act_on_project(
    name: str,
    *,
    pk: int,
    by: User,
    at: datetime,
    version: int | None = None,
    request_key: str | None = None,
    **given: Any,
) -> ProjectEvent:
    """Take the step `name` of the table and return its event; a resend acts once. `given` is what the table says that
    the step carries.

    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState (also: a step of another kind of project), Invalid.
    """
    step = STEPS.get(name)
    if step is None:
        raise NotFound

    def body(journal: Journal, project: Project, moment: datetime) -> Mapping[str, Any]:
        if not fits(step, project.kind, is_published=project.is_published):
            raise WrongState(_("This step is not one of this project."))
        refuse(carried_faults(step.carries, step.may_carry, given, {"note": LONGEST_TEXT}))
        days = _day_of(step, project, given, at)
        return {"changes": {**days, **DOINGS[name](Doing(project, moment, journal.rules, given))}}

    asked: dict[str, Any] = {"version": version, "request_key": request_key, "given": given}
    return perform(step, pk=pk, by=by, at=at, body=body, then=AFTERWARDS.get(name, do_nothing), **asked)


def _day_of(step: Step, project: Project, given: Mapping[str, Any], at: datetime) -> Changes:
    """The column of the day of a step that has one; steps follow each other. Raises: Invalid."""
    if "on" not in step.carries:
        return {}
    check_day(project, given["on"], at)
    return {"stepped_on": given["on"]}


def check_day(project: Project, on: Any, at: datetime) -> None:
    """Raises: Invalid where a day lies before the last step or is still to come."""
    today = timezone.localdate(at)
    if not project.stepped_on <= on <= today:
        days = {"first": project.stepped_on, "last": today}
        refuse({"on": _("A day from %(first)s, the last step, until %(last)s.") % days})


def check_all_done(project: Project) -> None:
    """Raises: WrongState while something is to be done."""
    count = project.tasks.filter(state=TO_DO).count()
    if count:
        sentence = ngettext(
            "%(count)d task is still to be done: finish it or call it off first.",
            "%(count)d tasks are still to be done: finish them or call them off first.",
            count,
        )
        raise WrongState(sentence % {"count": count})


def _start(doing: Doing) -> Changes:
    days = timed_anew(doing.project.last_on, doing.at, doing.rules)
    return {**days, "started_on": doing.given["on"]}


def _ask(doing: Doing) -> Changes:
    check_all_done(doing.project)
    return {}


def _complete(doing: Doing) -> Changes:
    check_all_done(doing.project)
    return doing.ended


def _resume(doing: Doing) -> Changes:
    return timed(doing.project.last_on, doing.at, doing.rules)


DOINGS: Mapping[str, Callable[[Doing], Changes]] = {
    "start": _start,
    "ask": _ask,
    "complete": _complete,
    "resume": _resume,
    "suspend": lambda doing: RESTING,
    "take_back": lambda doing: {},
    "publish": lambda doing: {"is_published": True},
    "withhold": lambda doing: {"is_published": False},
    "abandon": lambda doing: doing.ended,
}
AFTERWARDS: Mapping[str, Then] = {
    "start": begin_tasks,
    "resume": begin_tasks,
    "suspend": rest_tasks,
    "abandon": cancel_tasks,
}
