"""The page on which a clerk brings in a list of institutions."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from citymgmt.people.permissions import require_role
from citymgmt.refusals import Invalid, mark
from communities.importing import LARGEST_FILE
from communities.institutions.actions import Imported, import_institutions
from communities.institutions.actions.importing import IMPORT
from communities.institutions.forms import ImportForm
from communities.institutions.importing import read_institutions
from communities.views.pages import ASKING, sent, sent_files

SHOWN_ERRORS = 200


@require_http_methods(ASKING)
def import_list(request: Any) -> HttpResponse:
    """Check a file, say what is wrong by row, and import it. Raises: NotPermitted."""
    require_role(request.user, IMPORT)
    form = ImportForm(sent(request), sent_files(request))
    done: Imported | None = None
    if form.is_bound and form.is_valid():
        try:
            done = _imported(request, form)
        except Invalid as refused:
            mark(form, refused)
    if done is not None and done.is_written and not done.errors:
        sentence = _("%(added)s institutions were added, %(changed)s changed, %(unchanged)s were as before.")
        messages.success(request, sentence % vars(done))
        return redirect("institutions:list")
    context = {"form": form, "imported": done, "shown_errors": done.errors[:SHOWN_ERRORS] if done else []}
    is_wrong = form.is_bound and (done is None or bool(done.errors))
    return render(request, "institutions/import.html", context, status=422 if is_wrong else 200)


def _imported(request: Any, form: ImportForm) -> Imported:
    rows, errors = read_institutions(form.cleaned_data["file"].read(LARGEST_FILE + 1))
    given = {name: form.cleaned_data[name] for name in ("skip_errors", "is_dry_run")}
    return import_institutions(by=request.user, at=request.at, rows=rows, errors=errors, **given)
