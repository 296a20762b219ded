"""Pages to look at residential areas: the register, the ranking by readiness, one area with its way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from citymgmt.pages import needs, page_of
from citymgmt.people.permissions import allows, reaches_as_far, visible_to
from citymgmt.worktime.steps import Stage
from communities.areas.forms import AreaFilter
from communities.areas.lifecycle import (
    ASSESS,
    CHECK,
    DECIDE,
    EVENTS,
    KEEP,
    PATH,
    RANKED,
    REVISE,
    STAGES,
    STEP,
    STRUCK,
    possible,
)
from communities.areas.querysets import best_first, due_first, visible_area
from communities.areas.wording import Explained, detail_of, due_for, explained
from communities.committees.lifecycle import ENDED
from communities.models import AreaEvent, AreaPhoto, Assessment, ResidentialArea
from communities.placed import communities_for, map_of

IMPORT, RULES = "area.import", "area.rules"


@dataclass(frozen=True)
class Row:
    """An area of a list: its stage as a badge, what is due, and whether it is overdue."""

    area: ResidentialArea
    stage: Stage
    is_overdue: bool
    due_for: str = ""

    @property
    def label(self) -> str:
        """The stage in words."""
        return _(self.stage.label)


def row_of(area: ResidentialArea, request: Any) -> Row:
    """The row of an area as it stands now."""
    is_overdue = area.due_at is not None and area.due_at < request.at
    return Row(area, STAGES[area.state], is_overdue, due_for(area))


def asked_areas(request: Any) -> tuple[AreaFilter, QuerySet[ResidentialArea]]:
    """The filter as it was sent, and the areas that the person sees by it, what is due first first; none where the
    filter is wrong.
    """
    communities = list(communities_for(request.user, "area.view", request.on))
    form = AreaFilter(request.GET, at=request.at, communities=communities)
    is_valid = form.is_valid()
    seen = visible_to(request.user, ResidentialArea.objects.select_related("community"), on=request.on)
    return form, due_first(seen.filter(form.question()) if is_valid else seen.none())


def around(request: Any, here: str) -> dict[str, Any]:
    """What stands around each page of the room."""
    return {
        "here": here,
        "may_enter": communities_for(request.user, KEEP, request.on).exists(),
        "may_import": allows(request.user, IMPORT),
        "may_rule": allows(request.user, RULES),
    }


@require_safe
@needs("area.view")
def area_list(request: Any) -> HttpResponse:
    """The residential areas that the person sees, what is due first first. Raises: NotPermitted."""
    form, rows = asked_areas(request)
    page = page_of(request, rows)
    together = rows.order_by().aggregate(households=Sum("household_count"), m2=Sum("floor_area_m2"))
    context = {
        **around(request, "list"),
        "form": form,
        "page": page,
        "rows": [row_of(one, request) for one in page],
        "households": together["households"] or 0,
        "m2": together["m2"] or 0,
        "asked": request.GET.urlencode(),
    }
    return render(request, "areas/list.html", context, status=200 if form.is_valid() else 422)


@require_safe
@needs("area.view")
def ranking(request: Any) -> HttpResponse:
    """The areas on their way to a pilot, the readiest first, each with what it lacks. Raises: NotPermitted."""
    seen = visible_to(request.user, ResidentialArea.objects.select_related("community"), on=request.on)
    page = page_of(request, best_first(seen.filter(state__in=RANKED)))
    latest = _latest_assessments(list(page))
    start = page.start_index()
    context = {
        **around(request, "ranking"),
        "page": page,
        "rows": [(start + n, row_of(one, request), latest.get(one.pk)) for n, one in enumerate(page)],
    }
    return render(request, "areas/ranking.html", context)


def _latest_assessments(areas: Sequence[ResidentialArea]) -> Mapping[int, Explained]:
    """The latest assessment of each of these areas in words; one query."""
    rows = Assessment.objects.filter(area__in=areas).order_by("area_id", "-ordinal").distinct("area_id")
    return {one.area_id: explained(one) for one in rows}


@dataclass(frozen=True)
class Told:
    """An event as the history shows it."""

    event: AreaEvent
    label: str
    icon: str
    tone: str
    detail: str
    photos: Sequence[Mapping[str, Any]]


@require_safe
def area(request: Any, pk: int) -> HttpResponse:
    """An area: how far it is on its way, what is to be done next, what was agreed, its history. Raises: NotFound."""
    found = visible_area(request.user, pk, request.on)
    rights = {name: reaches_as_far(request.user, name, "area.view") for name in (KEEP, STEP, DECIDE, CHECK)}
    latest, committees = found.assessments.first(), list(found.committees.all())
    context = {
        "area": found,
        "row": row_of(found, request),
        "path": path_of(found.state),
        "back_url": reverse("areas:list"),
        "steps": [
            (one, _(one.label), _address(found, one.action)) for one in possible(found.state) if rights[one.permission]
        ],
        "may_change": rights[KEEP] and found.state in REVISE.sources,
        "readiness": explained(latest) if latest else None,
        "pilots": found.pilots.all(),
        "contracts": found.contracts.all(),
        "reviews": found.reviews.all(),
        "events": _history(found),
        "committees": committees,
        "may_apply": rights[STEP] and found.state != STRUCK and all(one.state in ENDED for one in committees),
        "drawing": map_of(found),
    }
    return render(request, "areas/area.html", context)


def _address(area: ResidentialArea, action: str) -> str:
    if action == ASSESS.action:
        return reverse("areas:assess", args=[area.pk])
    return reverse("areas:act", args=[area.pk, action])


def path_of(state: str) -> list[tuple[str, str, bool]]:
    """The stages of the way: label, icon, and whether the area is in it."""
    return [(_(STAGES[key].label), STAGES[key].icon, key == state) for key in PATH]


def _history(found: ResidentialArea) -> list[Told]:
    """The events, the newest first, each with its photos."""
    rows = found.events.select_related("by").prefetch_related("photos").order_by("-seq")
    return [
        Told(one, _(label), icon, tone, detail_of(one), [_shown(photo) for photo in one.photos.all()])
        for one in rows
        for label, icon, tone in [EVENTS[one.kind]]
    ]


def _shown(photo: AreaPhoto) -> Mapping[str, Any]:
    """A photo as the history shows it."""
    return {
        "url": reverse("areas:photo", args=[photo.pk, "picture"]),
        "thumbnail_url": reverse("areas:photo", args=[photo.pk, "thumbnail"]),
        "label": _("Photo of the step"),
        "is_ready": photo.is_ready,
        "told": photo.told,
    }
