"""Pages of the list of cases: by number with a count, or by key with a cursor, which costs the same however far."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from cases.keyset import KeysetPage, keys_of, page_by_key
from cases.models import Case
from citymgmt.api import PortalPagination, asks_exact_count
from citymgmt.refusals import Invalid

BY_KEY = frozenset({"due_at", "created_at", "filed_at", "closed_at", "number", "state"})
CURSOR = OpenApiParameter(
    "cursor",
    OpenApiTypes.STR,
    description="Pages by key instead of by number: begin with an empty one, then follow `next`. Cases that come or go"
    " meanwhile neither repeat nor skip others; `count` is null unless `count=exact` asks for it. Not together with"
    " `page`, nor in the order of `community` or `disorder`.",
)


class CasePagination(PortalPagination):
    """Pages of 50, at most 200; with `cursor` in the address by key."""

    keyset: KeysetPage[Case] | None = None
    count: int | None = None

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any] | None:
        """The rows of the page. Raises: ParseError, Invalid, NotFound."""
        cursor = request.query_params.get("cursor")
        if cursor is None:
            return super().paginate_queryset(queryset, request, view)
        if "page" in request.query_params:
            raise ParseError(_("Give a page or a cursor, not both."))
        keys = keys_of(Case, _ordering(request))
        self.request = request
        self.count = queryset.count() if asks_exact_count(request) else None
        self.keyset = page_by_key(queryset, keys, cursor, self.get_page_size(request) or 1)
        return self.keyset.object_list

    def get_paginated_response(self, data: Any) -> Response:
        """The page with the addresses of its neighbours."""
        if self.keyset is None:
            return super().get_paginated_response(data)
        cursors = {"next": self.keyset.next_cursor, "previous": self.keyset.previous_cursor}
        here = self.request.build_absolute_uri()  # type: ignore[union-attr]
        links = {name: replace_query_param(here, "cursor", text) if text else None for name, text in cursors.items()}
        return Response({"count": self.count, **links, "results": data})


def _ordering(request: Request) -> Sequence[str]:
    """The order that was asked for, which the filters have checked. Raises: Invalid for one without a key."""
    names = [name.strip() for name in request.query_params.get("ordering", "").split(",") if name.strip()]
    if not {name.lstrip("-") for name in names} <= BY_KEY:
        raise Invalid(fields={"ordering": _("Pages by cursor cannot have this order.")})
    return names
