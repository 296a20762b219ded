"""Fixtures of the tests of patrols."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from citymgmt.people.models import User
from tests.office import District
from tests.patrols.stations import Yard, yard_of
from tests.patrols.teams import NOW, Crew, crew_of


@pytest.fixture
def crew(district: District) -> Crew:
    """A team with its shifts."""
    return crew_of(district)


@pytest.fixture
def yard(district: District) -> Yard:
    """A street with a station."""
    return yard_of(district)


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """A store of photos of the test's own."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


@pytest.fixture
def moment(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Sets the present moment of pages, which begins on Monday morning; everybody reads English."""

    def set_to(at: Any) -> None:
        monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: at)

    User.objects.update(language="en")
    set_to(NOW)
    return set_to
