"""What pages share: who may open them, and the page of a list that an address names."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase

from citymgmt.people.permissions import allows
from citymgmt.refusals import NotPermitted

ROWS_PER_PAGE = 25
View = Callable[..., HttpResponseBase]


def needs(*actions: str) -> Callable[[View], View]:
    """Open a page only to whose role includes one of these rows of the permission table. Raises: NotPermitted."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not any(allows(request.user, action) for action in actions):
                raise NotPermitted
            return view(request, *args, **kwargs)

        return guarded

    return guard


def page_of(request: HttpRequest, rows: QuerySet[Any], per_page: int = ROWS_PER_PAGE) -> Page[Any]:
    """The page that the address names; the nearest one when there is no such page."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))
