"""Pages to look at: the register, one institution, visits, promises."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from citymgmt.people.permissions import allows, permits, require_role
from communities import maps
from communities.institutions.beside import beside_institution
from communities.institutions.coverage import VIEW
from communities.institutions.filters import Filter, InstitutionFilter, PledgeFilter, VisitFilter
from communities.institutions.lifecycle import MADE, STATES, VISITS, Look
from communities.institutions.querysets import (
    SOON,
    communities_open_to,
    in_force,
    institutions_seen,
    pledges_seen,
    visible_institution,
    visible_visit,
    visits_seen,
)
from communities.models import Agreement, InstitutionVisit, Pledge

PAGE, SHOWN = 50, 100
RIGHTS = ("keep", "visit", "plan")


@dataclass(frozen=True)
class PledgeRow:
    """A promise as it is listed."""

    pledge: Pledge
    look: Look
    is_late: bool


@dataclass(frozen=True)
class VisitRow:
    """A visit as it is listed."""

    visit: InstitutionVisit
    look: Look
    is_late: bool


@dataclass(frozen=True)
class AgreementRow:
    """An agreement with how it stands on a day."""

    agreement: Agreement
    label: str
    tone: str
    is_running: bool = True


def pledge_row(pledge: Pledge, request: Any) -> PledgeRow:
    """A promise as it is listed at this moment."""
    return PledgeRow(pledge, STATES[pledge.state], pledge.due_at is not None and pledge.due_at <= request.at)


def visit_row(visit: InstitutionVisit, request: Any) -> VisitRow:
    """A visit as it is listed on this day."""
    is_late = visit.is_planned and visit.planned_on is not None and visit.planned_on < request.on
    return VisitRow(visit, VISITS[visit.state], is_late)


def agreement_row(agreement: Agreement, on: date) -> AgreementRow:
    """How an agreement stands on a day."""
    if agreement.ended_on is not None and agreement.ended_on <= on:
        return AgreementRow(agreement, _("agreement ended"), "stopped", is_running=False)
    if agreement.valid_until < on:
        return AgreementRow(agreement, _("agreement expired"), "alert", is_running=False)
    if agreement.valid_until <= on + SOON:
        return AgreementRow(agreement, _("ends soon"), "soon")
    return AgreementRow(agreement, _("agreement valid"), "done")


def asked(request: Any, kind: type[Filter]) -> Filter:
    """The filter as it was sent."""
    require_role(request.user, VIEW)
    places = communities_open_to(request.user, VIEW, request.on)
    return kind(request.GET, communities=places, at=request.at, on=request.on)


def _listed(
    request: Any, form: Filter, rows: QuerySet[Any], template: str, row_of: Callable[[Any, Any], Any], **more: Any
) -> HttpResponse:
    """A list as it is filtered; none of it where the filter is wrong."""
    found = rows.filter(form.question()) if form.is_valid() else rows.none()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "rows": [row_of(one, request) for one in page], **more}
    context["total"] = page.paginator.count
    return render(request, template, context, status=200 if form.is_valid() else 422)


@require_safe
def institutions(request: Any) -> HttpResponse:
    """The register, with the last visit and the end of the agreement of each. Raises: NotPermitted."""
    form = asked(request, InstitutionFilter)
    made = Q(visits__state=MADE)
    standing = Agreement.objects.filter(in_force(request.on), institution=OuterRef("pk"))
    rows = institutions_seen(request.user, request.on).annotate(
        last_visit=Max("visits__made_on", filter=made), is_agreed=Exists(standing)
    )
    may_keep = allows(request.user, "institution.keep")
    more = {
        "places": list(communities_open_to(request.user, "institution.keep", request.on)) if may_keep else [],
        "may_import": allows(request.user, "institution.import"),
        "here": "list",
    }
    return _listed(request, form, rows, "institutions/list.html", lambda one, request: one, **more)


@require_safe
def visits(request: Any) -> HttpResponse:
    """The visits, the latest first. Raises: NotPermitted."""
    form = asked(request, VisitFilter)
    rows = visits_seen(request.user, request.on).order_by(Coalesce("made_on", "planned_on").desc(), "-pk")
    more = {"may_plan": allows(request.user, "institution.plan"), "here": "visits"}
    return _listed(request, form, rows, "institutions/visits.html", visit_row, **more)


@require_safe
def pledges(request: Any) -> HttpResponse:
    """The promises, what is due first first. Raises: NotPermitted."""
    form = asked(request, PledgeFilter)
    rows = pledges_seen(request.user, request.on)
    return _listed(request, form, rows, "institutions/pledges.html", pledge_row, here="pledges")


@require_safe
def institution(request: Any, pk: int) -> HttpResponse:
    """One institution: what is known, its agreements, visits and promises. Raises: NotFound."""
    found = visible_institution(request.user, pk, request.on)
    agreements = found.agreements.select_related("paper").defer("paper__content").prefetch_related("photos")
    visits = found.visits.select_related("made_by", "visitor").order_by(F("made_on").desc(nulls_first=True), "-pk")
    pledges = found.pledges.order_by(F("due_at").asc(nulls_last=True), "-by_day", "-pk")
    rights = {f"may_{one}": permits(request.user, f"institution.{one}", found, on=request.on) for one in RIGHTS}
    is_placed = found.longitude is not None and found.latitude is not None
    context = {
        "institution": found,
        "agreements": [agreement_row(one, request.on) for one in agreements],
        "visits": [visit_row(one, request) for one in visits[:SHOWN]],
        "pledges": [pledge_row(one, request) for one in pledges[:SHOWN]],
        "drawing": maps.drawing(areas=maps.areas([found.community]), pin=maps.on_map(found.longitude, found.latitude))
        if is_placed
        else None,
        "beside": beside_institution(found, request.user, request.on),
        **rights,
    }
    return render(request, "institutions/institution.html", context)


@require_safe
def visit(request: Any, pk: int) -> HttpResponse:
    """One visit: what was talked of, what was promised, photos. Raises: NotFound."""
    found = visible_visit(request.user, pk, request.on)
    may = permits(request.user, "institution.visit", found.institution, on=request.on)
    context = {
        "visit": found,
        "row": visit_row(found, request),
        "photos": list(found.photos.all()),
        "pledges": [pledge_row(one, request) for one in found.pledges.order_by("pk")],
        "may_record": may and found.is_planned and found.institution.is_active,
        "may_add": may and found.is_made,
    }
    return render(request, "institutions/visit.html", context)
