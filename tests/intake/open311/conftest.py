"""What the tests of Open311 share."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from cases.intake.models import ApiClient
from tests.intake.open311.doors import Door
from tests.intake.reported import client_of
from tests.office import District


@pytest.fixture
def door(db: None) -> Door:
    """A program of others."""
    return Door()


@pytest.fixture
def program(district: District) -> ApiClient:
    """The first street gave the program a key."""
    return client_of(district.street)


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """A store of the test's own."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


@pytest.fixture
def english() -> Iterator[None]:
    """What actions say is in English."""
    with translation.override("en"):
        yield
