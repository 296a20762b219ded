"""Who opened the link of a unit is let in to that unit's pages, and nobody else."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.http.response import HttpResponseBase

from cases.meetings.outside import actions
from cases.meetings.outside.models import UnitLink
from cases.views.lists.pages import PortalRequest

IN_SESSION = "unit_link"  # the id of the link that was opened in this session


class GuestRequest(PortalRequest):
    """A request of somebody who opened the link of a unit."""

    link: UnitLink


View = Callable[..., HttpResponseBase]
Response = TypeVar("Response", bound=HttpResponseBase)


def of_a_unit(view: View) -> View:
    """Let in by an opened link, and keep the page out of every cache. Raises: LinkGone."""

    @login_not_required
    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.link = actions.opened_link(request.session.get(IN_SESSION), request.at)
        return private(view(request, *args, **kwargs))

    return guarded


def private(response: Response) -> Response:
    """The page, kept out of caches and search engines."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def around(request: GuestRequest) -> dict[str, Any]:
    """What every page of a unit shows."""
    return {"link": request.link, "unit": request.link.unit}
