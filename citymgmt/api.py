"""The API's ground: strict JSON in, problem+json for what is refused, pages, moments and keys of a request."""

import json
from typing import Any, cast

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.paginator import EmptyPage, InvalidPage, Page, Paginator
from django.db import OperationalError
from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.pagination import PageNumberPagination
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from citymgmt.middleware import is_hostile
from citymgmt.refusals import Invalid, Refusal

DEEPEST = 20
LONGEST_BODY = 1_000_000  # bytes
MOST_COUNTED = 10_000  # rows of a list that are counted unasked
LAST_PAGE = 10**9


class TooLarge(exceptions.APIException):
    """The body is longer than any honest one."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = "The body is too large."
    default_code = "too_large"


class StrictJSONParser(JSONParser):
    """JSON with limits: size, depth, no repeated keys, no NaN, no characters that no person types."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """The value of the body. Raises: ParseError, TooLarge."""
        body = stream.read(LONGEST_BODY + 1)
        if len(body) > LONGEST_BODY:
            raise TooLarge
        try:
            text = body.decode("utf-8")
            _check_depth(text)
            value = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            raise exceptions.ParseError(_("The body is not valid JSON: %(why)s") % {"why": error}) from error
        _check_texts(value)
        return value


def _check_depth(text: str) -> None:
    depth = 0
    for character in text:
        if character in "[{":
            depth += 1
            if depth > DEEPEST:
                raise ValueError("nested too deeply")
        elif character in "]}":
            depth -= 1


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is repeated")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number")


def _check_texts(value: Any) -> None:
    if isinstance(value, str):
        if is_hostile([value]):
            raise exceptions.ParseError(_("A text holds characters that cannot be stored."))
    elif isinstance(value, dict):
        for key, inner in value.items():
            _check_texts(key)
            _check_texts(inner)
    elif isinstance(value, list):
        for inner in value:
            _check_texts(inner)


class OpenPage(Page):
    """A page that knows by one row more, not by a count, whether another follows."""

    has_more = False

    def has_next(self) -> bool:
        """Whether another page follows."""
        return self.has_more


class OpenPaginator(Paginator):
    """Pages of a list that nobody counts further than MOST_COUNTED, unless the count `is_exact`."""

    is_exact = False

    @cached_property
    def count(self) -> int:
        """How many rows there are, one more than MOST_COUNTED at most."""
        rows = cast("QuerySet[Any]", self.object_list).order_by()
        return int(rows.count() if self.is_exact else rows[: MOST_COUNTED + 1].count())

    @property
    def count_told(self) -> int | None:
        """How many rows there are; None for more than are counted."""
        return self.count if self.is_exact or self.count <= MOST_COUNTED else None

    @property
    def num_pages(self) -> int:
        """The last page, or one that is not there for a list that was not counted to its end."""
        return LAST_PAGE if self.count_told is None else super().num_pages

    def page(self, number: int | str) -> OpenPage:
        """The page of this number. Raises: EmptyPage, PageNotAnInteger."""
        valid = self.validate_number(number)
        first = (valid - 1) * self.per_page
        rows = list(self.object_list[first : first + self.per_page + 1])
        if valid > 1 and not rows:
            raise EmptyPage
        page = OpenPage(rows[: self.per_page], valid, self)
        page.has_more = len(rows) > self.per_page
        return page


class PortalPagination(PageNumberPagination):
    """Pages of 50, at most 200, with `count` up to MOST_COUNTED, further with `count=exact` in the address.

    Counting a million rows took as long as answering; as with GitLab's API, beyond 10,000 it is done on request.
    """

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any] | None:
        """The rows of the page. Raises: ParseError, NotFound."""
        self.request = request
        paginator = OpenPaginator(queryset, self.get_page_size(request) or 1)
        is_last = request.query_params.get(self.page_query_param) in self.last_page_strings
        paginator.is_exact = asks_exact_count(request) or is_last
        try:
            self.page = paginator.page(self.get_page_number(request, paginator))
        except InvalidPage as error:
            raise exceptions.NotFound from error
        return list(self.page)

    def get_paginated_response(self, data: Any) -> Response:
        """The page with the addresses of its neighbours."""
        links = {"next": self.get_next_link(), "previous": self.get_previous_link()}
        return Response({"count": self.page.paginator.count_told, **links, "results": data})  # type: ignore[union-attr]

    def get_paginated_response_schema(self, schema: Any) -> Any:
        """The shape of a page."""
        found = super().get_paginated_response_schema(schema)
        told = f"How many there are; null for more than {MOST_COUNTED} without `count=exact`, and for pages by cursor."
        found["properties"]["count"] |= {"nullable": True, "description": told}
        return found

    def get_schema_operation_parameters(self, view: Any) -> Any:
        """What an address may say of pages."""
        text = f"`exact` counts the whole list, however long; else `count` is null beyond {MOST_COUNTED}."
        exact = {"name": "count", "in": "query", "required": False, "description": text}
        return [
            *super().get_schema_operation_parameters(view),
            {**exact, "schema": {"type": "string", "enum": ["exact"]}},
        ]


def asks_exact_count(request: Request) -> bool:
    """Whether the whole list shall be counted. Raises: ParseError for any other wish."""
    asked = request.query_params.get("count", "exact")
    if asked != "exact":
        raise exceptions.ParseError(_("`count` can only be `exact`."))
    return "count" in request.query_params


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer an exception as problem+json (RFC 9457); None for what is an error of ours."""
    if isinstance(error, Refusal):
        fields = error.fields if isinstance(error, Invalid) else {}
        extra = {name: value for name, value in error.details.items() if value is not None}
        return _problem(error.status, error.code, str(error), headers=error.headers, errors=_plain(fields), **extra)
    if isinstance(error, OperationalError):
        return _problem(503, "busy", _("The portal is busy. Please try again."), headers={"Retry-After": "5"})
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    elif isinstance(error, RequestDataTooBig):
        error = TooLarge()
    if not isinstance(error, exceptions.APIException):
        return None
    return _problem_of_api(error)


