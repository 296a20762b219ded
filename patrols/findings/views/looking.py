"""Pages to look at findings: the list with its two figures, and one finding with its photos."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.querysets import seen_by
from cases.views.lists.pages import PortalRequest
from citymgmt.files import private_file
from citymgmt.pages import needs, page_of
from citymgmt.people.permissions import allows, permits, visible_to
from citymgmt.photos.stored import photo_store
from citymgmt.refusals import NotFound
from communities.placed import map_of
from patrols.findings.forms import FindingFilter
from patrols.findings.models import Finding
from patrols.findings.querysets import counted, visible_finding, visible_photo, with_names
from patrols.teams.models import Team


@require_safe
@needs("finding.view")
def finding_list(request: PortalRequest) -> HttpResponse:
    """The findings that the person sees, the latest first; handled and cases are counted apart."""
    teams = list(visible_to(request.user, Team.objects.order_by("kind", "key", "id"), on=request.on))
    form = FindingFilter(request.GET, teams=teams)
    is_valid = form.is_valid()
    seen = visible_to(request.user, Finding.objects.all(), on=request.on)
    asked = seen.filter(form.question()) if is_valid else seen.none()
    way = form.cleaned_data.get("way") if is_valid else ""
    handled_count, case_count = counted(asked)
    context = {
        "form": form,
        "page": page_of(request, with_names(asked.filter(way=way) if way else asked)),
        "handled_count": handled_count,
        "case_count": case_count,
        "handled_url": _with_way(request, Finding.Way.HANDLED),
        "case_url": _with_way(request, Finding.Way.CASE),
        "has_teams": len(teams) != 1,
        "may_note": allows(request.user, "finding.note"),
    }
    return render(request, "patrols/findings/list.html", context, status=200 if is_valid else 422)


def _with_way(request: PortalRequest, way: str) -> str:
    """The same list, only of what became this."""
    asked: QueryDict = request.GET.copy()
    asked.pop("page", None)
    asked["way"] = way
    return f"?{asked.urlencode()}"


@require_safe
def finding(request: PortalRequest, pk: int) -> HttpResponse:
    """A finding: what, where, who, when, what became of it, its photos. Raises: NotFound."""
    found = visible_finding(request.user, pk, request.on)
    context: dict[str, Any] = {
        "finding": found,
        "back_url": reverse("findings:list"),
        "photos": list(found.photos.order_by("pk")),
        "is_case_seen": found.case_id and seen_by(request.user, request.on).filter(pk=found.case_id).exists(),
        "is_round_seen": allows(request.user, "round.view"),
        "may_make_case": found.is_handled and permits(request.user, "finding.make_case", found, on=request.on),
        "drawing": map_of(found),
    }
    return render(request, "patrols/findings/finding.html", context)


@require_safe
def photo_file(request: PortalRequest, pk: int, size: str) -> HttpResponseBase:
    """The picture or its thumbnail; 404 for whoever does not see the finding, and while there is none."""
    digest = visible_photo(request.user, pk, request.on).hash_of(size)
    if not digest:
        raise NotFound
    path = photo_store().path(digest)
    return private_file(request, path, name=f"finding-{size}-{pk}.jpg", content_type="image/jpeg", etag=digest)
