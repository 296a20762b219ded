"""The evaluation: every indicator and the composite score, by community, department, team, officer or source."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from cases.statistics import figures
from cases.statistics.forms import EvaluationForm
from cases.statistics.models import Dimension
from cases.statistics.named import in_order
from cases.statistics.querysets import is_of_department, sums_by, tallies_of, within
from cases.statistics.ranking import defined, ranked
from cases.statistics.scoring import current_scoring
from cases.statistics.views.opening import counted_anew, freezing, presets_of
from cases.views.lists.pages import PortalRequest, needs
from citymgmt.people.permissions import allows


@needs("statistics.view")
@counted_anew
def evaluation(request: PortalRequest) -> HttpResponse:
    """The table of a period; the best score first."""
    form = EvaluationForm(request.GET, on=request.on, of_department=is_of_department(request.user))
    is_valid = form.is_valid()
    period, dimension = form.asked, form.dimension
    scoring = current_scoring()
    weights = scoring.weights if scoring else ()
    counts = sums_by(within(tallies_of(request.user, request.on), period).filter(dimension=dimension), "key")
    context = {
        "form": form,
        "presets": presets_of(form),
        "kept": urlencode({"by": dimension}),
        "period": period,
        "by_label": Dimension(dimension).label,
        "formula": scoring.formula if scoring else None,
        "rows": ranked(
            in_order(dimension, counts),
            counts,
            weights,
            lambda measure, key: figures.counted_url(measure, period, dimension, key),
        ),
        **defined(weights),
        **freezing(request, period),
        "dimension": dimension,
        "may_see_chain": allows(request.user, "chain.view"),
    }
    return render(request, "statistics/evaluation.html", context, status=200 if is_valid else 422)
