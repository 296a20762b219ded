"""Pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def inbox(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def open_message(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()
