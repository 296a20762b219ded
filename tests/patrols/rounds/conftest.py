"""Fixtures of the tests of rounds."""

from pathlib import Path
from typing import Any

import pytest

from tests.patrols.rounds.walks import Walk, walk_of
from tests.patrols.teams import Crew


@pytest.fixture
def walk(crew: Crew) -> Walk:
    """A route of three points of the crew."""
    return walk_of(crew)


@pytest.fixture
def media(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of the test's own, and nobody who listens to the bell."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    monkeypatch.setattr("citymgmt.photos.actions.ring", lambda: None)
    return tmp_path / "media"
