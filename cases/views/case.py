"""Pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def detail(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def act(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()
