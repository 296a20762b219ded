"""The page on which a clerk brings in a list of publicity, and the sheet to begin with."""

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

from cases.publicity.actions import Imported, import_items
from cases.publicity.actions.importing import IMPORT
from cases.publicity.reading import TEMPLATE, read_items
from citymgmt.files import table_file
from citymgmt.form_pages import ASKING, sent_with_files
from citymgmt.people.permissions import require_role
from citymgmt.refusals import Invalid, mark
from communities.forms import ImportForm
from communities.importing import LARGEST_FILE

SHOWN_ERRORS = 200
EXAMPLE = (
    "墙报", "垃圾分类从我做起", "榕荫社区", "榕荫路公告栏", "", "1", "期", "", "2026-03-02", "2026-03-03", "2026-03-31",
    "2026-03-30", "600", "",
)  # fmt: skip


class ItemsForm(ImportForm):
    """A list of the office's publicity."""

    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("CSV or XLSX with the headings of the sheet to begin with; at most 500 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )


@require_http_methods(ASKING)
def import_list(request: Any) -> HttpResponse:
    """Check a file, say what is wrong by row, and import it. Raises: NotPermitted."""
    require_role(request.user, IMPORT)
    form = ItemsForm(*sent_with_files(request))
    done: Imported | None = None
    if form.is_bound and form.is_valid():
        try:
            done = _imported(request, form)
        except Invalid as refused:
            mark(form, refused)
    if done is not None and done.is_written and not done.errors:
        told = _("%(added)s items were added, %(changed)s changed, %(unchanged)s were as before.")
        messages.success(request, told % vars(done))
        return redirect("publicity:items")
    is_wrong = form.is_bound and (done is None or bool(done.errors))
    return render(request, "communities/import.html", _context(form, done), status=422 if is_wrong else 200)


def _context(form: ItemsForm, done: Imported | None) -> dict[str, Any]:
    return {
        "form": form,
        "imported": done,
        "shown_errors": done.errors[:SHOWN_ERRORS] if done else [],
        "title": _("Import publicity"),
        "lead": _("Repeat it at will: known items are matched by community, kind, theme, day and place."),
        "back_url": reverse("publicity:items"),
        "back_label": _("Publicity"),
        "template_url": reverse("publicity:template"),
    }


def _imported(request: Any, form: ItemsForm) -> Imported:
    rows, errors = read_items(form.cleaned_data["file"].read(LARGEST_FILE + 1))
    told = {name: form.cleaned_data[name] for name in ("skip_errors", "is_dry_run")}
    return import_items(rows=rows, errors=errors, by=request.user, at=request.at, **told)


@require_safe
def template(request: Any) -> HttpResponseBase:
    """The sheet to begin with: its headings and one line as an example. Raises: NotPermitted."""
    require_role(request.user, IMPORT)
    return table_file([TEMPLATE, EXAMPLE], "publicity.xlsx")
