"""Files of residential areas: photos, the register as a table."""

from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from citymgmt.files import private_file, table_file
from citymgmt.pages import needs
from citymgmt.photos.stored import photo_store
from citymgmt.refusals import Invalid, NotFound
from citymgmt.sheets import KINDS, table
from communities.areas.columns import COLUMNS
from communities.areas.querysets import visible_photo
from communities.areas.views.looking import asked_areas


@require_safe
def photo_file(request: Any, pk: int, size: str) -> HttpResponseBase:
    """The picture or its thumbnail. Raises: NotFound, also while there is none."""
    digest = visible_photo(request.user, pk, request.on).hash_of(size)
    if not digest:
        raise NotFound
    path = photo_store().path(digest)
    return private_file(request, path, name=f"area-{size}-{pk}.jpg", content_type="image/jpeg", etag=digest)


@require_safe
@needs("area.view")
def register_file(request: Any, kind: str) -> HttpResponseBase:
    """The register as it is filtered, as Excel or CSV. Raises: NotFound for another kind, Invalid for wrong filters."""
    if kind not in KINDS:
        raise NotFound
    form, rows = asked_areas(request)
    if not form.is_valid():
        raise Invalid(_("The filters cannot be read. Load the page again."))
    return table_file(table(COLUMNS, rows), f"areas-{timezone.localtime(request.at):%Y%m%d-%H%M}.{kind}")
