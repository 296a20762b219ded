"""The OpenAPI description tells of each operation what it refuses: ONE place, derived from what the operation takes.

A view names in `refusals` only what cannot be derived (`citymgmt.people.doors.Door`).
"""

from collections.abc import Iterator
from typing import Any

from drf_spectacular.drainage import get_override
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import is_list_serializer, is_serializer
from rest_framework import serializers

PROBLEM = "application/problem+json"
MEANINGS = {
    400: "The address, a header or the body cannot be read; a parameter is unknown or comes twice; the key is missing.",
    401: "No token, or a wrong or ended one; for `auth/token/`: name and password do not belong together.",
    403: "The role does not include this, or a browser sent no CSRF token.",
    404: "It does not exist, or lies outside the own scope: the two look the same. Also: there is no such page.",
    406: "Only what is described here is given.",
    409: "Somebody else was first (`stale`), or the present state does not allow it (`wrong_state`).",
    413: "The body is too large.",
    415: "The body has another media type than those described here.",
    422: "A value cannot be accepted; `errors` says which.",
    428: "The version that was seen is missing.",
    429: "Too many requests, or too many wrong passwords: wait as many seconds as `Retry-After` says.",
    503: "The portal is busy: ask again after `Retry-After`.",
}
RETRY_AFTER = {"description": "Seconds to wait.", "required": True, "schema": {"type": "integer", "minimum": 0}}


class ProblemSerializer(serializers.Serializer):
    """A refusal (RFC 9457). Some kinds carry more members, such as `version` of a stale one."""

    type = serializers.CharField(help_text="`urn:citymgmt:` and the kind of refusal")
    title = serializers.CharField()
    status = serializers.IntegerField(min_value=400, max_value=599)
    detail = serializers.CharField(help_text="a sentence for people, in their language")
    errors = serializers.DictField(  # type: ignore[assignment]
        required=False, help_text="by field: what is wrong with its value"
    )


class PortalSchema(AutoSchema):
    """The description of an operation, with its refusals, and with choices that may be empty where the column may."""

    def _map_serializer_field(self, field: Any, direction: Any, bypass_extensions: bool = False) -> Any:
        if isinstance(field, serializers.ChoiceField) and field.read_only and _may_be_blank(field):
            field.allow_blank = True
        return super()._map_serializer_field(field, direction, bypass_extensions)  # type: ignore[no-untyped-call]

    def _get_examples(
        self, serializer: Any, direction: Any, media_type: Any, status_code: Any = None, extras: Any = None
    ) -> Any:
        """Those of the operation, and those of the serializer where the operation has none for this direction."""
        told = self.get_examples()
        is_other = "request_only" if direction == "response" else "response_only"
        if told and all(one.parameter_only or getattr(one, is_other) for one in told):
            shown = serializer.child if is_list_serializer(serializer) else serializer
            extras = [*(extras or []), *(get_override(shown, "examples", []) if is_serializer(shown) else [])]
        return super()._get_examples(  # type: ignore[no-untyped-call]
            serializer, direction, media_type, status_code, extras
        )

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        found: dict[str, Any] = super()._get_response_bodies(direction)
        for code in sorted(set(self._refusals()) - {int(given) for given in found}):
            told = self._get_response_for_code(  # type: ignore[no-untyped-call]
                ProblemSerializer, str(code), [PROBLEM], direction
            )
            headers = {"Retry-After": RETRY_AFTER} if code in (429, 503) else {}
            found[str(code)] = {**told, "description": MEANINGS[code], **({"headers": headers} if headers else {})}
        return found

    def _refusals(self) -> Iterator[int]:
        """The statuses with which the operation can refuse."""
        yield from (400, 401, 406, 429, 503)
        yield from getattr(self.view, "refusals", ())
        if self.view.permission_classes:
            yield 403
        if "{" in self.path or self._is_list_view():
            yield 404
        if self.method != "GET" and self.view.permission_classes:
            yield 409
        if self.method in ("POST", "PATCH") and self.get_request_serializer() is not None:
            yield from (413, 415, 422)
        if any(one["in"] in ("query", "header") for one in self._get_parameters()):
            yield 422


def _may_be_blank(field: Any) -> bool:
    """Whether the column behind a field may be empty, which a ModelSerializer forgets of what it only shows."""
    model = getattr(getattr(field.parent, "Meta", None), "model", None)
    column = {one.name: one for one in model._meta.fields}.get(field.source) if model else None
    return column is not None and column.blank
