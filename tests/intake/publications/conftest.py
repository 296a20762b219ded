"""What the tests of publications share."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture
def english() -> Iterator[None]:
    """What actions say is in English."""
    with translation.override("en"):
        yield
