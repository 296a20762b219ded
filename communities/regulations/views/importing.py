"""The page on which a list of regulations is brought in."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from citymgmt.people.permissions import allows, require_role
from citymgmt.refusals import Invalid, mark
from communities.importing import LARGEST_FILE
from communities.regulations.actions import Imported, import_regulations
from communities.regulations.forms import ImportForm
from communities.regulations.importing import read_regulations
from communities.regulations.querysets import KEEP, SHARE
from communities.views.pages import ASKING, sent, sent_files

SHOWN_ERRORS = 200


@require_http_methods(ASKING)
def import_list(request: Any) -> HttpResponse:
    """Check a file, say what is wrong by row, and import it. Raises: NotPermitted."""
    require_role(request.user, KEEP)
    form = ImportForm(sent(request), sent_files(request), may_share=allows(request.user, SHARE))
    done: Imported | None = None
    if form.is_bound and form.is_valid():
        try:
            done = _imported(request, form)
        except Invalid as refused:
            mark(form, refused)
    if done is not None and done.is_written and not done.errors:
        messages.success(request, _("%(added)s regulations were added, %(unchanged)s were known already.") % vars(done))
        return redirect("regulations:list")
    context = {"form": form, "imported": done, "shown_errors": done.errors[:SHOWN_ERRORS] if done else []}
    is_wrong = form.is_bound and (done is None or bool(done.errors))
    return render(request, "regulations/import.html", context, status=422 if is_wrong else 200)


def _imported(request: Any, form: ImportForm) -> Imported:
    rows, errors = read_regulations(form.cleaned_data["file"].read(LARGEST_FILE + 1))
    given = {name: form.cleaned_data.get(name, False) for name in ("is_shared", "skip_errors", "is_dry_run")}
    return import_regulations(by=request.user, at=request.at, rows=rows, errors=errors, **given)
