"""Frozen evaluations: their list, each as it was, and the buttons that freeze, publish and discard."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases.statistics.actions import discard_evaluation, freeze_evaluation, publish_evaluation
from cases.statistics.forms import FreezeForm, FrozenForm, PublishForm
from cases.statistics.frozen import formula_name, limits_of, weights_of
from cases.statistics.models import Dimension, Evaluation
from cases.statistics.querysets import evaluations_of, published_of, visible_evaluation
from cases.statistics.ranking import defined, rows_of_frozen
from cases.statistics.sources import sources_of
from cases.statistics.views.opening import counting_told, figures_read
from cases.statistics.workbook import workbook_of
from cases.views.lists.pages import PortalRequest
from citymgmt.files import attached
from citymgmt.forms import PortalForm
from citymgmt.pages import needs, page_of
from citymgmt.people.permissions import allows, require_role
from citymgmt.refusals import Invalid


@require_safe
@needs("evaluation.view")
@figures_read
@counting_told
def frozen_list(request: PortalRequest) -> HttpResponse:
    """The frozen evaluations of the office, the one frozen last first."""
    page = page_of(request, evaluations_of(request.user, request.on))
    rows = [(evaluation, *_state(evaluation, evaluation.is_replaced)) for evaluation in page]
    return render(request, "statistics/frozen_list.html", {"rows": rows, "page": page})


@require_safe
@figures_read
@counting_told
def frozen(request: PortalRequest, pk: int) -> HttpResponse:
    """A frozen evaluation by one dimension, as it was. Raises: NotFound."""
    evaluation = visible_evaluation(request.user, pk, request.on)
    form = FrozenForm(request.GET)
    is_valid, dimension = form.is_valid(), form.dimension
    replaced_by = getattr(evaluation, "replaced_by", None)
    label, tone = _state(evaluation, replaced_by is not None)
    context = {
        "evaluation": evaluation,
        "state": {"label": label, "tone": tone},
        "replaced_by": replaced_by,
        "tabs": [(key, label, key == dimension) for key, label in Dimension.choices],
        "by_label": Dimension(dimension).label,
        "rows": rows_of_frozen(evaluation, dimension),
        "formula": formula_name(evaluation),
        "formula_sources": sources_of(evaluation.formula.get("source", "")),
        "limits": limits_of(evaluation),
        **defined(weights_of(evaluation)),
        **_buttons(request, evaluation),
    }
    return render(request, "statistics/frozen.html", context, status=200 if is_valid else 422)


@require_safe
@figures_read
def frozen_excel(request: PortalRequest, pk: int) -> HttpResponseBase:
    """All dimensions of a frozen evaluation as an Excel file. Raises: NotFound."""
    evaluation = visible_evaluation(request.user, pk, request.on)
    sheets = {dimension: rows_of_frozen(evaluation, dimension) for dimension in Dimension.values}
    name = f"evaluation-{evaluation.starts:%Y%m%d}-{evaluation.ends:%Y%m%d}.xlsx"
    return attached([workbook_of(evaluation, sheets)], name)


@require_POST
@needs("evaluation.freeze")
def freeze(request: PortalRequest) -> HttpResponse:
    """Freeze a period. Raises: Invalid."""
    form = FreezeForm(request.POST)
    if not form.is_valid():
        raise _damaged()
    told = form.cleaned_data
    evaluation = freeze_evaluation(
        by=request.user,
        at=request.at,
        period=told["period"],
        note=told["note"],
        request_key=str(told["request_key"]),
    )
    messages.success(request, _("The period is frozen. Look at it, then publish it."))
    return HttpResponseRedirect(evaluation.get_absolute_url())


@require_POST
def publish(request: PortalRequest, pk: int) -> HttpResponse:
    """Publish a frozen evaluation. Raises: NotFound, NotPermitted, Invalid, WrongState, Stale."""
    visible_evaluation(request.user, pk, request.on)
    require_role(request.user, "evaluation.publish")
    form = PublishForm(request.POST)
    if not form.is_valid():
        raise _damaged()
    told = form.cleaned_data
    evaluation = publish_evaluation(
        by=request.user, at=request.at, pk=pk, replaces=told["replaces"], request_key=str(told["request_key"])
    )
    messages.success(request, _("The evaluation is published. It never changes from now on."))
    return HttpResponseRedirect(evaluation.get_absolute_url())


@require_POST
def discard(request: PortalRequest, pk: int) -> HttpResponse:
    """Throw away a frozen evaluation that is not published. Raises: NotFound, NotPermitted, Invalid, WrongState."""
    visible_evaluation(request.user, pk, request.on)
    require_role(request.user, "evaluation.freeze")
    if not PortalForm(request.POST).is_valid():
        raise _damaged()
    discard_evaluation(by=request.user, at=request.at, pk=pk)
    messages.success(request, _("The frozen evaluation was discarded."))
    return HttpResponseRedirect(reverse("statistics:frozen-list"))


def _damaged() -> Invalid:
    return Invalid(_("The form was damaged. Load the page again."))


def _state(evaluation: Evaluation, is_replaced: bool) -> tuple[str, str]:
    """The state in words, and its tone."""
    if evaluation.published_at is None:
        return _("not published"), "waiting"
    return (_("replaced"), "stopped") if is_replaced else (_("published"), "done")


def _buttons(request: PortalRequest, evaluation: Evaluation) -> dict[str, Any]:
    """The forms that publish and discard, for whoever may, and the published evaluation that would be replaced."""
    waits = evaluation.published_at is None
    may_publish = waits and allows(request.user, "evaluation.publish")
    holding = published_of(evaluation.subdistrict_id, evaluation.period) if may_publish else None
    replaces = {"replaces": holding.pk if holding else None}
    return {
        "publish_form": PublishForm(initial=replaces) if may_publish else None,
        "discard_form": PortalForm() if waits and allows(request.user, "evaluation.freeze") else None,
        "holding": holding,
    }
