"""What every request passes: its one moment, clean text, the person's language, private pages, refusals as pages."""

import re
from collections.abc import Callable, Iterable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from citymgmt.refusals import Invalid, Refusal

GetResponse = Callable[[HttpRequest], HttpResponse]
# NUL and other C0 controls but tab, line feed and carriage return; C1; lone surrogates; bidirectional overrides
HOSTILE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def request_time(get_response: GetResponse) -> GetResponse:
    """Give each request its one moment, `request.at` (aware), and local day, `request.on`: views read no clock."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()  # type: ignore[attr-defined]
        request.on = timezone.localdate(request.at)  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def is_hostile(texts: Iterable[str]) -> bool:
    """Whether some text holds characters that no person types."""
    return any(HOSTILE.search(text) for text in texts)


def hostile_text(get_response: GetResponse) -> GetResponse:
    """Refuse addresses and query strings with control characters or broken encoding, once, for all views."""

    def middleware(request: HttpRequest) -> HttpResponse:
        texts = [request.path, *(text for key, values in request.GET.lists() for text in (key, *values))]
        if is_hostile(texts) or max(map(len, texts)) > 4000:
            sentence = _("The address holds characters that cannot be read.")
            return _as_problem(sentence) if request.path.startswith("/api/") else _as_text(sentence)
        if _is_unreadable_form(request):
            return _as_text(_("The form is not encoded in UTF-8. Load the page again."))
        return get_response(request)

    return middleware


def _is_unreadable_form(request: HttpRequest) -> bool:
    """Whether a form says another encoding: Django cannot read it, and its error pages then fail as well."""
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    is_form = request.content_type in FORMS and not request.path.startswith("/api/")
    return is_form and charset not in ("utf-8", "utf8")


def _as_text(sentence: str) -> HttpResponse:
    return HttpResponse(sentence, status=400, content_type="text/plain")


def _as_problem(sentence: str) -> HttpResponse:
    body = {"type": "urn:citymgmt:bad_address", "title": "bad address", "status": 400, "detail": sentence}
    return JsonResponse(body, status=400, content_type="application/problem+json")


def personal_language(get_response: GetResponse) -> GetResponse:
    """Speak the language that the person chose, wherever the person logs in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        language = getattr(request.user, "language", "")
        if language and language != translation.get_language():
            translation.activate(language)
            request.LANGUAGE_CODE = language
        return get_response(request)

    return middleware


def private_pages(get_response: GetResponse) -> GetResponse:
    """Keep pages of logged-in people out of every cache."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware


class refusals_as_pages:  # noqa: N801  (named as the other middlewares)
    """Turn a refusal raised by a view into a page with its sentence, and a busy database into a 503."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal; anything else stays an error."""
        if isinstance(error, OperationalError):
            response = render(request, "503.html", status=503)
            response["Retry-After"] = "5"
            return response
        if not isinstance(error, Refusal):
            return None
        status = 422 if isinstance(error, Invalid) else error.status
        response = render(request, "refusal.html", {"status": status, "reason": str(error)}, status=status)
        for name, value in error.headers.items():
            response[name] = value
        return response
