"""Photos of people in a district, and the files that lie in the store."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cases.actions import process_photos, upload_photo
from cases.models import Photo
from tests.office import china
from tests.photos.pictures import photo

AT = china("2026-03-04 09:00")


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """A store of the test's own."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


def files(media: Path) -> list[str]:
    """What lies in the store, by folder and ending: no name that a person gave is among them."""
    return sorted(str(path.relative_to(media)) for path in media.rglob("*") if path.is_file())


@pytest.fixture
def upload() -> Callable[..., Photo]:
    """Upload a draft: `upload(clerk)`; `content`, `kind` and `key` can be told; `ready` develops it."""

    def upload_one(
        by: Any, content: bytes | None = None, *, kind: str = "before", key: str = "", ready: bool = True, at: Any = AT
    ) -> Photo:
        draft = upload_photo(
            by=by, at=at, content=content or photo(640, 320), kind=kind, request_key=key or str(uuid.uuid4())
        )
        if ready:
            process_photos(now=lambda: at)
            draft.refresh_from_db()
        return draft

    return upload_one
