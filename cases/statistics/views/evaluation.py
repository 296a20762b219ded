"""The evaluation: every indicator and the composite score, by community, department, team, officer or source."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cases.statistics import figures
from cases.statistics.forms import EvaluationForm
from cases.statistics.models import Dimension
from cases.statistics.named import in_order
from cases.statistics.querysets import backlog_by, is_of_department, sums_by, tallies_of, within
from cases.statistics.ranking import defined, ranked
from cases.statistics.scoring import current_scoring
from cases.statistics.sources import sources_of
from cases.statistics.views.opening import counted_anew, freezing, presets_of
from cases.views.lists.pages import PortalRequest
from citymgmt.pages import needs
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
    tallies = tallies_of(request.user, request.on).filter(dimension=dimension)
    counts, late = sums_by(within(tallies, period), "key"), backlog_by(tallies, request.on)
    told = defined(weights)
    context = {
        "form": form,
        "presets": presets_of(form),
        "kept": urlencode({"by": dimension}),
        "period": period,
        "by_label": Dimension(dimension).label,
        "formula": scoring.formula if scoring else None,
        "formula_sources": sources_of(scoring.formula.source) if scoring else (),
        "rows": ranked(
            in_order(dimension, counts.keys() | late.keys()),
            counts,
            weights,
            lambda measure, key: figures.counted_url(measure, period, dimension, key),
            lambda key: [(late.get(key, 0), figures.backlog_url(request.on, dimension, key))],
        ),
        **told,
        "beside": [*told["beside"], _("backlog")],
        "backlog": figures.backlog_figure(sum(late.values()), request.on),
        **freezing(request, period),
        "dimension": dimension,
        "may_see_chain": allows(request.user, "chain.view"),
    }
    return render(request, "statistics/evaluation.html", context, status=200 if is_valid else 422)
