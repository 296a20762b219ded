"""Pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def users(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def user(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def create_user(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()
