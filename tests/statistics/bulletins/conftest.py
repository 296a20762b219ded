"""Fixtures of the bulletins."""

from collections.abc import Iterator

import pytest

from cases.statistics.models import CountedUntil
from tests.office import china

BEGINNING = china("2000-01-01 00:00")


@pytest.fixture(autouse=True)
def count_from_the_beginning(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where there is a database, nothing is counted yet, whatever was committed before; nor is anything afterwards."""
    names = {"committed", "district"} & set(request.fixturenames)
    if not names:
        yield
        return
    request.getfixturevalue(names.pop())
    CountedUntil.objects.update(as_of=BEGINNING, case_id=0)
    yield
    CountedUntil.objects.update(as_of=BEGINNING, case_id=0)
