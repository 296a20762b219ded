"""Pages to look at construction sites: the list with what is amiss, and one site with its inspections."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.models import Case
from cases.querysets import seen_by
from citymgmt.pages import needs, page_of
from citymgmt.people.permissions import permits, visible_to
from communities.placed import communities_for, map_of
from patrols.expiring import tone_of
from patrols.sites.forms import SiteFilter
from patrols.sites.models import CheckedItem, Site, SiteInspection, SitePermit
from patrols.sites.querysets import open_faults, visible_site, with_last_look

TONES = {
    Site.State.PLANNED: "waiting",
    Site.State.BUILDING: "active",
    Site.State.STOPPED: "stopped",
    Site.State.FINISHED: "done",
}
MOST_SHOWN = 30  # inspections on the page of a site, the latest
PermitTone = tuple[SitePermit, str]


@dataclass(frozen=True)
class SiteRow:
    """A site of the list: its tone, its open faults, its permits that end."""

    site: Site
    tone: str
    faults: int
    ending: Sequence[PermitTone]


@require_safe
@needs("site.view")
def site_list(request: Any) -> HttpResponse:
    """The construction sites that the person sees, those under construction first. Raises: NotPermitted."""
    communities = list(communities_for(request.user, "site.view", request.on))
    form = SiteFilter(request.GET, on=request.on, communities=communities)
    is_valid = form.is_valid()
    seen = visible_to(request.user, with_last_look(Site.objects.select_related("community")), on=request.on)
    rows = seen.filter(form.question()) if is_valid else seen.none()
    page = page_of(request, rows.order_by("community__code", "name", "id"))
    context = {
        "form": form,
        "page": page,
        "rows": _rows(list(page), request),
        "may_keep": communities_for(request.user, "site.keep", request.on).exists(),
    }
    return render(request, "patrols/sites/list.html", context, status=200 if is_valid else 422)


def _rows(sites: Sequence[Site], request: Any) -> list[SiteRow]:
    faults, ending = open_faults([one.pk for one in sites]), _ending(sites, request)
    return [SiteRow(one, _tone(one), len(faults[one.pk]), ending[one.pk]) for one in sites]


def _tone(site: Site) -> str:
    return TONES[Site.State(site.state)]


def _ending(sites: Sequence[Site], request: Any) -> dict[int, list[PermitTone]]:
    """The permits of these sites that have expired or will soon."""
    found: dict[int, list[PermitTone]] = {one.pk: [] for one in sites}
    for permit in SitePermit.objects.filter(site__in=list(found)).order_by("expires_on", "id"):
        tone = tone_of(permit.expires_on, request.on)
        if tone != "valid":
            found[permit.site_id].append((permit, tone))
    return found


@dataclass(frozen=True)
class Fault:
    """Something that is not met; the case that it became, and whether the reader may open it."""

    item: CheckedItem
    case: Case | None
    is_seen: bool


@require_safe
def site(request: Any, pk: int) -> HttpResponse:
    """A construction site: who builds, its permits, what is amiss, who looked at it when. Raises: NotFound."""
    found = visible_site(request.user, pk, request.on)
    inspections = SiteInspection.objects.filter(site=found).select_related("by").prefetch_related("items__case")
    shown = list(inspections.order_by("-at", "-id")[:MOST_SHOWN])
    faults = open_faults([found.pk])[found.pk]
    cases = [item.case for one in shown for item in one.items.all() if item.case]
    seen = _seen({case.pk for case in [*cases, *(one.case for one in faults if one.case)]}, request)
    permit_rows = SitePermit.objects.filter(site=found).order_by("expires_on", "id")
    context = {
        "site": found,
        "tone": _tone(found),
        "back_url": reverse("sites:list"),
        "permits": [(one, tone_of(one.expires_on, request.on)) for one in permit_rows],
        "faults": [Fault(one, one.case, one.case_id in seen) for one in faults],
        "inspections": [(one, _told(one)) for one in shown],
        "cases": [(case, case.pk in seen) for case in sorted(cases, key=lambda case: case.pk, reverse=True)],
        "may_keep": permits(request.user, "site.keep", found, on=request.on),
        "may_inspect": permits(request.user, "site.inspect", found, on=request.on),
        "drawing": map_of(found),
    }
    return render(request, "patrols/sites/site.html", context)


def _seen(pks: set[int], request: Any) -> set[int]:
    """Those of these cases that the reader may open."""
    rows = seen_by(request.user, request.on).filter(pk__in=pks)
    return set(rows.values_list("pk", flat=True)) if pks else set()


def _told(inspection: SiteInspection) -> tuple[int, list[CheckedItem]]:
    """How many items were looked at, and those that were not met."""
    items = sorted(inspection.items.all(), key=lambda one: one.pk)
    return len(items), [one for one in items if not one.is_met]
