"""A program that speaks to the API: JSON in, JSON out, with a token."""

import json
import uuid
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from citymgmt.people.models import ApiToken, User

PROBLEM = "application/problem+json"


class Program:
    """A client of one person; every POST gets a fresh key unless told otherwise."""

    def __init__(self, user: User | None) -> None:
        self.web = Client(raise_request_exception=True)
        self.headers = {"Authorization": f"Token {ApiToken.objects.create(user)[1]}"} if user else {}

    def get(self, path: str, **query: Any) -> HttpResponse:
        return self.web.get(f"/api/v1/{path}", query, headers=self.headers)

    def post(
        self, path: str, body: Any = None, *, key: str | None = "", raw: Any = None, **headers: str
    ) -> HttpResponse:
        own = {} if key is None else {"Idempotency-Key": key or str(uuid.uuid4())}
        content = json.dumps({} if body is None else body) if raw is None else raw
        return self.web.post(
            f"/api/v1/{path}", content, content_type="application/json", headers={**self.headers, **own, **headers}
        )

    def act(self, case: Any, action: str, **body: Any) -> HttpResponse:
        return self.post(f"cases/{case.number}/actions/{action}/", {"version": case.version, **body})


@pytest.fixture
def program(db: None) -> Any:
    """`program(user)`; `program(None)` for a stranger."""
    return Program


def problem(response: HttpResponse) -> tuple[int, str]:
    """Status and kind of a refusal, which must be a problem that says its own status and a sentence."""
    assert response["Content-Type"] == PROBLEM, (response.status_code, response.content[:300])
    body = json.loads(response.content)
    assert body["status"] == response.status_code
    assert body["detail"]
    return response.status_code, body["type"].removeprefix("urn:citymgmt:")
