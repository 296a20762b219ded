"""Figures of a period: what was put out, whom it reached; the adoption rate of suggestions."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.publicity.figures import adoption_of, item_tables
from cases.publicity.filters import PeriodForm
from cases.publicity.lifecycle import SUGGESTION_VIEW, VIEW
from cases.publicity.views.items import around
from citymgmt.pages import needs


def period_of(request: Any) -> tuple[PeriodForm, tuple[Any, Any]]:
    """The form of the period, and the period: from the first of the year until today unless it says otherwise."""
    usual = {"from_on": request.on.replace(month=1, day=1), "until": request.on}
    form = PeriodForm({**{name: day.isoformat() for name, day in usual.items()}, **request.GET.dict()})
    told = form.cleaned_data if form.is_valid() else usual
    return form, (told["from_on"], told["until"])


@require_safe
@needs(VIEW)
def item_figures(request: Any) -> HttpResponse:
    """Quantity and people reached by community, maker and kind. Raises: NotPermitted."""
    form, period = period_of(request)
    context = {
        **around(request, "figures"),
        "form": form,
        "tables": item_tables(request.user, period, request.on),
        "period": period,
    }
    return render(request, "publicity/figures.html", context, status=200 if form.is_valid() else 422)


@require_safe
@needs(SUGGESTION_VIEW)
def suggestion_figures(request: Any) -> HttpResponse:
    """The adoption rate by community, with what it is counted of. Raises: NotPermitted."""
    form, period = period_of(request)
    *lines, together = adoption_of(request.user, period, request.on)
    context = {"here": "adoption", "form": form, "lines": lines, "together": together, "period": period}
    return render(request, "publicity/adoption.html", context, status=200 if form.is_valid() else 422)
