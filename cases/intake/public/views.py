"""The public pages: list with map and figures, one case, open data. Nobody logs in, nothing is written."""

import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db.models import Count, Max
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cases.intake.models import Publication
from cases.intake.public.forms import PublicFilter
from cases.intake.public.showing import bulk_lines, figures_of, map_of, map_of_one, shown
from cases.keyset import keys_of, page_by_key
from citymgmt.files import attached
from citymgmt.people.log_in import address_of
from citymgmt.people.rates import count_request
from citymgmt.people.turns import open_to_guests
from citymgmt.refusals import NotFound
from citymgmt.sheets import csv_lines

PAGE = 25
KEPT_SECONDS = 60
ORDER = ["-requested_at"]
FORGERY_TOKEN = re.compile(rb"[A-Za-z0-9]{64}")  # another one in each answer; the older ones hold as well
View = Callable[..., HttpResponseBase]


def open_page(view: View) -> View:
    """A page for everybody: a browser keeps it for a minute, then asks whether it has changed. Caches that others share
    do not keep it, because it carries the visitor's own token for the choice of the language.
    """

    @open_to_guests
    @require_safe
    @wraps(view)
    def opened(request: Any, **parts: Any) -> HttpResponseBase:
        response = view(request, **parts)
        if request.user.is_authenticated or not isinstance(response, HttpResponse):
            return response
        etag = f'"{hashlib.sha256(FORGERY_TOKEN.sub(b"", response.content)).hexdigest()[:32]}"'
        response["ETag"], response["Cache-Control"] = etag, f"private, max-age={KEPT_SECONDS}"
        return get_conditional_response(request, etag=etag, response=response) or response

    return opened


@open_page
def case_list(request: Any) -> HttpResponseBase:
    """Published cases with filters, a map and figures. Raises: Invalid (a damaged address of a page)."""
    form = PublicFilter(request.GET.dict())
    wanted = form.wanted(request.at)
    rows = wanted.among(Publication.objects.all())
    page = page_by_key(rows, keys_of(Publication, ORDER), request.GET.get("cursor", ""), PAGE)
    by_community, by_topic = figures_of(rows)
    context = {
        "form": form,
        "page": page,
        "cases": list(shown(page.object_list)),
        "drawing": map_of(rows, wanted.community),
        "figures": [("community", by_community), ("topic", by_topic)],
        "period": form.period_in_words,
        "is_filtered": form.is_filtered,
        "query": request.GET.urlencode(),
    }
    return render(request, "intake/public/list.html", context)


@open_page
def one_case(request: Any, number: str) -> HttpResponseBase:
    """A published case with how far it came. Raises: NotFound."""
    row = Publication.objects.filter(number=number).first()
    if row is None:
        raise NotFound
    (one,) = shown([row])
    context = {"case": one, "updates": list(row.updates.order_by("-seq")), "drawing": map_of_one(one)}
    return render(request, "intake/public/case.html", context)


@open_to_guests
@require_safe
def open_data(request: Any) -> HttpResponseBase:
    """The same list as a table for programs, in the columns of GeoReport Bulk; kept by all caches for a minute.

    Raises: TooMany.
    """
    count_request(kind="open-data", who=address_of(request), limit=settings.PUBLIC_FILE_RATE, at=request.at)
    rows = PublicFilter(request.GET.dict()).wanted(request.at).among(Publication.objects.all())
    language = get_language() or ""
    told = (language, request.GET.urlencode(), *rows.aggregate(Max("updated_at"), Count("pk")).values())
    etag = f'"{hashlib.sha256(repr(told).encode()).hexdigest()[:32]}"'
    response: HttpResponseBase = get_conditional_response(request, etag=etag) or attached(
        csv_lines(bulk_lines(rows, language)), "cases.csv"
    )
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response
