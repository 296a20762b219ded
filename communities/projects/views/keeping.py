"""Pages to keep projects: plan, change, take a step, report, enter an acceptance sheet."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from citymgmt.form_pages import ASKING, form_page, sent, sent_with_files
from citymgmt.months import months_later
from citymgmt.people.permissions import require, require_role
from citymgmt.refusals import NotFound, WrongState
from citymgmt.worktime.steps import Step
from communities.local_rules import SHARE, VOICES
from communities.models import Project
from communities.projects import actions
from communities.projects.actions.frame import NOT_NOW
from communities.projects.forms import ReportForm, StepForm
from communities.projects.kinds import KINDS
from communities.projects.lifecycle import JUDGE, KEEP, REPORT_STEP, REVISE, STATES, STEPS, fits
from communities.projects.plan_forms import AcceptanceForm, PlanForm, Planned, RevisionForm
from communities.projects.querysets import office_project, rules_of, visible_project
from communities.views.pages import form_page as leading_page

A_YEAR = 12  # months
PLAN = "projects/plan.html"


@require_http_methods(ASKING)
def new_project(request: Any, kind: str) -> HttpResponse:
    """Plan a project of a kind; `like` in the address begins it as that project was, a year later.

    Raises: NotFound, NotPermitted.
    """
    require_role(request.user, KEEP)
    if kind not in KINDS:
        raise NotFound
    office = request.user.subdistrict
    like = _like(request, kind)
    first = Planned.of(like, _a_year_later) if like else Planned.new(KINDS[kind], request.on, request.user.pk)
    form = PlanForm(sent(request), kind=KINDS[kind], office=office, first=first)

    def act(told: dict[str, Any]) -> str:
        keys: dict[str, Any] = {"request_key": str(told["request_key"]), "like": like.pk if like else None}
        event = actions.enter_project(by=request.user, at=request.at, kind=kind, told=form.told(), **keys)
        return event.project.get_absolute_url()

    lead = _("It begins as a draft; a leader approves and starts it.")
    if like:
        lead = _("As %(name)s, a year later, with its tasks. It begins as a draft.") % {"name": like.name}
    words = {"title": _("New: %(kind)s") % {"kind": _(KINDS[kind].label)}, "button": _("Save"), "lead": lead}
    around = {"about": _("Projects"), "back_url": reverse("projects:list")}
    return leading_page(request, form, act, template=PLAN, done=_("The project is entered."), **words, **around)


def _like(request: Any, kind: str) -> Project | None:
    """The project of the office that is begun anew. Raises: NotFound, also for one of another kind."""
    told = request.GET.get("like", "")
    if not told:
        return None
    found = office_project(request.user.subdistrict_id or 0, int(told) if told.isdecimal() and len(told) < 10 else 0)
    if found.kind != kind:
        raise NotFound
    return found


def _a_year_later(day: date) -> date:
    return months_later(day, A_YEAR)


@require_http_methods(ASKING)
def change_project(request: Any, pk: int) -> HttpResponse:
    """Change the plan. Raises: NotFound, NotPermitted, WrongState."""
    found = _possible(request, pk, REVISE)
    form = RevisionForm(sent(request), kind=found.of_kind, office=found.subdistrict, first=Planned.of(found))

    def act(told: dict[str, Any]) -> None:
        given = {"told": form.told(), "version": told["version"], "request_key": str(told["request_key"])}
        actions.revise_project(pk=pk, by=request.user, at=request.at, **given)

    words = {"title": _(REVISE.label), "button": _("Save"), "done": _("The plan is changed.")}
    return form_page(request, form, act, about=found.name, template=PLAN, **words, back_url=found.get_absolute_url())


@require_http_methods(ASKING)
def act_on(request: Any, pk: int, action: str) -> HttpResponse:
    """Take a step of the table. Raises: NotFound, NotPermitted, WrongState."""
    step = STEPS.get(action)
    if step is None:
        raise NotFound
    found = _possible(request, pk, step)
    form = StepForm(sent(request), step=step, project=found, on=request.on)

    def act(told: dict[str, Any]) -> None:
        keys: dict[str, Any] = {"version": told["version"], "request_key": str(told["request_key"])}
        actions.act_on_project(action, pk=pk, by=request.user, at=request.at, **keys, **form.given)

    words = {"title": _(step.label), "button": _(step.label), "done": _("The step is recorded.")}
    return form_page(request, form, act, about=found.name, **words, back_url=found.get_absolute_url())


@require_http_methods(ASKING)
def report(request: Any, pk: int) -> HttpResponse:
    """Report progress. Raises: NotFound, NotPermitted, WrongState."""
    found = _possible(request, pk, REPORT_STEP)
    form = ReportForm(*sent_with_files(request), project=found, on=request.on)

    def act(told: dict[str, Any]) -> None:
        given = {**form.given, "photos": form.contents, "request_key": str(told["request_key"])}
        actions.report_progress(pk=pk, by=request.user, at=request.at, **given)

    words = {"title": _(REPORT_STEP.label), "button": _("Save"), "done": _("The report is kept.")}
    lead = _("Reports are never changed: what was wrong is put right by the next one.")
    return form_page(request, form, act, about=found.name, **words, lead=lead, back_url=found.get_absolute_url())


@require_http_methods(ASKING)
def judge(request: Any, pk: int) -> HttpResponse:
    """Enter an acceptance sheet. Raises: NotFound, NotPermitted, WrongState."""
    found = _possible(request, pk, JUDGE)
    limits = rules_of(found.subdistrict_id, request.on)
    form = AcceptanceForm(*sent_with_files(request), project=found, needed=limits[VOICES].value, on=request.on)

    def act(told: dict[str, Any]) -> None:
        keys: dict[str, Any] = {"version": told["version"], "request_key": str(told["request_key"])}
        actions.record_acceptance(pk=pk, by=request.user, at=request.at, told=form.told(), photos=form.contents, **keys)

    lead = _(
        "At least %(voices)s representatives; %(share)s %% of them satisfied or fairly satisfied. Who is not satisfied "
        "says what is to be put right: it becomes a task. Names are kept encrypted and never published."
    )
    told = {"voices": limits[VOICES].value, "share": limits[SHARE].value}
    words = {"title": _(JUDGE.label), "button": _("Save"), "done": _("The sheet is entered.")}
    around = {"lead": lead % told, "back_url": found.get_absolute_url(), "template": "projects/judge.html"}
    return form_page(request, form, act, about=found.name, **words, **around)


def _possible(request: Any, pk: int, step: Step) -> Project:
    """The project, if the person may take this step there and its state allows it.

    Raises: NotFound, NotPermitted, WrongState.
    """
    found = visible_project(request.user, pk, request.on)
    require(request.user, step.permission, found, on=request.on)
    is_now = found.state in step.sources and fits(step, found.kind, is_published=found.is_published)
    if request.method != "POST" and not is_now:
        told = {"action": _(step.label), "state": _(STATES[found.state].label)}
        raise WrongState(_(NOT_NOW) % told, state=found.state)
    return found
