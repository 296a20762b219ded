"""A request cannot fill the disk: what it uploads is counted while it comes in."""

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from django.test import RequestFactory

from citymgmt import uploads


def files_of(content: bytes) -> Any:
    return RequestFactory().post("/", {"file": BytesIO(content)}).FILES


def test_what_is_too_much_is_refused_while_it_comes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_UPLOADED", 100_000)
    assert files_of(b"x" * 100_000)["file"].size == 100_000
    with pytest.raises(RequestDataTooBig):
        files_of(b"x" * 100_001)
