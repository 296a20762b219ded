"""The audit trail and the failed log-ins, for the auditor."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from citymgmt.people import trail
from citymgmt.people.changes import in_words
from citymgmt.people.forms import AuditFilter
from citymgmt.people.permissions import require_role
from citymgmt.people.querysets import failed_log_ins, users_seen_by

PAGE = 50


@require_safe
def audit(request: Any) -> HttpResponse:
    """Who changed what, from which value to which; newest first."""
    require_role(request.user, "audit.view")
    people = users_seen_by(request.user, request.on).select_related(None)
    form = AuditFilter(request.GET, kinds=trail.kinds(), people=people)
    is_valid = form.is_valid()
    given = form.cleaned_data if is_valid else {}
    wanted = trail.Wanted(given.get("kind", ""), given.get("person"), given.get("day"))
    after = trail.Key.read(request.GET.get("after", ""))
    rows, further = trail.entries(request.user, request.on, wanted, after) if is_valid else ([], None)
    context = {
        "form": form,
        "is_filtered": any(given.values()) or not is_valid,
        "entries": in_words(rows),
        "further": str(further or ""),
        "is_first": after is None,
    }
    template = "people/audit/_list.html" if request.htmx else "people/audit/list.html"
    return render(request, template, context, status=200 if is_valid else 422)


@require_safe
def log_ins(request: Any) -> HttpResponse:
    """Failed log-ins of the own people, and under names that nobody has."""
    require_role(request.user, "audit.view")
    found = failed_log_ins(request.user, request.on)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    known = set(users_seen_by(request.user, request.on).values_list("username", flat=True))
    rows = [{"row": row, "name": _shown(row.username or "", known)} for row in page]
    return render(request, "people/audit/log_ins.html", {"page": page, "rows": rows})


def _shown(username: str, known: set[str]) -> str:
    """The name, cut when nobody has it: people type passwords into the wrong field."""
    return username if username in known else f"{username[:2]}…"
