"""Pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def desk(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def mine(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def case_list(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def overdue(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def approvals(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


def escalations(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()
