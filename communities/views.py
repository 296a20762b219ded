"""Pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def communities(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def community(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def assign(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def leave(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def hand_over(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def handover_sheet(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()
