"""What the pages without log-in share: open to everybody, kept out of caches; who follows which report."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from cases.intake.guests import FormKey
from cases.intake.models import Report
from cases.intake.secrets import new_key
from citymgmt.people.turns import open_to_guests
from citymgmt.refusals import Refusal

View = Callable[..., HttpResponseBase]
Response = TypeVar("Response", bound=HttpResponseBase)
COOKIE, SALT = "followed", "citymgmt.followed"
FOLLOWED_FOR = timedelta(minutes=30)


def open_to_all(view: View) -> View:
    """Let everybody in, and keep the page out of every cache."""

    @open_to_guests
    @wraps(view)
    def opened(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return private(view(request, *args, **kwargs))

    return opened


def private(response: Response) -> Response:
    """The page, kept out of caches and search engines."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def fresh_key(at: datetime) -> FormKey:
    """A key for a form that is shown for the first time."""
    return FormKey(new_key(), at)


# --- who follows what --------------------------------------------------------------------------------------------
class NotFollowed(Refusal):
    """Nobody opened a report here, or half an hour ago: number and secret are asked for again."""

    status = 403
    code = "not_followed"
    sentence: Any = _("Open your report again with its number and secret.")


def remember(response: HttpResponse, report: Report, at: datetime) -> HttpResponse:
    """Let this browser follow the report for half an hour. The cookie is signed and names the report by its id."""
    told = signing.dumps({"report": report.pk, "at": int(at.timestamp())}, salt=SALT)
    where = {"path": "/follow/", "httponly": True, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE}
    response.set_cookie(COOKIE, told, max_age=FOLLOWED_FOR, **where)
    return response


def followed(request: Any) -> Report:
    """The report that this browser follows. Raises: NotFollowed."""
    try:
        told = signing.loads(request.COOKIES.get(COOKIE, "")[:500], salt=SALT)
        made_at = datetime.fromtimestamp(told["at"], request.at.tzinfo)
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        raise NotFollowed from None
    report = Report.objects.filter(pk=told["report"]).select_related("case", "topic", "case__merged_into").first()
    if report is None or not made_at <= request.at < made_at + FOLLOWED_FOR:
        raise NotFollowed
    return report
