"""What the tests of the log share: every line as the portal would write it."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from citymgmt.logs import formatter


class Lines(logging.Handler):
    """Keeps each record as the JSON that would be written, whatever its level."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.setFormatter(formatter("json"))
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(self.format(record))

    def of(self, event: str) -> list[dict[str, Any]]:
        """The lines of one kind."""
        return [line for line in map(json.loads, self.texts) if line["event"] == event]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """The log of the test, as the settings have it; levels are the portal's own."""
    handler, root = Lines(), logging.getLogger()
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)
