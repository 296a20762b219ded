"""Tasks: added, ticked off by one button, undone, changed, called off."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from citymgmt.form_pages import ASKING, form_page, sent, sent_with_files
from citymgmt.forms import VersionForm
from citymgmt.people.permissions import require
from citymgmt.refusals import Invalid, NotFound, WrongState
from communities.models import Community, Project, ProjectTask
from communities.projects import actions
from communities.projects.actions.frame import NOT_NOW
from communities.projects.forms import TaskForm, TaskStepForm
from communities.projects.lifecycle import CHANGING, KEEP, STATES, TASK_STEPS, task_steps
from communities.projects.querysets import staff_of, visible_project, visible_task

REVISE, TICKS = "revise", ("do", "reopen")


def _choices(project: Project) -> dict[str, Any]:
    """Who and what can be chosen for a task."""
    communities = Community.objects.filter(subdistrict=project.subdistrict_id, is_active=True)
    return {
        "people": list(staff_of(project.subdistrict_id)),
        "communities": list(communities.defer("boundary").order_by("code")),
        "stages": list(project.stages.filter(is_dropped=False)),
    }


@require_http_methods(ASKING)
def add(request: Any, pk: int) -> HttpResponse:
    """Add a task to a project. Raises: NotFound, NotPermitted, WrongState."""
    found = visible_project(request.user, pk, request.on)
    require(request.user, KEEP, found, on=request.on)
    if request.method != "POST" and found.state not in CHANGING:
        told = {"action": _("Add a task"), "state": _(STATES[found.state].label)}
        raise WrongState(_(NOT_NOW) % told, state=found.state)
    form = TaskForm(sent(request), initial={"due_on": found.last_on}, **_choices(found))

    def act(told: dict[str, Any]) -> None:
        keys = {"request_key": str(told["request_key"])}
        actions.add_task(project=pk, by=request.user, at=request.at, told=form.told(), **keys)

    words = {"title": _("Add a task"), "button": _("Save"), "done": _("The task is added.")}
    return form_page(request, form, act, about=found.name, **words, back_url=found.get_absolute_url())


@require_http_methods(ASKING)
def act_on(request: Any, pk: int, action: str) -> HttpResponse:
    """Take a step of a task by a form. Raises: NotFound, NotPermitted, WrongState."""
    if action not in TASK_STEPS:
        raise NotFound
    found, step = visible_task(request.user, pk, request.on), TASK_STEPS[action]
    require(request.user, step.permission, found, on=request.on)
    if request.method != "POST" and step not in task_steps(found.state, found.project.state):
        raise WrongState(_("This is not possible now."), state=found.state)
    if action == REVISE:
        return _change(request, found)
    form = TaskStepForm(*sent_with_files(request), step=step, task=found, on=request.on)

    def act(told: dict[str, Any]) -> None:
        keys = {"version": told["version"], "request_key": str(told["request_key"])}
        actions.act_on_task(action, pk=pk, by=request.user, at=request.at, **keys, **form.given)

    words = {"title": _(step.label), "button": _("Save"), "done": _("The step is recorded.")}
    back = found.project.get_absolute_url()
    return form_page(request, form, act, about=found.text, **words, lead=found.project.name, back_url=back)


def _change(request: Any, found: ProjectTask) -> HttpResponse:
    form = TaskForm(sent(request), task=found, **_choices(found.project))

    def act(told: dict[str, Any]) -> None:
        keys = {"version": told["version"], "request_key": str(told["request_key"])}
        actions.act_on_task(REVISE, pk=found.pk, by=request.user, at=request.at, told=form.told(), **keys)

    words = {"title": _(TASK_STEPS[REVISE].label), "button": _("Save"), "done": _("The task is changed.")}
    return form_page(request, form, act, about=found.text, **words, back_url=found.project.get_absolute_url())


@require_POST
def tick(request: Any, pk: int, action: str) -> HttpResponseRedirect:
    """Tick a task off as done today, or take that back, by one button.

    Raises: NotFound, NotPermitted, Stale, WrongState, Invalid, KeyReused.
    """
    if action not in TICKS:
        raise NotFound
    found = visible_task(request.user, pk, request.on)
    require(request.user, TASK_STEPS[action].permission, found, on=request.on)
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("The form was damaged. Load the page again."))
    told = form.cleaned_data
    actions.act_on_task(
        action,
        pk=pk,
        by=request.user,
        at=request.at,
        on=request.on if action == "do" else None,
        version=told["version"],
        request_key=str(told["request_key"]),
    )
    messages.success(request, _("Done: %(text)s") % {"text": found.text} if action == "do" else _("It is to do again."))
    return redirect("projects:tasks") if "mine" in request.POST else redirect(found.project)
