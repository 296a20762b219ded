"""Coverage by community: who was visited, who signed, who kept what was promised."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from citymgmt.people.permissions import require_role
from communities.institutions.coverage import VIEW, coverage_of
from communities.institutions.filters import QuarterForm
from communities.institutions.quarters import quarter_of


@require_safe
def coverage(request: Any) -> HttpResponse:
    """The figures of a quarter by community, each leading to the list that it counts. Raises: NotPermitted."""
    require_role(request.user, VIEW)
    form = QuarterForm(request.GET or None, on=request.on, initial={"quarter": str(quarter_of(request.on))})
    is_wrong = form.is_bound and not form.is_valid()
    chosen = form.cleaned_data["quarter"] if form.is_bound and not is_wrong else None
    quarter = chosen or quarter_of(request.on)
    *lines, together = coverage_of(request.user, quarter, request.on)
    context = {"form": form, "quarter": quarter, "lines": lines, "together": together, "here": "coverage"}
    return render(request, "institutions/coverage.html", context, status=422 if is_wrong else 200)
