"""An office with member units, a meeting, and the check that resolutions are what their histories say."""

from collections.abc import Iterator

import pytest

from tests.meetings.gatherings import Gathering, assert_resolutions_are_true, gather
from tests.office import District


@pytest.fixture
def gathering(district: District) -> Iterator[Gathering]:
    """The office with its units and a meeting that was held; histories are checked at the end."""
    yield gather(district)
    assert_resolutions_are_true()


@pytest.fixture
def gathered(committed: District) -> Iterator[Gathering]:
    """The same, committed."""
    yield gather(committed)
    assert_resolutions_are_true()
