"""Export of the list: a few rows in the answer itself, many by the worker, with their progress."""

from io import BytesIO
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.actions.exports import AT_ONCE, MOST_ROWS, ask_export, export_path
from cases.columns import Column
from cases.exporting import table
from cases.list_forms import CaseListFilter
from cases.listing import asked_list, ordered
from cases.models import ExportJob
from cases.querysets import exports_of, ready_export, views_kept
from cases.queues import count_at_most
from cases.views.lists.browse import columns_shown, kept_query
from cases.views.lists.pages import PortalRequest
from citymgmt.files import attached, parts_of
from citymgmt.forms import PortalForm
from citymgmt.pages import needs
from citymgmt.refusals import Invalid, NotFound
from citymgmt.sheets import csv_lines, write_excel


class ExportForm(PortalForm):
    """The kind of file that the worker writes."""

    kind = forms.ChoiceField(choices=ExportJob.Kind.choices, widget=forms.HiddenInput)


@needs("export.view")
def export(request: PortalRequest) -> HttpResponse:
    """How many cases the list holds, the ways to take them along, and one's files."""
    return _page(request)


@needs("export.view")
def export_jobs(request: PortalRequest) -> HttpResponse:
    """The files alone, asked for again and again while one is being written."""
    return render(request, "cases/_export_jobs.html", _jobs(request))


@needs("export.view")
def download(request: PortalRequest, kind: str) -> HttpResponseBase:
    """The list as a file at once. Raises: NotFound for an unknown kind, Invalid for too many rows or wrong filters."""
    if kind not in ExportJob.Kind.values:
        raise NotFound
    asked = _asked(request)
    if _count(asked) > AT_ONCE:
        raise Invalid(_("These are more than %(count)s cases. Have the file written.") % {"count": AT_ONCE})
    rows, keys = ordered(asked.qs, asked.form.cleaned_data)
    lines = table(rows, keys, _columns(request), get_language() or "")
    name = f"cases-{timezone.localtime(request.at):%Y%m%d-%H%M}.{kind}"
    if kind == ExportJob.Kind.EXCEL:
        file = BytesIO()
        write_excel(lines, file)
        return attached([file.getvalue()], name)
    return attached(csv_lines(lines), name)


@require_POST
@needs("export.view")
def start_export(request: PortalRequest) -> HttpResponse:
    """Have the worker write the file."""
    form = ExportForm(request.POST)
    if not form.is_valid():
        return _page(request, str(_("The form was damaged. Load the page again.")))
    try:
        ask_export(
            by=request.user,
            at=request.at,
            kind=form.cleaned_data["kind"],
            query=kept_query(request),
            columns=[column.key for column in _columns(request)],
            total=_count(_asked(request)),
            request_key=str(form.cleaned_data["request_key"]),
        )
    except Invalid as refusal:
        return _page(request, str(refusal))
    return HttpResponseRedirect(_address(request))


def export_file(request: PortalRequest, pk: int) -> HttpResponseBase:
    """A file that the worker has written, to whom it belongs. Raises: NotFound."""
    job = ready_export(request.user, pk, request.on)
    path = export_path(job)
    if not path.is_file():
        raise NotFound
    name = f"cases-{timezone.localtime(job.created_at):%Y%m%d-%H%M}.{job.kind}"
    return attached(parts_of(path), name)


def _asked(request: PortalRequest) -> CaseListFilter:
    """What the address asks for. Raises: Invalid for wrong filters."""
    asked = asked_list(request.GET, request)
    if not asked.is_valid():
        raise Invalid(_("The filters cannot be read. Load the page again."))
    return asked


def _count(asked: CaseListFilter) -> int:
    return count_at_most({"all": asked.qs}, MOST_ROWS + 1)["all"]


def _columns(request: PortalRequest) -> list[Column]:
    return columns_shown(request, views_kept(request.user, request.on))


def _jobs(request: PortalRequest) -> dict[str, Any]:
    jobs = exports_of(request.user, request.on)
    return {"jobs": jobs, "is_writing": any(job.state == ExportJob.State.WAITING for job in jobs)}


def _address(request: PortalRequest, name: str = "cases:export", **parts: str) -> str:
    """The address of a page of the export of the same list."""
    columns = urlencode({"columns": request.GET.get("columns", "")}) if request.GET.get("columns") else ""
    query = "&".join(part for part in (kept_query(request), columns) if part)
    return f"{reverse(name, kwargs=parts)}?{query}"


def _page(request: PortalRequest, refusal: str = "") -> HttpResponse:
    count = _count(_asked(request))
    context = {
        "count": count,
        "is_short": count <= AT_ONCE,
        "is_too_long": count > MOST_ROWS,
        "most": MOST_ROWS,
        "refusal": refusal,
        "form": ExportForm(),
        "columns": _columns(request),
        "back_url": f"{reverse('cases:list')}?{kept_query(request)}",
        "start_url": _address(request, "cases:start-export"),
        "downloads": [
            (label, _address(request, "cases:download", kind=kind)) for kind, label in ExportJob.Kind.choices
        ],
        "kinds": ExportJob.Kind.choices,
        **_jobs(request),
    }
    return render(request, "cases/export.html", context, status=422 if refusal else 200)
