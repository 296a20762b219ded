"""Fixtures of the pages of figures."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from citymgmt.people.models import User
from tests.again import Script, recorded
from tests.office import District
from tests.statistics.varied import NOW, vary


@pytest.fixture
def show(district: District, client: Client, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """The answer to somebody's GET of a page of figures, in English: `show("dashboard", user, "?period=year")`."""
    User.objects.update(language="en")

    def shown(name: str, user: User, query: str = "", at: datetime = NOW) -> Any:
        monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: at)
        client.force_login(user)
        return client.get(reverse(f"statistics:{name}") + query)

    return shown


@pytest.fixture
def varied(district: District) -> District:
    """The district with cases of all states and fates in both sub-districts, as they stand at NOW."""
    varied_once(district).send()
    return district


def varied_once(district: District) -> Script:
    """How the district becomes varied: played once in this process."""
    if not SCRIPTS:
        SCRIPTS.append(recorded(lambda: vary(district)))
    return SCRIPTS[0]


SCRIPTS: list[Script] = []
