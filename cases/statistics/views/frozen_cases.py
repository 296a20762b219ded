"""The cases behind a figure of a frozen evaluation: exactly those that it counted then, and how they count today."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cases.columns import columns_of
from cases.keyset import keys_of, page_by_key
from cases.named import named
from cases.statistics import figures
from cases.statistics.forms import FrozenFigureForm
from cases.statistics.frozen import Difference, difference, name_then
from cases.statistics.measures import MEASURES
from cases.statistics.models import CaseFact, Dimension, Evaluation, FrozenFact
from cases.statistics.querysets import Asked, frozen_counted, visible_evaluation
from cases.statistics.views.opening import counted_anew
from cases.views.lists.cells import rows_of
from cases.views.lists.pages import PortalRequest
from citymgmt.pages import ROWS_PER_PAGE
from citymgmt.worktime.rules import current_rules

COLUMNS = columns_of(["number", "category", "place", "state", "who", "filed_at", "closed_at"])
NEWEST_FIRST = "-case__created_at"


@counted_anew
def frozen_cases(request: PortalRequest, pk: int) -> HttpResponse:
    """The cases that a figure counted; 422 when the address names no figure. Raises: NotFound."""
    evaluation = visible_evaluation(request.user, pk, request.on)
    form = FrozenFigureForm(request.GET, on=request.on)
    if not form.is_valid():
        return render(request, "statistics/frozen_cases.html", {"form": form, "evaluation": evaluation}, status=422)
    asked = _asked(form, evaluation)
    found = frozen_counted(evaluation, asked)
    facts = named(found.select_related("case__fact"))
    page = page_by_key(facts, keys_of(FrozenFact, [NEWEST_FIRST]), request.GET.get("cursor", ""), ROWS_PER_PAGE)
    rows = rows_of((fact.case for fact in page.object_list), COLUMNS, current_rules(), request.at)
    context = {
        "form": form,
        "evaluation": evaluation,
        "title": _(MEASURES[asked.measure].label),
        "of": name_then(evaluation, asked.dimension, asked.key) if asked.dimension != Dimension.ALL else "",
        "definition": figures.definition_of_measure(asked.measure),
        "count": found.count(),
        "columns": COLUMNS,
        "rows": [(row, _in_words(fact, evaluation)) for row, fact in zip(rows, page.object_list, strict=True)],
        "page": page,
    }
    return render(request, "statistics/frozen_cases.html", context)


def _asked(form: FrozenFigureForm, evaluation: Evaluation) -> Asked:
    told = form.cleaned_data
    dimension = told["by"] or Dimension.ALL
    key = told["key"] if dimension != Dimension.ALL else ""
    return Asked(told["measure"], evaluation.period, dimension, key)


def _in_words(fact: FrozenFact, evaluation: Evaluation) -> list[str]:
    """How the case counts today unlike then, a sentence for each difference."""
    now: CaseFact = fact.case.fact
    return list(_sentences(difference(fact, now, evaluation.period)))


def _sentences(found: Difference) -> Iterator[str]:
    for code in found.gained:
        yield _("now also: %(what)s") % {"what": _(MEASURES[code].label)}
    for code in found.lost:
        yield _("no longer: %(what)s") % {"what": _(MEASURES[code].label)}
    for code, then, now in found.changed:
        yield _("%(what)s: %(then)s then, %(now)s now") % {"what": _(MEASURES[code].label), "then": then, "now": now}
    for dimension in found.moved:
        yield _("%(what)s changed") % {"what": Dimension(dimension).label}
