"""Fixtures of the tests of institutions."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from communities.institutions.verification import verify_pledges
from tests.communities.institutions.places import Place, place_of
from tests.office import District

Ask = Callable[..., Any]


@pytest.fixture
def place(district: District, media: Any) -> Iterator[Place]:
    """The school; at the end each promise is what its history says."""
    yield place_of(district)
    assert {name: found for name, found in verify_pledges() if found} == {}
