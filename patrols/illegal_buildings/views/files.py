"""Files of illegal buildings: photos, the papers of the steps, the register as a table."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from citymgmt.files import private_file, saved_file, table_file
from citymgmt.pages import needs
from citymgmt.people.permissions import require
from citymgmt.photos.stored import photo_store
from citymgmt.refusals import Invalid, NotFound
from citymgmt.sheets import KINDS, table
from patrols.illegal_buildings.columns import COLUMNS
from patrols.illegal_buildings.querysets import visible_paper, visible_photo
from patrols.illegal_buildings.views.looking import PAPER, asked_buildings


@require_safe
def photo_file(request: Any, pk: int, size: str) -> HttpResponseBase:
    """The picture or its thumbnail. Raises: NotFound, also while there is none."""
    digest = visible_photo(request.user, pk, request.on).hash_of(size)
    if not digest:
        raise NotFound
    path = photo_store().path(digest)
    return private_file(request, path, name=f"building-{size}-{pk}.jpg", content_type="image/jpeg", etag=digest)


@require_safe
def paper_file(request: Any, pk: int) -> HttpResponse:
    """The paper of a step, to be saved. Raises: NotFound, NotPermitted."""
    paper = visible_paper(request.user, pk, request.on)
    require(request.user, PAPER, paper, on=request.on)
    event = paper.event
    name = f"{event.building.number}-{event.seq}-{paper.ordinal}.pdf"
    return saved_file(bytes(paper.content), name=name, content_type="application/pdf")


@require_safe
@needs("building.view")
def register_file(request: Any, kind: str) -> HttpResponseBase:
    """The register as it is filtered, as Excel or CSV. Raises: NotFound for another kind, Invalid for wrong filters."""
    if kind not in KINDS:
        raise NotFound
    form, rows = asked_buildings(request)
    if not form.is_valid():
        raise Invalid(_("The filters cannot be read. Load the page again."))
    return table_file(table(COLUMNS, rows), f"buildings-{timezone.localtime(request.at):%Y%m%d-%H%M}.{kind}")
