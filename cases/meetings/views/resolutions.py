"""The list of resolutions with the figures of a period above it, and a resolution with all that happened to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.meetings.counting import FIGURES, Counts, Days, counts_by_lead, totals
from cases.meetings.models import Meeting, MemberUnit, Resolution
from cases.meetings.querysets import due_first, visible_resolution
from cases.meetings.resolution_forms import PeriodForm, ResolutionFilter
from cases.meetings.views.resolution_buttons import buttons_of, panel_of
from cases.meetings.views.shown import events_shown
from cases.models import Case
from cases.views.lists.pages import PortalRequest
from citymgmt.pages import needs, page_of
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from citymgmt.worktime.rules import current_rules

MOST_MEETINGS = 60  # offered in the filter, the latest


@dataclass(frozen=True)
class FigureCell:
    """A figure with the address of the list that it counts."""

    key: str
    label: str
    definition: str
    tone: str
    count: int
    url: str


@dataclass(frozen=True)
class UnitLine:
    """The figures of a responsible unit."""

    name: str
    cells: list[FigureCell]


@require_safe
@needs("resolution.view")
def resolutions(request: PortalRequest) -> HttpResponse:
    """The resolutions that the person may see, and what is counted of them in a period."""
    seen = visible_to(request.user, Resolution.objects.all(), on=request.on)
    units, meetings = _units_offered(request.user, seen), _meetings_offered(seen)
    form = ResolutionFilter(request.GET, on=request.on, units=units, meetings=meetings)
    is_valid = form.is_valid()
    rows = due_first(seen.filter(form.question(request.at)) if is_valid else seen.none())
    page = page_of(request, rows.select_related("lead", "meeting"))
    supporting = _supporting(page)
    context = {
        "form": form,
        "period_form": PeriodForm(initial={"first": form.days.first, "last": form.days.last}, on=request.on),
        "days": form.days,
        "figure": _figure_shown(form, units) if is_valid else "",
        "page": page,
        "rows": [(one, [supporting[pk] for pk in one.supporting if pk in supporting]) for one in page],
        "rules": current_rules(),
        "at": request.at,
        **_statistics(counts_by_lead(seen, form.days, request.at), form.days, units),
    }
    return render(request, "meetings/resolutions.html", context, status=200 if is_valid else 422)


def _units_offered(user: User, seen: QuerySet[Resolution]) -> list[MemberUnit]:
    """The units of the office; for others those that lead what they see."""
    leads = Q(pk__in=seen.order_by().values("lead"))
    own = Q(subdistrict_id=user.subdistrict_id) if user.subdistrict_id else Q(organisation_id=user.organisation_id or 0)
    return list(MemberUnit.objects.filter(leads | own).order_by("subdistrict", "kind", "id"))


def _meetings_offered(seen: QuerySet[Resolution]) -> list[Meeting]:
    held = Meeting.objects.filter(pk__in=seen.order_by().values("meeting")).order_by("-starts_at", "-id")
    return list(held.only("title", "starts_at")[:MOST_MEETINGS])


def _supporting(rows: Any) -> dict[int, MemberUnit]:
    """The supporting units of some resolutions, by id; one query."""
    ids = {pk for one in rows for pk in one.supporting}
    return MemberUnit.objects.in_bulk(ids) if ids else {}


def _figure_shown(form: ResolutionFilter, units: Sequence[MemberUnit]) -> str:
    """What the list shows when a figure led to it."""
    told = form.cleaned_data
    if not told["figure"]:
        return ""
    lead = next((str(unit) for unit in units if unit.pk == told["lead"]), "")
    words = {"figure": _(FIGURES[told["figure"]].label), "first": form.days.first, "last": form.days.last}
    shown = _("Counted as “%(figure)s” from %(first)s to %(last)s") % words
    return f"{shown} · {lead}" if lead else shown


def _statistics(counts: Mapping[int, Counts], days: Days, units: Sequence[MemberUnit]) -> dict[str, Any]:
    """The figures of the period, all together and by responsible unit, the one with most to do first."""
    names = {unit.pk: str(unit) for unit in units}
    order = sorted(counts, key=lambda pk: (-counts[pk]["due"], -counts[pk]["made"], pk))
    return {
        "tiles": _cells(totals(counts.values()), days),
        "lines": [UnitLine(names.get(pk, str(pk)), _cells(counts[pk], days, pk)) for pk in order],
    }


def _cells(counts: Counts, days: Days, lead: int | None = None) -> list[FigureCell]:
    period = {"first": days.first.isoformat(), "last": days.last.isoformat(), **({"lead": lead} if lead else {})}
    return [
        FigureCell(
            key,
            _(figure.label),
            _(figure.definition),
            figure.tone if counts[key] else "",
            counts[key],
            f"?{urlencode({'figure': key, **period})}#list",
        )
        for key, figure in FIGURES.items()
    ]


@require_safe
def resolution(request: PortalRequest, number: str) -> HttpResponse:
    """A resolution with its history, the cases that it is about, and what may be done now. Raises: NotFound."""
    found = visible_resolution(request.user, number, request.on)
    told = events_shown(found, found.events.order_by("-seq"), "meetings:evidence")
    supporting = _supporting([found])
    context = {
        "resolution": found,
        "supporting": [supporting[pk] for pk in found.supporting if pk in supporting],
        "cases": _cases_of(found, request),
        "latest_first": told,
        "events": [one.event for one in reversed(told)],
        "rules": current_rules(),
        "at": request.at,
        "buttons": buttons_of(request.user, found),
        "panel": panel_of(request.user, found),
        "meeting_url": _meeting_url(request, found),
    }
    return render(request, "meetings/resolution.html", context)


def _cases_of(found: Resolution, request: PortalRequest) -> list[tuple[Case, bool, bool]]:
    """The cases that it is about: each with whether it waits, and whether the person may see it."""
    parts = list(found.cases.filter(is_linked=True).select_related("case").order_by("ordinal"))
    rows = Case.objects.filter(pk__in=[part.case_id for part in parts])
    seen = set(visible_to(request.user, rows, on=request.on).values_list("pk", flat=True)) if parts else set()
    return [(part.case, part.is_waiting, part.case_id in seen) for part in parts]


def _meeting_url(request: PortalRequest, found: Resolution) -> str:
    """Where the meeting is shown; empty for a unit that only has the resolution, and was not invited."""
    seen = visible_to(request.user, Meeting.objects.filter(pk=found.meeting_id), on=request.on)
    return found.meeting.get_absolute_url() if seen.exists() else ""
