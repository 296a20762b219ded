"""Pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def standards(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def standard(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def revise(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()
