"""Visits are planned: a quarter evenly, one by hand; how often, by kind."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from citymgmt.people.permissions import require_role
from communities.institutions import actions
from communities.institutions.forms import PlanQuarterForm, PlanVisitForm, VisitRuleForm
from communities.institutions.querysets import times_of, visitors_of
from communities.institutions.views.keeping import FORM, around, opened
from communities.views.pages import ASKING, form_page, sent

PLAN = "institution.plan"


def _around() -> dict[str, Any]:
    return {"template": FORM, "back_url": reverse("institutions:visits"), "back_label": _("Visit records")}


@require_http_methods(ASKING)
def plan(request: Any) -> HttpResponse:
    """Plan the visits of a quarter. Raises: NotPermitted."""
    require_role(request.user, PLAN)
    form = PlanQuarterForm(sent(request), on=request.on)

    def act(told: dict[str, Any]) -> str:
        quarter = form.chosen()
        actions.plan_quarter(by=request.user, at=request.at, quarter=quarter)
        return f"{reverse('institutions:visits')}?quarter={quarter}&state=planned"

    return form_page(
        request,
        form,
        act,
        title=_("Plan the visits of a quarter"),
        lead=_("Spread evenly over the working days from tomorrow on; what is planned already stays."),
        button=_("Make the plan"),
        done=_("The visits of the quarter are planned."),
        **_around(),
    )


@require_http_methods(ASKING)
def rule(request: Any) -> HttpResponse:
    """How often in a quarter institutions of each kind are visited. Raises: NotPermitted."""
    require_role(request.user, PLAN)
    form = VisitRuleForm(sent(request), times=times_of(request.user.subdistrict_id))

    def act(told: dict[str, Any]) -> str:
        actions.save_visit_rule(by=request.user, at=request.at, times=form.times())
        return reverse("institutions:visits")

    return form_page(
        request,
        form,
        act,
        title=_("How often institutions are visited"),
        lead=_("Visits in a quarter, by kind; 0 leaves a kind out of the plan."),
        button=_("Save"),
        done=_("The rule is saved. Planning again follows it."),
        **_around(),
    )


@require_http_methods(ASKING)
def plan_one(request: Any, pk: int) -> HttpResponse:
    """Plan a visit by hand. Raises: NotFound, NotPermitted."""
    found = opened(request, pk, PLAN)
    form = PlanVisitForm(sent(request), visitors=visitors_of(found, request.on))

    def act(told: dict[str, Any]) -> str:
        visitor = told["visitor"].pk if told["visitor"] else None
        actions.plan_visit(by=request.user, at=request.at, institution=pk, on=told["on"], visitor=visitor)
        return found.get_absolute_url()

    texts = {"title": _("Plan a visit"), "button": _("Put it in the plan"), "done": _("The visit is planned.")}
    return form_page(request, form, act, **texts, **around(found))
