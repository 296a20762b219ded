"""Fixtures that the tests of communities share."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from citymgmt.people.models import User
from tests.hostile.pages import forms_of
from tests.office import District, china

WEDNESDAY = china("2026-03-04 09:00")


@pytest.fixture
def english() -> Iterator[None]:
    """What actions say is in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """A store of photos of the test's own."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


@pytest.fixture
def moment(district: District, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Sets the present moment of pages, which begins on Wednesday morning; everybody reads English."""

    def set_to(at: Any) -> None:
        monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: at)

    User.objects.update(language="en")
    set_to(WEDNESDAY)
    return set_to


@pytest.fixture
def get(client: Client) -> Callable[..., Any]:
    def answer(person: User | None, address: str, status: int = 200) -> Any:
        if person is None:
            client.logout()
        else:
            client.force_login(person)
        found = client.get(address)
        assert found.status_code == status, address
        return found

    return answer


@pytest.fixture
def send(client: Client) -> Callable[..., Any]:
    """The answer to a form of a page, sent as it stands there but for what is typed."""

    def answer(person: User, page: str, action: str = "", **typed: Any) -> Any:
        client.force_login(person)
        found = [one for one in forms_of(client.get(page).content.decode()) if one.method == "post"]
        form = next(one for one in found if one.action == action)
        return client.post(action or page, {name: raw.decode() for name, raw in form.fields.items()} | typed)

    return answer
