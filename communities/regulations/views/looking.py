"""Regulations to look at: the list with its search, one with its text and history, its files."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from citymgmt.documents import FORMS
from citymgmt.files import saved_file
from citymgmt.people.models import User
from citymgmt.people.permissions import allows, require_role
from communities.models import Regulation
from communities.regulations.beside import beside_regulation
from communities.regulations.forms import RegulationFilter
from communities.regulations.querysets import (
    KEEP,
    SHARE,
    may_keep,
    regulations_seen,
    visible_file,
    visible_regulation,
)

PAGE, VIEW = 50, "regulation.view"
ACTIONS = {  # as the audit trail names them
    "publish_regulation": gettext_lazy("Entered"),
    "change_regulation": gettext_lazy("Corrected"),
    "replace_regulation": gettext_lazy("Replaced"),
    "abolish_regulation": gettext_lazy("Abolished"),
    "import_regulations": gettext_lazy("Imported from a list"),
}


@dataclass(frozen=True)
class Row:
    """A regulation with how it stands on a day."""

    regulation: Regulation
    label: str
    tone: str
    icon: str


def row_of(regulation: Regulation, on: date) -> Row:
    """How a regulation stands on a day."""
    if regulation.abolished_on is not None and regulation.abolished_on <= on:
        return Row(regulation, _("replaced") if regulation.replaced_by_id else _("abolished"), "stopped", "archive")
    if regulation.effective_on > on:
        return Row(regulation, _("not yet in force"), "waiting", "calendar")
    return Row(regulation, _("in force"), "done", "check-circle")


@dataclass(frozen=True)
class Happened:
    """An entry of the audit trail of a regulation."""

    at: datetime
    label: str
    by: User | None


@require_safe
def regulations(request: Any) -> HttpResponse:
    """The regulations within reach, found by words. Raises: NotPermitted."""
    require_role(request.user, VIEW)
    form = RegulationFilter(request.GET, today=request.on)
    seen = regulations_seen(request.user, request.on)
    found = seen.filter(form.question()) if form.is_valid() else seen.none()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    may_write = allows(request.user, KEEP) or allows(request.user, SHARE)
    context = {
        "form": form,
        "page": page,
        "rows": [row_of(one, request.on) for one in page],
        "total": page.paginator.count,
        "may_write": may_write,
    }
    return render(request, "regulations/list.html", context, status=200 if form.is_valid() else 422)


@require_safe
def regulation(request: Any, pk: int) -> HttpResponse:
    """One regulation: days, files, text, what it replaced, who cites it. Raises: NotFound."""
    found = visible_regulation(request.user, pk, request.on)
    replaced = regulations_seen(request.user, request.on).filter(replaced_by=found)
    keeps = may_keep(request.user, found, request.on)
    context = {
        "regulation": found,
        "row": row_of(found, request.on),
        "replaced": [row_of(one, request.on) for one in replaced],
        "files": [(one, FORMS[one.form].name) for one in found.files.defer("content")],
        "history": _history(found),
        "may_keep": keeps,
        "may_end": keeps and found.abolished_on is None,
        "beside": beside_regulation(found, request.user, request.on),
    }
    return render(request, "regulations/regulation.html", context)


def _history(found: Regulation) -> list[Happened]:
    """What the audit trail kept of it, the latest first, in two queries."""
    rows: Any = apps.get_model("communities", "RegulationEvent").objects.filter(pgh_obj=found)
    events = list(rows.select_related("pgh_context").order_by("-pgh_id"))
    told = [event.pgh_context.metadata if event.pgh_context else {} for event in events]
    people = User.objects.in_bulk({one["user"] for one in told if one.get("user")})
    return [
        Happened(event.pgh_created_at, _label(event, one), people.get(one.get("user", 0)))
        for event, one in zip(events, told, strict=True)
    ]


def _label(event: Any, told: dict[str, Any]) -> str:
    usual = _("Entered") if event.pgh_label == "insert" else _("Corrected")
    return str(ACTIONS.get(told.get("action", ""), usual))


@require_safe
def file(request: Any, pk: int) -> HttpResponse:
    """A file of a regulation, to be saved. Raises: NotFound."""
    found = visible_file(request.user, pk, request.on)
    name = f"{found.regulation.title}.{found.form}"
    return saved_file(bytes(found.content), name=name, content_type=FORMS[found.form].content_type)
