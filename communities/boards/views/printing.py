"""Notice sheets to print, of one community or of all within reach, as PDF.

A sheet is made while the person waits: it takes about a tenth of a second, and shows what is so at that moment.
"""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from citymgmt.files import saved_file
from citymgmt.papers.fonts import PaperNotPossible
from citymgmt.papers.poster import SIZES
from citymgmt.papers.poster_pdf import poster_pdf
from citymgmt.people.permissions import require_role, visible_to
from citymgmt.refusals import NotFound, Refusal
from communities.boards.querysets import contents_on, open_communities
from communities.boards.sheets import TITLE, poster_of
from communities.models import Community

MOST = 60  # sheets in one file


class SheetNotPossible(Refusal):
    """This machine cannot draw a sheet; the sentence says what to install."""

    status = 503
    code = "no_pdf"
    sentence: Any = gettext_lazy("The PDF cannot be made on this machine.")


@require_safe
def sheet(request: Any, size: str, code: str) -> HttpResponse:
    """The sheet of one community. Raises: NotFound, SheetNotPossible."""
    return _file(request, size, list(_reached(request).filter(code=code)), code)


@require_safe
def sheets(request: Any, size: str) -> HttpResponse:
    """The sheets of all communities within reach. Raises: NotFound, NotPermitted, SheetNotPossible."""
    require_role(request.user, "board.view")
    return _file(request, size, list(_reached(request)[:MOST]), _("all"))


def _reached(request: Any) -> Any:
    return visible_to(request.user, open_communities(), on=request.on, action="board.view")


def _file(request: Any, size: str, communities: Iterable[Community], name: str) -> HttpResponse:
    rows = list(communities)
    if size not in SIZES or not rows:
        raise NotFound
    contents = contents_on(rows, request.on)
    try:
        made = poster_pdf([poster_of(contents[one.pk], request.on) for one in rows], size)
    except PaperNotPossible as error:
        raise SheetNotPossible(str(error)) from error
    return saved_file(made, name=f"{TITLE}-{name}-{size.upper()}.pdf", content_type="application/pdf")
