"""The page on which an office brings in a list from a sheet, the same for each kind of thing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from citymgmt.form_pages import sent_with_files
from citymgmt.forms import PortalForm
from citymgmt.people.models import User
from citymgmt.people.permissions import require_role
from citymgmt.refusals import Invalid, mark
from communities.importing import LARGEST_FILE

SHOWN_ERRORS = 200
AS_THE_SHEET = _("CSV or XLSX with the headings of the sheet to begin with; at most 500 rows.")
COUNTS = {"added": _("New"), "changed": _("Changed"), "unchanged": _("As before")}


class SheetForm(PortalForm):
    """A sheet with certain columns, and what is chosen with it."""

    choices: ClassVar[tuple[str, ...]] = ("skip_errors", "is_dry_run")

    file = forms.FileField(label=_("The file"), widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}))
    skip_errors = forms.BooleanField(label=_("Leave out wrong rows and import the others"), required=False)
    is_dry_run = forms.BooleanField(label=_("Only check, write nothing"), required=False, initial=True)

    def __init__(self, *args: Any, user: User, columns: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["file"].help_text = columns


def counts_of(done: Any) -> list[tuple[Any, int]]:
    """How many rows were new, changed, as before, as far as this import tells them apart; none before one."""
    return [(label, getattr(done, name)) for name, label in COUNTS.items() if hasattr(done, name)]


@dataclass(frozen=True)
class ImportPage:
    """What is brought in: by whom, how a file is `read` into rows and errors and `load`ed, and in which words. `home`
    names the list, `template` the sheet to begin with, where there is one; `done` says what was written.
    """

    permission: str
    read: Callable[[bytes], tuple[Any, Any]]
    load: Callable[..., Any]
    title: Any
    lead: Any
    done: Any
    home: str
    home_label: Any
    template: str = ""
    columns: Any = AS_THE_SHEET
    form: type[SheetForm] = SheetForm

    def answer(self, request: Any) -> HttpResponse:
        """Check a file, say what is wrong by row, and import it. Raises: NotPermitted."""
        require_role(request.user, self.permission)
        form = self.form(*sent_with_files(request), user=request.user, columns=self.columns)
        done = self._imported(request, form) if form.is_bound and form.is_valid() else None
        if done is not None and done.is_written and not done.errors:
            messages.success(request, self.done % vars(done))
            return redirect(self.home)
        is_wrong = form.is_bound and (done is None or bool(done.errors))
        return render(request, "communities/import.html", self._context(form, done), status=422 if is_wrong else 200)

    def _imported(self, request: Any, form: SheetForm) -> Any:
        """What came of it; None when it was refused, which the form says."""
        rows, errors = self.read(form.cleaned_data["file"].read(LARGEST_FILE + 1))
        told = {name: form.cleaned_data[name] for name in form.choices if name in form.fields}
        try:
            return self.load(rows=rows, errors=errors, by=request.user, at=request.at, **told)
        except Invalid as refused:
            mark(form, refused)
            return None

    def _context(self, form: SheetForm, done: Any) -> dict[str, Any]:
        return {
            "form": form,
            "imported": done,
            "counts": counts_of(done),
            "shown_errors": done.errors[:SHOWN_ERRORS] if done else [],
            "title": self.title,
            "lead": self.lead,
            "back_url": reverse(self.home),
            "back_label": self.home_label,
            "template_url": reverse(self.template) if self.template else "",
        }
