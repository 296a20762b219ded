"""The calendar: which days count, when the office is open, which steps follow a deadline, when something is due."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from citymgmt.people.permissions import allows, require_role
from citymgmt.worktime import clock, wording
from citymgmt.worktime.forms import DueForm
from citymgmt.worktime.models import LadderStep
from citymgmt.worktime.months import month_of
from citymgmt.worktime.querysets import days_of, missing_years
from citymgmt.worktime.rules import Rules, current_rules

MONTHS = range(1, 13)


@require_safe
def calendar(request: Any) -> HttpResponse:
    """This year and the next, office hours, the ladder in words, and a calculator of due moments."""
    require_role(request.user, "calendar.view")
    rules = current_rules()
    form = (
        DueForm(request.GET) if "start" in request.GET else DueForm(initial={"start": timezone.localtime(request.at)})
    )
    is_valid = not form.is_bound or form.is_valid()
    context = {
        "years": _years(request.on, rules),
        "missing": missing_years(request.on, rules.calendar.years),
        "shifts": rules.calendar.shifts,
        "ladders": _ladders(rules),
        "form": form,
        "answer": _answer(rules, form) if form.is_bound and is_valid else None,
        "may_edit": allows(request.user, "calendar.edit"),
    }
    return render(request, "worktime/calendar.html", context, status=200 if is_valid else 422)


def _years(on: date, rules: Rules) -> list[dict[str, Any]]:
    special = days_of(on.year, on.year + 1)
    return [
        {
            "year": year,
            "is_known": year in rules.calendar.years,
            "is_open": year == on.year or on.month == MONTHS[-1],
            "months": [month_of(year, month, special, on) for month in MONTHS],
        }
        for year in (on.year, on.year + 1)
    ]


def _ladders(rules: Rules) -> list[dict[str, Any]]:
    rows = sorted(rules.rows.values(), key=lambda row: (row.ladder, row.position))
    return [_step(number, row) for number, row in enumerate(rows)]


def _step(number: int, row: LadderStep) -> dict[str, Any]:
    return {
        "number": number,
        "code": row.code,
        "name": row.name,
        "ladder": wording.LADDERS.get(row.ladder, row.ladder),
        "moment": wording.moment_of(row),
        "recipients": wording.in_words(row.recipients, wording.RECIPIENTS),
        "conditions": wording.in_words(row.requires, wording.CONDITIONS),
    }


def _answer(rules: Rules, form: DueForm) -> dict[str, Any]:
    start, unit = form.cleaned_data["start"], clock.Unit(form.cleaned_data["unit"])
    due = clock.due(rules.calendar, start, clock.Limit(form.cleaned_data["value"], unit))
    return {
        "start": start,
        "limit": wording.limit_in_words(form.cleaned_data["value"], unit),
        "due": due,
        "is_provisional": unit.is_office and clock.is_provisional(rules.calendar, start, due),
    }
