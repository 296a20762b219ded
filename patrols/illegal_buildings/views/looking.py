"""Pages to look at illegal buildings: the list, and one with its steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.querysets import seen_by
from citymgmt.pages import needs, page_of
from citymgmt.people.permissions import allows, visible_to
from communities.placed import communities_for, map_of
from patrols.illegal_buildings.figures import ZERO
from patrols.illegal_buildings.forms import BuildingFilter
from patrols.illegal_buildings.lifecycle import (
    DECIDE,
    EVENTS,
    LOG_CASE,
    RECORD,
    REVISE,
    STATES,
    STEP,
    WAYS,
    State,
    Transition,
    possible,
)
from patrols.illegal_buildings.models import AreaEntry, BuildingEvent, BuildingPaper, BuildingPhoto, IllegalBuilding
from patrols.illegal_buildings.querysets import due_first, visible_building
from patrols.illegal_buildings.views.keeping import may

PAPER = "building.paper"


@dataclass(frozen=True)
class Row:
    """A building of a list: its state as a badge, and whether its next step is overdue."""

    building: IllegalBuilding
    state: State
    is_overdue: bool

    @property
    def label(self) -> str:
        """The state in words."""
        return _(self.state.label)


def row_of(building: IllegalBuilding, request: Any) -> Row:
    """The row of a building as it stands now."""
    is_overdue = building.due_at is not None and building.due_at < request.at
    return Row(building, STATES[building.state], is_overdue)


def asked_buildings(request: Any) -> tuple[BuildingFilter, QuerySet[IllegalBuilding]]:
    """The filter as it was sent, and the buildings that the person sees by it, what is due first first; none where the
    filter is wrong.
    """
    communities = list(communities_for(request.user, "building.view", request.on))
    form = BuildingFilter(request.GET, at=request.at, communities=communities)
    is_valid = form.is_valid()
    seen = visible_to(request.user, IllegalBuilding.objects.select_related("community", "case"), on=request.on)
    return form, due_first(seen.filter(form.question()) if is_valid else seen.none())


@require_safe
@needs("building.view")
def building_list(request: Any) -> HttpResponse:
    """The illegal buildings that the person sees, what is due first first. Raises: NotPermitted."""
    form, rows = asked_buildings(request)
    page = page_of(request, rows)
    together = rows.order_by().aggregate(found=Sum("area_m2"), remaining=Sum("remaining_m2"))
    context = {
        "form": form,
        "page": page,
        "rows": [row_of(one, request) for one in page],
        "found_m2": together["found"] or ZERO,
        "remaining_m2": together["remaining"] or ZERO,
        "may_enter": communities_for(request.user, RECORD, request.on).exists(),
        "asked": request.GET.urlencode(),
        "here": "list",
    }
    return render(request, "patrols/buildings/list.html", context, status=200 if form.is_valid() else 422)


@dataclass(frozen=True)
class Told:
    """An event as the history shows it."""

    event: BuildingEvent
    label: str
    icon: str
    tone: str
    detail: str
    photos: Sequence[Mapping[str, Any]]
    papers: Sequence[Mapping[str, Any]]


@require_safe
def building(request: Any, pk: int) -> HttpResponse:
    """An illegal building: what it is, what is to be done next, each step with its paper. Raises: NotFound."""
    found = visible_building(request.user, pk, request.on)
    rights = {name: may(request, found, name) for name in (STEP, RECORD, DECIDE, "building.owner", PAPER)}
    steps: list[Transition] = [
        one for one in possible(found.state, is_being_built=found.is_being_built) if rights[one.permission]
    ]
    context = {
        "building": found,
        "row": row_of(found, request),
        "back_url": reverse("buildings:list"),
        "steps": [(one, _(one.label)) for one in steps],
        "may_log": _may_log(request, found) and rights[LOG_CASE.permission],
        "may_change": rights[STEP] and found.state in REVISE.sources,
        "owner": getattr(found, "owner", None) if rights["building.owner"] else None,
        "is_owner_hidden": hasattr(found, "owner") and not rights["building.owner"],
        "returned_as": getattr(found, "returned_as", None),
        "is_case_seen": found.case_id and seen_by(request.user, request.on).filter(pk=found.case_id).exists(),
        "events": _history(found, may_open=rights[PAPER]),
        "lines": lines_of(list(found.entries.order_by("ordinal"))),
        "drawing": map_of(found),
    }
    return render(request, "patrols/buildings/building.html", context)


def _may_log(request: Any, found: IllegalBuilding) -> bool:
    """Whether a case may be logged of it: it has none and stands."""
    return found.case_id is None and found.state in LOG_CASE.sources and allows(request.user, "case.log")


def _history(found: IllegalBuilding, *, may_open: bool) -> list[Told]:
    """The events, the newest first, each with its papers, its square metres and its photos."""
    papers = Prefetch("papers", BuildingPaper.objects.defer("content"))
    rows = found.events.select_related("by").prefetch_related("photos", papers).order_by("-seq")
    return [
        Told(
            one,
            _(label),
            icon,
            tone,
            _detail(one),
            [_shown(photo) for photo in one.photos.all()],
            [_named(paper, may_open=may_open) for paper in one.papers.all()],
        )
        for one in rows
        for label, icon, tone in [EVENTS[one.kind]]
    ]


def _detail(event: BuildingEvent) -> str:
    """What an event says beside its note: the step of the ladder, day and paper, day for the party, square metres."""
    told = event.changes["building"]
    if event.by_id is None:
        return str(told.get("ladder_code", ""))
    parts = [str(told.get("stepped_on") or ""), str(told.get("document") or "")]
    if told.get("by_day"):
        parts.append(_("the party has until %(day)s") % {"day": told["by_day"]})
    for name, entry in event.changes.items():
        if name.startswith("entry.") and "m2" in entry:
            parts.append(f"{Decimal(entry['m2']):,.2f} m² {_(WAYS[entry['way']]) if entry.get('way') else ''}".strip())
    return " · ".join(part for part in parts if part)


def _shown(photo: BuildingPhoto) -> Mapping[str, Any]:
    """A photo as the history shows it."""
    return {
        "url": reverse("buildings:photo", args=[photo.pk, "picture"]),
        "thumbnail_url": reverse("buildings:photo", args=[photo.pk, "thumbnail"]),
        "label": _("Photo of the step"),
        "is_ready": photo.is_ready,
        "told": photo.told,
    }


def _named(paper: BuildingPaper, *, may_open: bool) -> Mapping[str, Any]:
    """A paper as the history shows it; its address for those who may open it."""
    return {
        "url": reverse("buildings:paper", args=[paper.pk]) if may_open else "",
        "label": _("Document %(number)s (PDF)") % {"number": paper.ordinal},
        "size": paper.size,
    }


def lines_of(entries: Sequence[AreaEntry]) -> list[tuple[AreaEntry, str]]:
    """Lines of the account, each with its way in words."""
    return [(one, _(WAYS[one.way]) if one.way else "") for one in entries]
