"""The page on which a clerk brings in a list of residential areas, and the sheet to begin with."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from citymgmt.files import table_file
from citymgmt.form_pages import ASKING
from citymgmt.people.permissions import require_role
from communities.areas.actions.importing import IMPORT, import_areas
from communities.areas.reading import TEMPLATE, read_areas
from communities.import_pages import ImportPage

EXAMPLE = ("榕荫小区", "榕荫社区", "榕荫路20号", "旧小区", "12", "360", "28000.50", "1992", "", "", "", "")
PAGE = ImportPage(
    permission=IMPORT,
    read=read_areas,
    load=import_areas,
    title=_("Import residential areas"),
    lead=_("Repeat it at will: known areas are matched by community and name and never doubled."),
    done=_("%(added)s areas were added, %(changed)s changed, %(unchanged)s were as before."),
    home="areas:list",
    home_label=_("Residential areas"),
    template="areas:template",
)


@require_http_methods(ASKING)
def import_list(request: Any) -> HttpResponse:
    """Check a file, say what is wrong by row, and import it. Raises: NotPermitted."""
    return PAGE.answer(request)


@require_safe
def template(request: Any) -> HttpResponseBase:
    """The sheet to begin with: its headings and one line as an example. Raises: NotPermitted."""
    require_role(request.user, IMPORT)
    return table_file([TEMPLATE, EXAMPLE], "areas.xlsx")
