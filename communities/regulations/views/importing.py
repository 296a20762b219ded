"""The page on which a list of regulations is brought in."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from citymgmt.form_pages import ASKING
from citymgmt.people.permissions import allows
from communities.import_pages import ImportPage, SheetForm
from communities.regulations.actions import import_regulations
from communities.regulations.importing import read_regulations
from communities.regulations.querysets import KEEP, SHARE


class RegulationsForm(SheetForm):
    """A list of regulations, of the office's own or, by who may, for all offices."""

    is_shared = forms.BooleanField(label=_("shared by all offices"), required=False)
    field_order = ("file", "is_shared")
    choices = ("is_shared", *SheetForm.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not allows(self.user, SHARE):
            del self.fields["is_shared"]


PAGE = ImportPage(
    permission=KEEP,
    read=read_regulations,
    load=import_regulations,
    title=_("Import regulations"),
    lead=_("Repeat it at will: known ones are matched by title and first day and never doubled."),
    done=_("%(added)s regulations were added, %(unchanged)s were known already."),
    home="regulations:list",
    home_label=_("Regulations"),
    columns=_("CSV or XLSX with the columns 名称, 类别, 发文机关, 发布日期 and 施行日期; also 文号 and 网址."),
    form=RegulationsForm,
)


@require_http_methods(ASKING)
def import_list(request: Any) -> HttpResponse:
    """Check a file, say what is wrong by row, and import it. Raises: NotPermitted."""
    return PAGE.answer(request)
