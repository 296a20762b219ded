"""Fixtures of the pages of cases."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from citymgmt.people.models import User
from tests.cases.stories import MORNING
from tests.office import District, china

AT = china(MORNING)


@pytest.fixture
def get(district: District, client: Client, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """The answer to somebody's GET at a moment: `get("cases:list", user, "?q=…", at=…)`."""
    User.objects.update(language="en")

    def get_page(name: str, user: User, query: str = "", at: Any = AT, **headers: str) -> Any:
        monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: at)
        client.force_login(user)
        return client.get(reverse(name) + query, headers=headers)

    return get_page
