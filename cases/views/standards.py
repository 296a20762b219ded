"""The standards catalogue: all filing conditions, one with its versions, and its revision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.standards import revise_standard
from cases.citing import cited_by, offered
from cases.list_forms import CatalogueFilter
from cases.models import CaseStandard
from cases.standard_form import RevisionForm
from cases.views.lists.pages import PortalRequest
from citymgmt.pages import needs
from citymgmt.people.models import Organisation, User
from citymgmt.people.permissions import allows
from citymgmt.refusals import Invalid, NotFound, Stale, mark

RELATED = ("category", "category__disorder")


@require_safe
@needs("standard.view")
def standards(request: PortalRequest) -> HttpResponse:
    """The conditions in force today by disorder, found by Chinese words, pinyin initials or code."""
    form = CatalogueFilter(request.GET)
    is_valid = form.is_valid()
    given = form.cleaned_data if is_valid else {}
    in_force = CaseStandard.objects.filter(validity__contains=request.on).select_related(*RELATED)
    found = list(_fitting(in_force, given)) if is_valid else []
    context = {
        "form": form,
        "is_filtered": any(given.values()) or not is_valid,
        "standards": found,
        "versions": _version_counts(),
        "departments": _departments(request.user),
    }
    template = "cases/_standards_results.html" if request.htmx else "cases/standards.html"
    return render(request, template, context, status=200 if is_valid else 422)


def _fitting(queryset: QuerySet[CaseStandard], given: Mapping[str, Any]) -> QuerySet[CaseStandard]:
    """Those of a disorder that hold every word."""
    if given["disorder"]:
        queryset = queryset.filter(category__disorder__key=given["disorder"])
    for word in given["q"].split()[:8]:
        queryset = queryset.filter(_holds(word))
    return queryset


def _holds(word: str) -> Q:
    code = Q(category__code_2026__startswith=word) | Q(category__code_2013__startswith=word)
    names = Q(category__name_zh__contains=word) | Q(category__name_en__icontains=word)
    others = Q(category__aliases_zh__contains=word) | Q(category__pinyin__istartswith=word)
    words = Q(condition_zh__contains=word) | Q(condition_en__icontains=word)
    return code | names | others | words


def _version_counts() -> dict[int, int]:
    """How many versions each line has, in one query."""
    return dict(CaseStandard.objects.order_by().values_list("line").annotate(Count("pk")))


def _departments(user: User) -> dict[str, str]:
    """The names of the bodies of the person's district, by key."""
    bodies = Organisation.objects.filter(subdistrict=None, district_code=user.district_code)
    return {body.key: body.name for body in bodies}


@dataclass(frozen=True)
class Change:
    """An entry of the line's history: when, what happened, to which version, by whom."""

    at: datetime
    label: str
    version: int
    by: User | None


@require_safe
@needs("standard.view")
def standard(request: PortalRequest, line: int) -> HttpResponse:
    """One filing condition with all its versions, newest first, and who changed what when. Raises: NotFound."""
    versions = _versions(line)
    cited = cited_by([one.pk for one in versions], request.user, request.on)
    context = {
        "newest": versions[0],
        "versions": versions,
        "cited": cited,
        "is_outdated": any(not one.is_in_force for one in cited.get(versions[0].pk, ())),
        "departments": _departments(request.user),
        "history": _history(versions),
        "may_revise": allows(request.user, "standard.edit") and versions[0].validity.upper is None,
        "on": request.on,
    }
    return render(request, "cases/standard.html", context)


def _versions(line: int) -> list[CaseStandard]:
    """The versions of a line, newest first. Raises: NotFound."""
    if line > 2**31 - 1:
        raise NotFound
    found = list(CaseStandard.objects.filter(line=line).select_related(*RELATED).order_by("zone", "-version"))
    if not found:
        raise NotFound
    return found


def _history(versions: Iterable[CaseStandard]) -> list[Change]:
    """What pghistory kept of these rows, newest first, in two queries."""
    model = CaseStandard.pgh_event_model  # type: ignore[attr-defined]
    ids = [version.pk for version in versions]
    events = list(model.objects.filter(pgh_obj_id__in=ids).select_related("pgh_context").order_by("-pgh_id"))
    people = User.objects.in_bulk([pk for event in events if (pk := _who(event))])
    return [
        Change(event.pgh_created_at, event.pgh_label, event.version, people.get(_who(event) or 0)) for event in events
    ]


def _who(event: Any) -> int | None:
    return event.pgh_context.metadata.get("user") if event.pgh_context else None


@require_http_methods(["GET", "HEAD", "POST"])
@needs("standard.edit")
def revise(request: PortalRequest, line: int) -> HttpResponse:
    """A new version of a filing condition from a day on. Raises: NotFound, Stale when another has revised it."""
    newest = _newest(line, request.GET.get("zone", ""))
    given = request.POST if request.method == "POST" else None
    may_cite = offered(request.user, newest, request.on)
    form = RevisionForm(given, newest=newest, on=request.on, offered=may_cite)
    if request.method == "POST" and form.is_valid() and _is_revised(request, newest, form):
        messages.success(request, _("A new version was made."))
        return HttpResponseRedirect(reverse("cases:standard", args=[line]))
    context = {"form": form, "newest": newest}
    return render(request, "cases/revise.html", context, status=422 if form.is_bound else 200)


def _newest(line: int, zone: str) -> CaseStandard:
    """The newest version of a line in a zone (without one: the first). Raises: NotFound."""
    fitting = [one for one in _versions(line) if zone in ("", str(one.zone))]
    if not fitting:
        raise NotFound
    return fitting[0]


def _is_revised(request: PortalRequest, newest: CaseStandard, form: RevisionForm) -> bool:
    """Make the new version; False with the reasons on the form. Raises: Stale."""
    if form.cleaned_data["version"] != newest.version:
        raise Stale(_("Somebody else has revised this condition in the meantime. Please look again."))
    on: date = form.cleaned_data["on"]
    try:
        cited = form.cleaned_data["regulations"]
        revise_standard(standard=newest, by=request.user, on=on, values=form.values, regulations=cited)
    except Invalid as invalid:
        mark(form, invalid)
        return False
    return True
