"""The page on which an administrator brings in a list of the sub-district's communities."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from citymgmt.form_pages import ASKING
from communities.actions import Imported, import_communities
from communities.import_pages import ImportPage
from communities.importing import read_rows


def _load(*, at: Any, **told: Any) -> Imported:
    """The trail of communities has a clock of its own."""
    return import_communities(**told)


PAGE = ImportPage(
    permission="community.edit",
    read=read_rows,
    load=_load,
    title=_("Import communities"),
    lead=_("Repeat it at will: known communities are matched by name and never doubled."),
    done=_("%(added)s communities were added, %(changed)s changed, %(unchanged)s were as before."),
    home="communities:list",
    home_label=_("Communities"),
    columns=_("CSV or XLSX with the columns “street_code” and “community”; “code” where it is known."),
)


@require_http_methods(ASKING)
def import_list(request: Any) -> HttpResponse:
    """Check a file, say what is wrong by row, and import it. Raises: NotPermitted."""
    return PAGE.answer(request)
