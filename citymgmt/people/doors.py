"""The API's doors: what every view of `/api/v1/` does before its own work, and the shape of strict input."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from drf_spectacular.utils import OpenApiExample, OpenApiParameter
from knox.auth import TokenAuthentication
from rest_framework import exceptions, serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import SAFE_METHODS
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from citymgmt.api import request_key
from citymgmt.people.actions.tokens import note_use
from citymgmt.people.log_in import count_log_in
from citymgmt.people.models import ApiToken, User
from citymgmt.people.permissions import require_role
from citymgmt.people.rates import WINDOW_SECONDS, Rate, count_request
from citymgmt.refusals import NotFound, Refusal

LONGEST_TOKEN = 200  # characters
MOST_NAMED = 20  # unknown fields in one answer
PROBLEM = "application/problem+json"
PAGING = frozenset({"page", "page_size", "count"})
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 80, "pattern": "^[!-~]{1,80}$"},
    OpenApiParameter.HEADER,
    required=True,
    description="Your own key of at most 80 characters. The same key with the same content gives the first answer.",
    examples=[OpenApiExample("Your own number of the matter", value="call-2026-0001")],
)

IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "pattern": '^"[1-9][0-9]{0,8}"$'},
    OpenApiParameter.HEADER,
    description="The version you saw (the `ETag` of the case), instead of `version`.",
)


class KeyMissing(Refusal):
    """A POST came without `Idempotency-Key`."""

    status = 400
    code = "key_missing"
    sentence: Any = gettext_lazy("Every POST needs the header Idempotency-Key.")


class VersionMissing(Refusal):
    """A change came without the version that the caller saw."""

    status = 428
    code = "version_missing"
    sentence: Any = gettext_lazy("Say which version you saw: the header If-Match, or version in the body.")


class PortalRequest(Request):
    """A request as the views of a door get it: of a person, with its moment and local day."""

    user: User
    at: datetime
    on: date


class PortalToken(TokenAuthentication):
    """Tokens of knox; a token that cannot be one is wrong, not an error of ours. Made anew for each request."""

    at: datetime  # the moment of the request

    def authenticate_credentials(self, token: bytes) -> Any:
        """The person and the token. Raises: AuthenticationFailed."""
        if len(token) > LONGEST_TOKEN or not token.isalnum():
            raise exceptions.AuthenticationFailed(_("Invalid token."))
        return super().authenticate_credentials(token)

    def authenticate(self, request: Any) -> Any:
        """The person and the token, whose day of use is noted; None without one. Raises: AuthenticationFailed."""
        self.at = request.at
        found = super().authenticate(request)
        if found is not None:
            note_use(token=found[1], on=request.on)
        return found

    def _cleanup_token(self, auth_token: ApiToken) -> bool:
        """Whether the token has ended; the beat removes what has, so that no reader must."""
        return auth_token.expiry <= self.at


class PortalTokenScheme(KnoxTokenScheme):  # type: ignore[no-untyped-call]
    """The description of tokens in the schema."""

    target_class = PortalToken  # type: ignore[assignment]
    name = "token"


class Door(APIView):
    """A view of the API. `row` names the row of the permission table without which nobody enters.

    DRF authenticates (and exempts its views from the middleware for pages), so that the answer to strangers is a
    401 and no page. Parameters in the address that the
    view does not know, or that come twice, are refused. Raises: NotPermitted, ParseError.
    """

    authentication_classes = [PortalToken, SessionAuthentication]
    metadata_class = None
    row = ""
    rate: Rate | None = None
    parameters: frozenset[str] = frozenset()  # of the address, beside filters and pages
    refusals: frozenset[int] = frozenset()  # statuses that the description cannot derive (`citymgmt.api_schema`)
    request: PortalRequest

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let in whom the table lets in, with an address that says one thing only."""
        super().initial(request, *args, **kwargs)
        if self.row:
            require_role(request.user, self.row)
        self._check_query(request)

    def check_throttles(self, request: PortalRequest) -> None:  # type: ignore[override]
        """Count the request: by person, and by address where there is none. Raises: TooMany."""
        if not self.permission_classes:
            self.rate = count_log_in(request)
            return
        is_read = request.method in SAFE_METHODS
        kind, limit = ("read", settings.API_RATE) if is_read else ("write", settings.API_WRITE_RATE)
        self.rate = count_request(kind=kind, who=request.user.pk, limit=limit, at=request.at)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """The answer, with what is left of the limit; a problem is JSON whatever else the view could give."""
        if self.rate is not None:
            for name, value in _told(self.rate).items():
                response[name] = value
        if getattr(response, "content_type", None) == PROBLEM:
            request.accepted_renderer, request.accepted_media_type = JSONRenderer(), PROBLEM
        return super().finalize_response(request, response, *args, **kwargs)

    def _check_query(self, request: Request) -> None:
        filters = filters_of(self) if request.method in ("GET", "HEAD") else {}
        known = set(filters) | self.parameters | (PAGING if request.method in ("GET", "HEAD") else set())
        for name, values in request.query_params.lists():
            if name not in known:
                raise exceptions.ParseError(_("Unknown parameter: %(name)s") % {"name": name[:60]})
            if len(values) > 1 and not isinstance(filters.get(name), django_filters.MultipleChoiceFilter):
                raise exceptions.ParseError(_("A parameter comes twice: %(name)s") % {"name": name})


def _told(rate: Rate) -> dict[str, str]:
    """A limit and what is left of it, as headers (draft-ietf-httpapi-ratelimit-headers)."""
    return {
        "RateLimit-Policy": f'"{rate.kind}";q={rate.limit};w={WINDOW_SECONDS}',
        "RateLimit": f'"{rate.kind}";r={rate.left};t={rate.seconds}',
    }


def filters_of(view: Any) -> Mapping[str, django_filters.Filter]:
    """The filters of a list view, by name."""
    filterset = getattr(view, "filterset_class", None)
    return filterset.base_filters if filterset else {}


class ListDoor(Door, GenericAPIView):
    """A door to things in the plural, with filters and pages."""

    request: PortalRequest

    def page_of(self, queryset: QuerySet[Any]) -> Response:
        """The page that is asked for, of those that pass the filters."""
        page = self.paginate_queryset(self.filter_queryset(queryset))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


def required_key(request: Request) -> str:
    """The `Idempotency-Key` of a POST. Raises: KeyMissing, Invalid."""
    key = request_key(request)
    if key is None:
        raise KeyMissing
    return key


class StrictSerializer(serializers.Serializer):
    """Input in which an unknown field is an error, so that no misspelt or forbidden field passes in silence."""

    def to_internal_value(self, data: Any) -> Any:
        """The validated values. Raises: ValidationError."""
        if isinstance(data, Mapping):
            unknown = sorted(str(name)[:60] for name in set(data) - set(self.fields))[:MOST_NAMED]
            if unknown:
                raise serializers.ValidationError({name: [_("This field is not known here.")] for name in unknown})
        return super().to_internal_value(data)


class UnknownAddress(Door):
    """Whatever lies below `/api/` and is nothing: a problem, not a page."""

    permission_classes = []
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Nothing is here, for anybody and for any method. Raises: NotFound."""
        raise NotFound
