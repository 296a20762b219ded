"""The page on which a clerk brings in a list of residential areas, and the sheet to begin with."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from citymgmt.files import table_file
from citymgmt.form_pages import ASKING, sent_with_files
from citymgmt.people.permissions import require_role
from citymgmt.refusals import Invalid, mark
from communities.areas.actions.importing import IMPORT, Imported, import_areas
from communities.areas.reading import TEMPLATE, read_areas
from communities.forms import ImportForm
from communities.importing import LARGEST_FILE

SHOWN_ERRORS = 200
EXAMPLE = ("榕荫小区", "榕荫社区", "榕荫路20号", "旧小区", "12", "360", "28000.50", "1992", "", "", "", "")


class AreasForm(ImportForm):
    """A list of the office's residential areas."""

    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("CSV or XLSX with the headings of the sheet to begin with; at most 500 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )


@require_http_methods(ASKING)
def import_list(request: Any) -> HttpResponse:
    """Check a file, say what is wrong by row, and import it. Raises: NotPermitted."""
    require_role(request.user, IMPORT)
    form = AreasForm(*sent_with_files(request))
    done: Imported | None = None
    if form.is_bound and form.is_valid():
        try:
            done = _imported(request, form)
        except Invalid as refused:
            mark(form, refused)
    if done is not None and done.is_written and not done.errors:
        told = _("%(added)s areas were added, %(changed)s changed, %(unchanged)s were as before.")
        messages.success(request, told % vars(done))
        return redirect("areas:list")
    context = {
        "form": form,
        "imported": done,
        "shown_errors": done.errors[:SHOWN_ERRORS] if done else [],
        "title": _("Import residential areas"),
        "lead": _("Repeat it at will: known areas are matched by community and name and never doubled."),
        "back_url": reverse("areas:list"),
        "back_label": _("Residential areas"),
        "template_url": reverse("areas:template"),
    }
    is_wrong = form.is_bound and (done is None or bool(done.errors))
    return render(request, "communities/import.html", context, status=422 if is_wrong else 200)


def _imported(request: Any, form: AreasForm) -> Imported:
    rows, errors = read_areas(form.cleaned_data["file"].read(LARGEST_FILE + 1))
    told = {name: form.cleaned_data[name] for name in ("skip_errors", "is_dry_run")}
    return import_areas(rows=rows, errors=errors, by=request.user, at=request.at, **told)


@require_safe
def template(request: Any) -> HttpResponseBase:
    """The sheet to begin with: its headings and one line as an example. Raises: NotPermitted."""
    require_role(request.user, IMPORT)
    return table_file([TEMPLATE, EXAMPLE], "areas.xlsx")
