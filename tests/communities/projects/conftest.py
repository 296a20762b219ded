"""Fixtures of the tests of projects."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from communities.projects.verification import verify_projects, verify_tasks
from tests.communities.projects.works import Work, work_of
from tests.office import District


def assert_true() -> None:
    """Each project and each task is what its history says."""
    assert [(name, found) for check in (verify_projects, verify_tasks) for name, found in check() if found] == []


@pytest.fixture
def work(district: District, media: Path) -> Iterator[Work]:
    """The street's work; at the end its histories are true."""
    yield work_of(district)
    assert_true()
