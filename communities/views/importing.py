"""The page on which an administrator brings in a list of the sub-district's communities."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from citymgmt.people.permissions import require_role
from citymgmt.refusals import Invalid, mark
from communities.actions import Imported, import_communities
from communities.forms import ImportForm
from communities.importing import LARGEST_FILE, read_rows

SHOWN_ERRORS = 200


@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: Any) -> HttpResponse:
    """Check a file, say what is wrong by row, and import it."""
    require_role(request.user, "community.edit")
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    done: Imported | None = None
    if form.is_bound and form.is_valid():
        try:
            done = _imported(request, form)
        except Invalid as refused:
            mark(form, refused)
    if done is not None and done.is_written and not done.errors:
        messages.success(
            request,
            _("%(added)s communities were added, %(changed)s changed, %(unchanged)s were as before.") % vars(done),
        )
        return redirect("communities:list")
    context = {
        "form": form,
        "imported": done,
        "shown_errors": done.errors[:SHOWN_ERRORS] if done else [],
        "title": _("Import communities"),
        "lead": _("Repeat it at will: known communities are matched by name and never doubled."),
        "back_url": reverse("communities:list"),
        "back_label": _("Communities"),
        "template_url": "",
    }
    is_wrong = form.is_bound and (done is None or bool(done.errors))
    return render(request, "communities/import.html", context, status=422 if is_wrong else 200)


def _imported(request: Any, form: ImportForm) -> Imported:
    rows, errors = read_rows(form.cleaned_data["file"].read(LARGEST_FILE + 1))
    return import_communities(
        rows=rows,
        errors=errors,
        by=request.user,
        skip_errors=form.cleaned_data["skip_errors"],
        is_dry_run=form.cleaned_data["is_dry_run"],
    )
