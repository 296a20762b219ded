"""The answer to an error of ours: a page, or a problem for programs, each with the reference that the log carries."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

STATUS = 500


def server_error(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """500. Asks nothing: neither database nor session may work now (Django's `handler500`)."""
    reference = getattr(request, "request_id", "")
    if request.path_info.startswith("/api/"):
        detail = _("The portal made a mistake. Nothing was saved.")
        body = {"type": "urn:citymgmt:mistake", "title": "mistake", "status": STATUS, "detail": detail}
        return JsonResponse(
            {**body, "reference": reference}, status=STATUS, content_type="application/problem+json"
        )  # fmt: skip
    return HttpResponse(render_to_string("500.html", {"reference": reference}), status=STATUS)
