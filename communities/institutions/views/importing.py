"""The page on which a clerk brings in a list of institutions."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from citymgmt.form_pages import ASKING
from communities.import_pages import ImportPage
from communities.institutions.actions import import_institutions
from communities.institutions.actions.importing import IMPORT
from communities.institutions.importing import read_institutions

PAGE = ImportPage(
    permission=IMPORT,
    read=read_institutions,
    load=import_institutions,
    title=_("Import institutions"),
    lead=_("Repeat it at will: known ones are matched by community and name and never doubled."),
    done=_("%(added)s institutions were added, %(changed)s changed, %(unchanged)s were as before."),
    home="institutions:list",
    home_label=_("Institutions"),
    columns=_(
        "CSV or XLSX with the columns 社区, 单位名称 and 单位类型; also 统一社会信用代码, 地址, 责任区, 临街长度, "
        "联系人, 办公电话."
    ),
)


@require_http_methods(ASKING)
def import_list(request: Any) -> HttpResponse:
    """Check a file, say what is wrong by row, and import it. Raises: NotPermitted."""
    return PAGE.answer(request)
