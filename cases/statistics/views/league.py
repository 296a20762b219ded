"""The league of departments: how each deals with what is escalated to it, and the escalations behind each figure."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.models import Escalation
from cases.named import named
from cases.statistics import figures
from cases.statistics.dealings import counted_in, places, sent_in
from cases.statistics.forms import DealtForm, PeriodForm
from cases.statistics.league import ACKNOWLEDGEMENTS, ANSWERS, COUNTS, Place, best_first
from cases.statistics.models import Dimension
from cases.statistics.named import in_order, name_of
from cases.statistics.periods import Period
from cases.statistics.views.opening import figures_read, presets_of
from cases.statistics.wording import in_words
from cases.views.lists.pages import PortalRequest
from citymgmt.pages import ROWS_PER_PAGE, needs
from citymgmt.worktime.rules import current_rules

SHOWN = ("sent", "open", "late", "replied", "returned", "taken_back", "urged")


@dataclass(frozen=True)
class Standing:
    """A department in the league."""

    place: int
    name: str
    counts: list[tuple[int, str]]
    rates: list[tuple[str, list[tuple[int, str]]]]  # each with what it is made of
    median: str


@require_safe
@needs("statistics.view")
@figures_read
def league(request: PortalRequest) -> HttpResponse:
    """The departments of a period, best first."""
    form = PeriodForm(request.GET, on=request.on)
    is_valid, period = form.is_valid(), form.asked
    found = places(sent_in(request.user, request.on, period), request.at)
    names = {int(keyed.key): keyed.name for keyed in in_order(Dimension.DEPARTMENT, map(str, found))}
    context = {
        "form": form,
        "presets": presets_of(form),
        "period": period,
        "headings": [_(COUNTS[code].label) for code in SHOWN],
        "standings": [
            _standing(place, pk, names.get(pk, str(pk)), found[pk], period)
            for place, pk in enumerate(best_first(found), start=1)
        ],
    }
    return render(request, "statistics/league.html", context, status=200 if is_valid else 422)


def _standing(place: int, department: int, name: str, dealt: Place, period: Period) -> Standing:
    def told(code: str) -> tuple[int, str]:
        return dealt.counts[code], dealt_url(code, period, department)

    rates = [(figures.percent(dealt.rate(pair)), [told(code) for code in pair]) for pair in (ANSWERS, ACKNOWLEDGEMENTS)]
    return Standing(place, name, [told(code) for code in SHOWN], rates, in_words(dealt.median_minutes))


def dealt_url(code: str, period: Period, department: int) -> str:
    """The address of the escalations that a figure of the league counts."""
    asked: dict[str, Any] = {"what": code, "department": department}
    asked |= {"first": period.first.isoformat(), "last": period.last.isoformat()}
    return f"{reverse('statistics:dealt')}?{urlencode(asked)}"


@require_safe
@needs("statistics.view")
@figures_read
def dealt(request: PortalRequest) -> HttpResponse:
    """The escalations that a figure of the league counts, newest first; 422 when the address names no figure."""
    form = DealtForm(request.GET, on=request.on)
    if not form.is_valid():
        return render(request, "statistics/dealt.html", {"form": form}, status=422)
    code, department, period = form.cleaned_data["what"], form.cleaned_data["department"], form.asked
    sent = sent_in(request.user, request.on, period).filter(department_id=department)
    ids = counted_in(sent, code, request.at)
    page = Paginator(ids, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    rows = named(Escalation.objects.select_related("case")).in_bulk(list(page))
    context = {
        "form": form,
        "title": f"{name_of(Dimension.DEPARTMENT, str(department))}: {_(COUNTS[code].label)}",
        "period": period,
        "count": len(ids),
        "rows": [rows[pk] for pk in page],
        "page": page,
        "rules": current_rules(),
        "at": request.at,
    }
    return render(request, "statistics/dealt.html", context)
