"""Pages to look at projects: the list, one project, what a person is to do, a task."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from citymgmt.pages import needs, page_of
from citymgmt.people.permissions import allows, permits, reaches_as_far, visible_to
from citymgmt.photos.shown import Shown
from communities.models import AcceptanceVoice, Community, Project, ProjectPhoto, ProjectTask
from communities.projects.acceptance import counted
from communities.projects.forms import ProjectFilter
from communities.projects.kinds import KINDS
from communities.projects.lifecycle import (
    ACCEPT,
    ACCEPTANCE,
    CHANGING,
    DECIDE,
    DO,
    EVENTS,
    JUDGE,
    KEEP,
    REPORT,
    REPORT_STEP,
    REVISE,
    RUNNING,
    TASK_EVENTS,
    possible,
    task_steps,
)
from communities.projects.querysets import (
    by_number,
    named_places,
    opinions_of,
    places_of,
    task_for,
    tasks_seen,
    to_do_now,
    visible_project,
    visible_task,
    with_parts,
)
from communities.projects.showing import ProjectShown, TaskShown
from communities.projects.shown import shown_with
from communities.projects.wording import detail_of, result_of, task_detail
from communities.querysets import duties_on

VIEW, A_WEEK, MOST = "project.view", timedelta(days=7), 100
PHOTO = "projects:photo"


@dataclass(frozen=True)
class Told:
    """An event as a history shows it."""

    event: Any
    label: str
    icon: str
    tone: str
    detail: str
    photos: Sequence[Shown] = ()


def asked_projects(request: Any) -> tuple[ProjectFilter, QuerySet[Project]]:
    """The filter as it was sent, and the projects that the person sees by it; none where the filter is wrong."""
    rows = Community.objects.filter(subdistrict=request.user.subdistrict_id or 0, is_active=True)
    communities = list(rows.defer("boundary").order_by("code"))
    form = ProjectFilter(request.GET, at=request.at, communities=communities)
    is_valid = form.is_valid()
    seen = visible_to(request.user, Project.objects.select_related("responsible", "lead_unit"), on=request.on)
    return form, by_number(seen.filter(form.question()) if is_valid else seen.none())


def shown_projects(request: Any, rows: Sequence[Project]) -> list[ProjectShown]:
    """Projects of a list with their communities: one query."""
    places = places_of(rows)
    return [ProjectShown(one, request.on, request.at, places.get(one.pk, ())) for one in rows]


def around(request: Any, here: str) -> dict[str, Any]:
    """What stands around each page of the room."""
    kinds = [(key, _(kind.label), kind.icon) for key, kind in KINDS.items()] if allows(request.user, KEEP) else []
    return {"here": here, "kinds": kinds, "may_do": allows(request.user, DO)}


@require_safe
@needs(VIEW)
def project_list(request: Any) -> HttpResponse:
    """The projects of the office, the newest year first. Raises: NotPermitted."""
    form, rows = asked_projects(request)
    page = page_of(request, with_parts(rows))
    context = {
        **around(request, "list"),
        "form": form,
        "page": page,
        "rows": shown_projects(request, list(page)),
        "asked": request.GET.urlencode(),
    }
    return render(request, "projects/list.html", context, status=200 if form.is_valid() else 422)


@require_safe
@needs(DO)
def my_tasks(request: Any) -> HttpResponse:
    """What the person is to do in projects under way: what is late, this week, later. Raises: NotPermitted."""
    mine = to_do_now(tasks_seen(request.user, request.on)).filter(task_for(request.user, acts_in(request)))
    found = [TaskShown(one, request.at, may_do=True) for one in mine[:MOST]]
    week = request.on + A_WEEK
    context = {
        **around(request, "tasks"),
        "late": [one for one in found if one.is_late],
        "soon": [one for one in found if not one.is_late and one.task.due_on <= week],
        "later": [one for one in found if not one.is_late and one.task.due_on > week],
    }
    return render(request, "projects/tasks.html", context)


def acts_in(request: Any) -> list[int]:
    """The communities for which a person acts today."""
    return [place for place, person in duties_on(request.on).acting.items() if person == request.user.pk]


@require_safe
def project(request: Any, pk: int) -> HttpResponse:
    """A project at one look: progress against time, goals, stages with their tasks, acceptance, history.

    Raises: NotFound.
    """
    found = visible_project(request.user, pk, request.on)
    with_parts_of(found)
    rights = rights_on(request, found)
    photos = _photos_of(found)
    mine = _may_do(request, found, whole=rights[DO])
    told = ProjectShown(found, request.on, request.at, named_places(found), mine, photos["task"])
    context = {
        "told": told,
        "project": found,
        "back_url": reverse("projects:list"),
        "steps": [
            (one, _(one.label), reverse("projects:act", args=[pk, one.action]))
            for one in possible(found.state, found.kind, is_published=found.is_published)
            if rights[one.permission]
        ],
        "may_change": rights[KEEP] and found.state in REVISE.sources,
        "may_keep": rights[KEEP],
        "may_add": rights[KEEP] and found.state in CHANGING,
        "may_report": rights[REPORT] and found.state in REPORT_STEP.sources,
        "may_judge": rights[ACCEPT] and found.state in JUDGE.sources,
        "events": _history(found, photos["event"]),
        "above": shown_with(found, request.user, request.on, request.at),
        **_acceptance(found, may_see=rights[ACCEPT]),
    }
    return render(request, "projects/project.html", context)


def with_parts_of(found: Project) -> None:
    """Have the parts of one project ready: three queries."""
    found.goals_now = list(found.goals.filter(is_dropped=False).order_by("ordinal"))  # type: ignore[attr-defined]
    stages = found.stages.filter(is_dropped=False).order_by("from_on", "ordinal")
    found.stages_now = list(stages)  # type: ignore[attr-defined]
    tasks = found.tasks.select_related("owner", "community").defer("community__boundary").order_by("due_on", "pk")
    found.tasks_now = list(tasks)  # type: ignore[attr-defined]


def rights_on(request: Any, found: Project) -> Mapping[str, bool]:
    """What the person may do with a project."""
    rights = {name: reaches_as_far(request.user, name, VIEW) for name in (KEEP, DECIDE, ACCEPT, DO, REPORT)}
    if not rights[REPORT] and allows(request.user, REPORT):
        rights[REPORT] = permits(request.user, REPORT, found, on=request.on)
    return rights


def _may_do(request: Any, found: Project, *, whole: bool) -> frozenset[int]:
    """The tasks of a project that the person may tick off."""
    tasks = found.tasks_now if found.state == RUNNING else []  # type: ignore[attr-defined]
    if whole or not tasks or not allows(request.user, DO):
        return frozenset(one.pk for one in tasks if whole)
    rows = visible_to(request.user, ProjectTask.objects.filter(project=found), on=request.on, action=DO)
    return frozenset(rows.values_list("pk", flat=True))


def _photos_of(found: Project) -> Mapping[str, dict[int, list[Shown]]]:
    """The photos of a project by the event of the project, and by the task, that they belong to: one query."""
    by: dict[str, dict[int, list[Shown]]] = {"event": {}, "task": {}}
    for photo in ProjectPhoto.objects.filter(project=found).select_related("task_event").order_by("pk"):
        name, key = ("task", photo.task_event.task_id) if photo.task_event else ("event", photo.event_id or 0)
        by[name].setdefault(key, []).append(Shown(photo, PHOTO))
    return by


def _history(found: Project, photos: Mapping[int, Sequence[Shown]]) -> list[Told]:
    """The events of a project, the newest first."""
    rows = found.events.select_related("by").order_by("-seq")
    names = {one.ordinal: one for one in found.goals_now}  # type: ignore[attr-defined]
    return [
        Told(one, _(label), icon, tone, detail_of(one, names), photos.get(one.pk, ()))
        for one in rows
        for label, icon, tone in [EVENTS[one.kind]]
    ]


def _acceptance(found: Project, *, may_see: bool) -> Mapping[str, Any]:
    """What representatives and residents said, of projects that are put to them; names only for whom they are."""
    if not found.of_kind.asks_acceptance:
        return {}
    voices: dict[int, list[AcceptanceVoice]] = {}
    rows = AcceptanceVoice.objects.filter(acceptance__project=found).select_related("acceptance")
    for voice in rows.order_by("-acceptance__ordinal", "pk"):
        voices.setdefault(voice.acceptance_id, []).append(voice)
    opinions = list(opinions_of(found)[:MOST]) if found.state == ACCEPTANCE or voices else []
    return {
        "acceptances": [(some[0].acceptance, result_of(some[0].acceptance), some) for some in voices.values()],
        "opinions": opinions if may_see else [],
        "opinion_counts": counted(one.verdict for one in opinions),
        "may_see_names": may_see,
    }


@require_safe
def task(request: Any, pk: int) -> HttpResponse:
    """A task with its history. Raises: NotFound."""
    found = visible_task(request.user, pk, request.on)
    may = {name: permits(request.user, name, found, on=request.on) for name in (DO, KEEP) if allows(request.user, name)}
    photos: dict[int, list[Shown]] = {}
    for photo in ProjectPhoto.objects.filter(task_event__task=found).order_by("pk"):
        photos.setdefault(photo.task_event_id or 0, []).append(Shown(photo, PHOTO))
    history = [
        Told(one, _(label), icon, tone, task_detail(one), photos.get(one.pk, ()))
        for one in found.events.select_related("by").order_by("-seq")
        for label, icon, tone in [TASK_EVENTS[one.kind]]
    ]
    steps = [
        (one, _(one.label), reverse("projects:act_task", args=[pk, one.action]))
        for one in task_steps(found.state, found.project.state)
        if may.get(one.permission)
    ]
    context = {"told": TaskShown(found, request.at), "task": found, "steps": steps, "history": history}
    return render(request, "projects/task.html", context)
