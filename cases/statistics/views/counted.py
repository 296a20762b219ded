"""The cases behind a figure: exactly those that it counts. Whose key counts nothing here is not named either."""

from dataclasses import replace

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cases.columns import columns_of
from cases.keyset import Key, keys_of, page_by_key
from cases.models import Case
from cases.named import named
from cases.statistics import figures
from cases.statistics.forms import CountedForm
from cases.statistics.measures import MEASURES, STANDING
from cases.statistics.models import CaseFact, Dimension
from cases.statistics.named import name_of
from cases.statistics.querysets import Asked, amount_counted, facts_counted, length_counted
from cases.statistics.views.opening import counted_anew
from cases.views.lists.cells import rows_of
from cases.views.lists.pages import PortalRequest
from citymgmt.pages import ROWS_PER_PAGE, needs
from citymgmt.worktime.rules import current_rules

COLUMNS = columns_of(["number", "category", "place", "state", "clock", "who", "filed_at", "closed_at"])


@needs("statistics.view")
@counted_anew
def counted(request: PortalRequest) -> HttpResponse:
    """The cases that a figure counts, those that came last first; 422 when the address names no figure."""
    form = CountedForm(request.GET, on=request.on)
    if not form.is_valid():
        return render(request, "statistics/counted.html", {"form": form}, status=422)
    asked = _asked(form)
    count = length_counted(request.user, request.on, asked)
    # where the tallies hold nothing, all facts of the period would be read to find none
    found = facts_counted(request.user, request.on, asked) if count else CaseFact.objects.none()
    keys = _order(asked)
    facts = found.only("pk", *(key.path for key in keys)).prefetch_related(Prefetch("case", named(Case.objects.all())))
    page = page_by_key(facts, keys, request.GET.get("cursor", ""), ROWS_PER_PAGE)
    context = {
        "form": form,
        "title": _(MEASURES[asked.measure].label),
        "of": name_of(asked.dimension, asked.key) if count and asked.dimension != Dimension.ALL else "",
        "period": asked.period,
        "definition": figures.definition_of_measure(asked.measure),
        "count": count,
        "amount": amount_counted(request.user, request.on, asked),
        "columns": COLUMNS,
        "rows": rows_of((fact.case for fact in page.object_list), COLUMNS, current_rules(), request.at),
        "page": page,
    }
    return render(request, "statistics/counted.html", context)


def _order(asked: Asked) -> list[Key]:
    """What happened last comes first, as an index holds it; of what stands now the newest case."""
    cohort = MEASURES[asked.measure].cohort
    if cohort == STANDING:
        return []
    (day,) = keys_of(CaseFact, [f"-{cohort}_on"])
    return [replace(day, is_empty_first=True)]


def _asked(form: CountedForm) -> Asked:
    told = form.cleaned_data
    period = None if MEASURES[told["measure"]].cohort == STANDING else told["asked"]
    dimension = told["by"] or Dimension.ALL
    return Asked(told["measure"], period, dimension, told["key"] if dimension != Dimension.ALL else "")
