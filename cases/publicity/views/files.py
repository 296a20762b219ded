"""Files of publicity: photos, lists as tables."""

from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.publicity.columns import ITEM_COLUMNS, SUGGESTION_COLUMNS
from cases.publicity.lifecycle import SUGGESTION_VIEW, VIEW
from cases.publicity.querysets import visible_photo
from cases.publicity.views.items import asked_items
from cases.publicity.views.suggestions import asked_suggestions
from citymgmt.files import private_file, table_file
from citymgmt.pages import needs
from citymgmt.photos.stored import photo_store
from citymgmt.refusals import Invalid, NotFound
from citymgmt.sheets import KINDS, table


@require_safe
def photo_file(request: Any, pk: int, size: str) -> HttpResponseBase:
    """The picture or its thumbnail. Raises: NotFound, also while there is none."""
    digest = visible_photo(request.user, pk, request.on).hash_of(size)
    if not digest:
        raise NotFound
    path = photo_store().path(digest)
    return private_file(request, path, name=f"publicity-{size}-{pk}.jpg", content_type="image/jpeg", etag=digest)


@require_safe
@needs(VIEW)
def items_file(request: Any, kind: str) -> HttpResponseBase:
    """The items as they are filtered, as Excel or CSV. Raises: NotFound, NotPermitted, Invalid for wrong filters."""
    form, rows = asked_items(request)
    return _file(request, kind, "publicity", form, table(ITEM_COLUMNS, rows))


@require_safe
@needs(SUGGESTION_VIEW)
def suggestions_file(request: Any, kind: str) -> HttpResponseBase:
    """The suggestions as they are filtered, as Excel or CSV. Raises: NotFound, NotPermitted, Invalid."""
    form, rows = asked_suggestions(request)
    return _file(request, kind, "suggestions", form, table(SUGGESTION_COLUMNS, rows))


def _file(request: Any, kind: str, name: str, form: Any, lines: Any) -> HttpResponseBase:
    if kind not in KINDS:
        raise NotFound
    if not form.is_valid():
        raise Invalid(_("The filters cannot be read. Load the page again."))
    return table_file(lines, f"{name}-{timezone.localtime(request.at):%Y%m%d-%H%M}.{kind}")
