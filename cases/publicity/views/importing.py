"""The page on which a clerk brings in a list of publicity, and the sheet to begin with."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.publicity.actions import import_items
from cases.publicity.actions.importing import IMPORT
from cases.publicity.reading import TEMPLATE, read_items
from citymgmt.files import table_file
from citymgmt.form_pages import ASKING
from citymgmt.people.permissions import require_role
from communities.import_pages import ImportPage

EXAMPLE = (
    "墙报", "垃圾分类从我做起", "榕荫社区", "榕荫路公告栏", "", "1", "期", "", "2026-03-02", "2026-03-03", "2026-03-31",
    "2026-03-30", "600", "",
)  # fmt: skip
PAGE = ImportPage(
    permission=IMPORT,
    read=read_items,
    load=import_items,
    title=_("Import publicity"),
    lead=_("Repeat it at will: known items are matched by community, kind, theme, day and place."),
    done=_("%(added)s items were added, %(changed)s changed, %(unchanged)s were as before."),
    home="publicity:items",
    home_label=_("Publicity"),
    template="publicity:template",
)


@require_http_methods(ASKING)
def import_list(request: Any) -> HttpResponse:
    """Check a file, say what is wrong by row, and import it. Raises: NotPermitted."""
    return PAGE.answer(request)


@require_safe
def template(request: Any) -> HttpResponseBase:
    """The sheet to begin with: its headings and one line as an example. Raises: NotPermitted."""
    require_role(request.user, IMPORT)
    return table_file([TEMPLATE, EXAMPLE], "publicity.xlsx")
