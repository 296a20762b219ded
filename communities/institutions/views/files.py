"""Files of institutions: photos, and signed agreements."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from citymgmt.documents import FORMS, PDF
from citymgmt.files import private_file, saved_file
from citymgmt.photos.stored import photo_store
from citymgmt.refusals import NotFound
from communities.institutions.querysets import visible_paper, visible_photo


@require_safe
def photo(request: Any, pk: int, size: str) -> HttpResponseBase:
    """The picture or its thumbnail. Raises: NotFound, also while there is none."""
    digest = visible_photo(request.user, pk, request.on).hash_of(size)
    if not digest:
        raise NotFound
    path = photo_store().path(digest)
    return private_file(request, path, name=f"institution-{size}-{pk}.jpg", content_type="image/jpeg", etag=digest)


@require_safe
def paper(request: Any, pk: int) -> HttpResponse:
    """The signed paper of an agreement, to be saved. Raises: NotFound."""
    found = visible_paper(request.user, pk, request.on)
    name = f"agreement-{found.agreement.signed_on:%Y%m%d}-{pk}.pdf"
    return saved_file(bytes(found.content), name=name, content_type=FORMS[PDF].content_type)
