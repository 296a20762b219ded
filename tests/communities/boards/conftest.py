"""Fixtures of the tests of boards."""

from pathlib import Path

import pytest

from tests.communities.boards.boards import Square, square_of
from tests.office import District


@pytest.fixture
def square(district: District, media: Path) -> Square:
    """A board that waits for its first confirmation."""
    return square_of(district)


@pytest.fixture
def confirmed(square: Square) -> Square:
    """A board that shows what it must."""
    square.confirm()
    square.now()
    return square
