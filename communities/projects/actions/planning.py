"""A project is planned: what is to be reached, by whom, where, in which stages; and the plan is changed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone

from citymgmt.bulk import next_id
from citymgmt.faults import refuse
from citymgmt.people.models import User
from citymgmt.people.permissions import require_role
from citymgmt.worktime.repeats import Request, digest_of
from citymgmt.worktime.rules import current_rules
from communities.models import Project, ProjectEvent, ProjectGoal, ProjectPlace, ProjectStage
from communities.projects.actions.frame import perform
from communities.projects.actions.planned import faults_of_plan
from communities.projects.actions.tasks import copy_tasks
from communities.projects.journal import Journal, timed_anew
from communities.projects.kinds import KINDS
from communities.projects.lifecycle import DRAFT, ENTER, KEEP, REVISE
from communities.projects.told import ProjectTold
from communities.querysets import locked_office

Parts = list[tuple[Any, dict[str, Any]]]


def enter_project(
    *, by: User, at: datetime, kind: str, told: ProjectTold, like: int | None = None, request_key: str | None = None
) -> ProjectEvent:
    """Enter a project as a draft, under the next number of its year; it is published or not as its kind says. With
    `like` it takes over the tasks of that project of the same office, moved by as much as the first day. A resend acts
    once.

    Raises: NotPermitted, KeyReused, Invalid (fields of lines named measure_…, name_… with the line), NotFound (`like`).
    """
    require_role(by, KEEP)
    request = Request(ProjectEvent, by, request_key, digest_of(ENTER, "", {**told.asked, "kind": kind, "like": like}))

    def act() -> ProjectEvent:
        if (earlier := request.answer()) is not None:
            return earlier
        office = locked_office(by.subdistrict_id)
        refuse(faults_of_plan(told, office, kind))
        event = _entered(told, kind, office.pk, by, at, request.keys)
        if like:
            copy_tasks(like, event.project, by, at)
        return event

    return request.once(act)


def _entered(
    told: ProjectTold, kind: str, office: int, by: User, at: datetime, keys: Mapping[str, Any]
) -> ProjectEvent:
    year = told.first_on.year
    last = Project.objects.filter(subdistrict=office, year=year).aggregate(last=Max("number"))["last"]
    where = {"subdistrict_id": office, "kind": kind, "year": year, "number": (last or 0) + 1}
    project = Project(pk=next_id(Project), state=DRAFT, made_at=at, **where)
    journal = Journal([project], current_rules())
    today = timezone.localdate(at)
    changes = {**told.columns, "is_published": KINDS[kind].is_published, "stepped_on": today}
    parts = _parts_of(told, [], [], [])
    event = journal.record(project, ENTER, at=at, by=by, to=DRAFT, changes=changes, parts=parts, **keys)
    journal.write()
    return event


def revise_project(
    *, pk: int, by: User, at: datetime, told: ProjectTold, version: int | None = None, request_key: str | None = None
) -> ProjectEvent:
    """Change the plan of a project; goals, stages and communities that are not told any more are dropped. With another
    last day its ladder begins anew.

    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, Invalid.
    """

    def body(journal: Journal, project: Project, moment: datetime) -> Mapping[str, Any]:
        kept = (list(project.places.all()), list(project.goals.all()), list(project.stages.all()))
        refuse(faults_of_plan(told, project.subdistrict, project.kind, {one.ordinal for one in kept[1]},
                              {one.ordinal for one in kept[2]}))  # fmt: skip
        due: Mapping[str, Any] = {}
        if project.is_under_way and told.last_on != project.last_on:
            due = timed_anew(told.last_on, moment, journal.rules)
        return {"changes": {**told.columns, **due}, "parts": _parts_of(told, *kept)}

    asked: dict[str, Any] = {"version": version, "request_key": request_key, "given": told.asked}
    return perform(REVISE, pk=pk, by=by, at=at, body=body, **asked)


def _parts_of(
    told: ProjectTold,
    places: Sequence[ProjectPlace],
    goals: Sequence[ProjectGoal],
    stages: Sequence[ProjectStage],
) -> Parts:
    """What changes of communities, goals and stages, and which of them are new."""
    ordinals = {one.community_id: one.ordinal for one in places}
    where = [(ordinals.get(pk, 0), {"community_id": pk}) for pk in told.communities]
    return [
        *_changed(places, where, ProjectPlace),
        *_changed(goals, [(one.ordinal, one.columns) for one in told.goals], ProjectGoal),
        *_changed(stages, [(one.ordinal, one.columns) for one in told.stages], ProjectStage),
    ]


def _changed(kept: Sequence[Any], told: Sequence[tuple[int, dict[str, Any]]], new: Callable[..., Any]) -> Parts:
    """The parts that change, with their columns: told ones by their ordinal (0: a new one), the others are dropped."""
    by_ordinal = {one.ordinal: one for one in kept}
    following = max(by_ordinal, default=0) + 1
    found: Parts = []
    for ordinal, columns in told:
        part = by_ordinal.get(ordinal)
        if part is None:
            found.append((new(ordinal=following), {"ordinal": following, **columns}))
            following += 1
            continue
        values = {**columns, "is_dropped": False}
        found.append((part, {name: value for name, value in values.items() if getattr(part, name) != value}))
    named = {ordinal for ordinal, _columns in told}
    found += [(one, {"is_dropped": True}) for one in kept if one.ordinal not in named and not one.is_dropped]
    return [(part, changes) for part, changes in found if changes]