def _problem_of_api(error: exceptions.APIException) -> Response:
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header  # type: ignore[attr-defined]
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(int(error.wait))  # type: ignore[attr-defined]
    if isinstance(error, exceptions.ValidationError):
        errors = error.detail if isinstance(error.detail, dict) else {"non_field_errors": error.detail}
        return _problem(422, "invalid", _("Please correct what is marked."), errors=_plain(errors), headers=headers)
    code = str(getattr(error, "default_code", "refused"))
    return _problem(error.status_code, code, str(error.detail), headers=headers)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else str(value)


def _problem(code: int, kind: str, detail: str, *, headers: dict[str, str] | None = None, **extra: Any) -> Response:
    body = {"type": f"urn:citymgmt:{kind}", "title": kind.replace("_", " "), "status": code, "detail": detail}
    body.update({name: value for name, value in extra.items() if value})
    return Response(body, status=code, headers=headers, content_type="application/problem+json")


def request_key(request: Request) -> str | None:
    """The `Idempotency-Key` of a request. Raises: Invalid for one that is absurd."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > 80 or is_hostile([key]):
        raise Invalid(_("The Idempotency-Key must have at most 80 plain characters."))
    return key or None


def expected_version(request: Request) -> int | None:
    """The version the caller saw: `If-Match`, or `version` in the body. Raises: Invalid."""
    text = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    given = text or (request.data.get("version") if isinstance(request.data, dict) else None)
    if given in (None, "", "*"):
        return None
    try:
        if isinstance(given, bool | float) or not 0 < int(given) < 2**31:
            raise ValueError(given)
        return int(given)
    except (TypeError, ValueError) as error:
        raise Invalid(fields={"version": _("A version is a positive whole number.")}) from error
