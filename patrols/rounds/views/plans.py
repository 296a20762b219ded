"""Pages of plans: drawn up and looked at before it is in force, the plan with its calendar, withdrawing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.views.lists.pages import PortalRequest
from citymgmt.form_pages import ASKING, form_page, sent
from citymgmt.forms import errors_at_the_head
from citymgmt.people.permissions import permits
from citymgmt.refusals import Invalid, Stale, WrongState, mark
from citymgmt.worktime.rules import current_rules
from patrols.rounds.actions import put_in_force, withdraw_plan
from patrols.rounds.actions.plans import check_free
from patrols.rounds.drafting import Draft, PlanTold, draft_of, drawn_up
from patrols.rounds.models import PatrolRound, Route, RoutePlan
from patrols.rounds.planning import A_DAY
from patrols.rounds.planning_forms import DraftForm, EnactForm, WithdrawForm
from patrols.rounds.querysets import visible_plan, with_counts
from patrols.rounds.views.plans_shown import explained, plan_shown, walks_of
from patrols.rounds.views.routes import planned_route
from patrols.rounds.views.signs import NUMBER
from patrols.rounds.views.walking_shown import shown

USUAL_DAYS = 30


@require_http_methods(ASKING)
def draft(request: PortalRequest, pk: int) -> HttpResponse:
    """Draw up a plan and look at it; sent, it comes into force as it was seen. Raises: NotFound, NotPermitted."""
    found = planned_route(request, pk)
    status, errors = 200, list[str]()
    if request.method == "POST":
        plan, status, errors = _enacted(request, found)
        if plan is not None:
            messages.success(request, _("The plan is in force: its rounds are appointed."))
            return redirect(plan)
    is_asked = request.method == "POST" or "first" in request.GET
    form = DraftForm(
        (request.POST if request.method == "POST" else request.GET) if is_asked else _usual(request, found)
    )
    drawn = _drawn(request, found, form)
    if is_asked and drawn is None and status == 200:
        status = Invalid.status
    context = {
        "route": found,
        "back_url": found.get_absolute_url(),
        "form": form,
        "errors": errors,
        "enact_form": _enact_form(form, drawn) if drawn else None,
        **_about(request, drawn, {}),
    }
    return render(request, "patrols/rounds/planning/draft.html", context, status=status)


def _usual(request: PortalRequest, route: Route) -> dict[str, Any]:
    """Thirty days from tomorrow on, or from the end of the last plan; the day numbers the draw."""
    last = RoutePlan.objects.filter(route=route, withdrawn_at=None).order_by("-period").first()
    first = max(request.on, (last and last.until_on) or request.on) + A_DAY
    return {"first": first.isoformat(), "count": USUAL_DAYS, "seed": f"{first:%Y%m%d}"}


def _drawn(request: PortalRequest, route: Route, form: DraftForm) -> Draft | None:
    """The plan that the form asks for; None where there is none, which is marked on the form."""
    if not form.is_valid():
        return None
    told = form.told()
    try:
        check_free(route, told, request.at)
        return draft_of(route, told, current_rules().calendar, request.at)
    except (Invalid, WrongState) as refused:
        mark(form, refused)
    return None


def _enact_form(form: DraftForm, drawn: Draft) -> EnactForm:
    told: PlanTold = form.told()
    return EnactForm(initial={**vars(told), "seen": drawn.digest})


def _enacted(request: PortalRequest, route: Route) -> tuple[RoutePlan | None, int, list[str]]:
    """The plan that came into force; else the status of what refused it, with its sentences."""
    form = EnactForm(request.POST)
    if not form.is_valid():
        return None, Invalid.status, errors_at_the_head(form)
    given = form.cleaned_data
    try:
        plan = put_in_force(
            by=request.user,
            at=request.at,
            route=route.pk,
            told=form.told(),
            seen=given["seen"],
            request_key=str(given["request_key"]),
        )
    except (Invalid, WrongState, Stale) as refused:
        return None, refused.status, [str(refused)]
    return plan, 200, []


def _about(request: PortalRequest, drawn: Draft | None, walks: Any) -> dict[str, Any]:
    """What both pages show of a plan; the point that `?point=` names is explained."""
    asked = request.GET.get("point", "")
    point = explained(drawn, int(asked)) if drawn and NUMBER.match(asked) else None
    return {"shown": plan_shown(drawn, request.on, walks) if drawn else None, "explained": point}


@require_safe
def plan(request: PortalRequest, pk: int) -> HttpResponse:
    """A plan: its calendar, how its rounds stand, how long places wait and why. Raises: NotFound."""
    found = visible_plan(request.user, pk, request.on)
    rounds = with_counts(PatrolRound.objects.filter(plan=found)).order_by("starts_at", "pk")
    drawn = drawn_up(found, current_rules().calendar)
    context = {
        "plan": found,
        "route": found.route,
        "back_url": found.route.get_absolute_url(),
        "may_plan": permits(request.user, "round.plan", found, on=request.on),
        "today": request.on,
        **_about(request, drawn, walks_of(shown(one, request.at) for one in rounds)),
    }
    return render(request, "patrols/rounds/planning/plan.html", context)


@require_http_methods(ASKING)
def withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    """Withdraw a plan, with a reason. Raises: NotFound, NotPermitted."""
    found = visible_plan(request.user, pk, request.on)
    planned_route(request, found.route_id)
    form = WithdrawForm(sent(request))

    def act(told: dict[str, Any]) -> None:
        withdraw_plan(by=request.user, at=request.at, pk=found.pk, reason=told["reason"])

    return form_page(
        request,
        form,
        act,
        about=found.route.name,
        title=_("Withdraw the plan"),
        lead=_(
            "From %(from)s until %(until)s. Its rounds that nobody has begun and whose shift is not over are excused."
        )
        % {"from": found.from_on, "until": found.until_on},
        button=_("Withdraw the plan"),
        done=_("The plan is withdrawn."),
        back_url=found.get_absolute_url(),
    )
