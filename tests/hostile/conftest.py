"""Fixtures of the walks."""

import pytest

from tests.hostile.world import World
from tests.office import District


@pytest.fixture
def world(district: District) -> World:
    """A district in which something stands behind every address."""
    return World(district)
