"""Pages to keep records: operations, surveys, breeding sites, limits."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from citymgmt.form_pages import ASKING, form_page, sent
from citymgmt.found import one_of
from citymgmt.people.permissions import require, require_role
from citymgmt.refusals import NotFound, WrongState
from patrols.pests import actions
from patrols.pests.forms import (
    AgainForm,
    LimitForm,
    OperationForm,
    SiteForm,
    StepForm,
    SurveyForm,
    limit_as_typed,
    operation_as_typed,
    survey_as_typed,
)
from patrols.pests.indices import INDICES, METHODS, Method
from patrols.pests.limits import LEVELS
from patrols.pests.models import BreedingSite, DensitySurvey, PestOperation
from patrols.pests.querysets import (
    communities_around,
    limits_of,
    operations_seen,
    pest_teams,
    sites_seen,
    surveys_seen,
)
from patrols.teams.models import Team
from patrols.teams.querysets import members_of


def _for_team(request: Any, title: str, page: Callable[[Team], HttpResponse]) -> HttpResponse:
    """The page for the pest team whose records the person keeps; of several for the one that `?team=` names, or the
    question which. Raises: NotPermitted.
    """
    require_role(request.user, "pest.keep")
    teams = pest_teams(request.user, "pest.keep", request.on)
    named = [one for one in teams if str(one.pk) == request.GET.get("team")]
    chosen = named or teams
    if len(chosen) == 1:
        return page(chosen[0])
    return render(request, "patrols/pests/which_team.html", {"teams": teams, "title": title})


def _kept(request: Any, rows: Any, pk: int) -> Any:
    """A row that the person sees and keeps. Raises: NotFound, NotPermitted."""
    row = one_of(rows.select_related("team", "community"), pk)
    require(request.user, "pest.keep", row, on=request.on)
    return row


@require_http_methods(ASKING)
def new_operation(request: Any) -> HttpResponse:
    """Enter an operation. Raises: NotPermitted."""
    return _for_team(request, _("New treatment"), lambda team: _operation_page(request, team, None))


@require_http_methods(ASKING)
def change_operation(request: Any, pk: int) -> HttpResponse:
    """Correct an operation that was not checked yet. Raises: NotFound, NotPermitted, WrongState."""
    row: PestOperation = _kept(request, operations_seen(request.user, request.on), pk)
    if row.checked_at is not None:
        raise WrongState(_("This treatment was checked. It stays as it is."))
    return _operation_page(request, row.team, row)


def _operation_page(request: Any, team: Team, row: PestOperation | None) -> HttpResponse:
    there = [part.user for part in row.parts.select_related("user").order_by("user__username")] if row else []
    people = {one.pk: one for one in [*members_of(team), *there]}
    me = [request.user.pk] if request.user.pk in people else []
    typed = operation_as_typed(row, [one.pk for one in there]) if row else {"on": request.on, "people": me}
    offered = list(communities_around(team))
    form = OperationForm(sent(request), offered=offered, people=list(people.values()), initial=typed)

    def act(_told: dict[str, Any]) -> None:
        pk = row.pk if row else None
        actions.save_operation(by=request.user, at=request.at, team=team.pk, told=form.told(), pk=pk)

    return form_page(
        request,
        form,
        act,
        about=row.place if row else _("Treatments"),
        title=_("Correct the treatment") if row else _("New treatment"),
        lead=team.name,
        button=_("Save"),
        done=_("The treatment is saved."),
        back_url=reverse("pests:operation", args=[row.pk]) if row else reverse("pests:operations"),
    )


@require_POST
def check_operation(request: Any, pk: int) -> HttpResponse:
    """Say as a supervisor that it was done as written. Raises: NotFound, NotPermitted, WrongState."""
    actions.check_operation(by=request.user, at=request.at, pk=pk)
    messages.success(request, _("The treatment is checked."))
    return redirect("pests:operation", pk)


@require_http_methods(ASKING)
def new_survey(request: Any, method: str) -> HttpResponse:
    """Enter a survey by a method. Raises: NotFound, NotPermitted."""
    way = METHODS.get(method)
    if way is None:
        raise NotFound
    return _for_team(request, _(way.label), lambda team: _survey_page(request, team, way, None))


@require_http_methods(ASKING)
def change_survey(request: Any, pk: int) -> HttpResponse:
    """Correct a survey, or take it out. Raises: NotFound, NotPermitted."""
    row: DensitySurvey = _kept(request, surveys_seen(request.user, request.on), pk)
    return _survey_page(request, row.team, row.way, row)


def _survey_page(request: Any, team: Team, way: Method, row: DensitySurvey | None) -> HttpResponse:
    typed = survey_as_typed(row) if row else {"on": request.on}
    form = SurveyForm(sent(request), offered=list(communities_around(team)), method=way, initial=typed)

    def act(_told: dict[str, Any]) -> None:
        pk = row.pk if row else None
        actions.save_survey(by=request.user, at=request.at, team=team.pk, told=form.told(), pk=pk)

    taking_out = {
        "remove_url": reverse("pests:remove-survey", args=[row.pk]),
        "remove_question": _("Take out this survey? Its figures leave the indices."),
        "remove_label": _("Take out the survey"),
    } if row else {}  # fmt: skip
    return form_page(
        request,
        form,
        act,
        about=_("Surveys"),
        title=_(way.label),
        lead=team.name,
        button=_("Save"),
        done=_("The survey is saved."),
        back_url=reverse("pests:surveys"),
        **taking_out,
    )


@require_POST
def remove_survey(request: Any, pk: int) -> HttpResponse:
    """Take out a survey that was entered by mistake. Raises: NotFound, NotPermitted."""
    actions.remove_survey(by=request.user, at=request.at, pk=pk)
    messages.success(request, _("The survey is taken out."))
    return redirect("pests:surveys")


@require_http_methods(ASKING)
def new_site(request: Any) -> HttpResponse:
    """Enter a breeding site that was found. Raises: NotPermitted."""
    return _for_team(request, _("New breeding site"), lambda team: _site_page(request, team))


def _site_page(request: Any, team: Team) -> HttpResponse:
    form = SiteForm(sent(request), offered=list(communities_around(team)), initial={"on": request.on})

    def act(_told: dict[str, Any]) -> None:
        actions.find_site(by=request.user, at=request.at, team=team.pk, told=form.told())

    return form_page(
        request,
        form,
        act,
        about=_("Breeding sites"),
        title=_("New breeding site"),
        lead=team.name,
        button=_("Save"),
        done=_("The breeding site is entered."),
        back_url=reverse("pests:sites"),
    )


@require_http_methods(ASKING)
def close_site(request: Any, pk: int) -> HttpResponse:
    """Close a breeding site. Raises: NotFound, NotPermitted, WrongState."""
    site: BreedingSite = _kept(request, sites_seen(request.user, request.on), pk)
    form = StepForm(sent(request), initial={"on": request.on})

    def act(told: dict[str, Any]) -> None:
        actions.close_site(by=request.user, at=request.at, pk=site.pk, on=told["on"], done=told["done"])

    words = {"title": _("Note the breeding site as cleared"), "done": _("The breeding site is noted as cleared.")}
    return form_page(request, form, act, about=site.place, button=_("Note as cleared"), back_url=_to(site), **words)


@require_http_methods(ASKING)
def find_again(request: Any, pk: int) -> HttpResponse:
    """Note that something breeds at a closed site again. Raises: NotFound, NotPermitted, WrongState."""
    site: BreedingSite = _kept(request, sites_seen(request.user, request.on), pk)
    form = AgainForm(sent(request), initial={"on": request.on})

    def act(told: dict[str, Any]) -> None:
        actions.find_again(by=request.user, at=request.at, pk=site.pk, on=told["on"], note=told["note"])

    words = {"title": _("Found again"), "done": _("The breeding site is to be cleared again.")}
    return form_page(request, form, act, about=site.place, button=_("Found again"), back_url=_to(site), **words)


def _to(site: BreedingSite) -> str:
    return reverse("pests:site", args=[site.pk])


@require_http_methods(ASKING)
def limit(request: Any, index: str, level: str) -> HttpResponse:
    """Enter the limit of an index at a level. Raises: NotFound, NotPermitted."""
    require_role(request.user, "pest.limits")
    found = INDICES.get(index)
    if found is None or level not in LEVELS:
        raise NotFound
    held = limits_of(request.user.subdistrict_id)[index, level]
    form = LimitForm(sent(request), initial=limit_as_typed(held))

    def act(_told: dict[str, Any]) -> None:
        actions.save_limit(by=request.user, at=request.at, told=form.told(index, level))

    return form_page(
        request,
        form,
        act,
        about=_("Limits"),
        title=_("Level %(level)s") % {"level": level},
        lead=f"{_(found.label)} ({_(found.unit)})",
        button=_("Save"),
        done=_("The limit is saved."),
        back_url=reverse("pests:limits"),
    )
