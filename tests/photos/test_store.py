"""The store: whole or not there, by hash, readable by the portal alone."""

import hashlib
import os
import stat
from pathlib import Path

import pytest

from citymgmt.photos import store as module
from citymgmt.photos.store import Store
from tests.photos.conftest import files

DIGEST = hashlib.sha256(b"a picture").hexdigest()
PLACE = f"photos/{DIGEST[:2]}/{DIGEST[2:4]}/{DIGEST}.jpg"


@pytest.fixture
def store(media: Path) -> Store:
    return Store(media)


def test_a_picture_lies_under_its_hash_once(store: Store, media: Path) -> None:
    assert [store.put(b"a picture"), store.put(b"a picture")] == [DIGEST, DIGEST]
    assert files(media) == [PLACE]
    assert store.path(DIGEST).read_bytes() == b"a picture"
    store.remove(DIGEST)
    store.remove(DIGEST)
    assert files(media) == []


def test_only_the_portal_reads_it(store: Store, media: Path) -> None:
    store.put(b"a picture")
    name = store.receive(b"an upload")
    assert [stat.S_IMODE(path.stat().st_mode) for path in (media / PLACE, media / "incoming" / name)] == [0o600, 0o600]
    assert stat.S_IMODE((media / "incoming").stat().st_mode) == 0o700


def test_an_upload_has_a_name_of_chance_until_it_is_dropped(store: Store, media: Path) -> None:
    names = {store.receive(b"an upload") for _one in range(2)}
    assert len(names) == 2
    assert files(media) == sorted(f"incoming/{name}" for name in names)
    for name in names:
        assert store.upload(name) == b"an upload"
        store.drop_upload(name)
        store.drop_upload(name)
    assert files(media) == []
    with pytest.raises(FileNotFoundError):
        store.upload(names.pop())


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "a" * 31, "A" * 32, "a" * 32 + "\n", "a/" * 16])
def test_no_other_name_becomes_a_path(store: Store, name: str) -> None:
    for way in (store.upload, store.drop_upload, store.path, store.remove):
        with pytest.raises(ValueError) as refused:  # noqa: PT011 (the message is the name)
            way(name)
        assert str(refused.value) == name


def test_a_write_that_fails_leaves_nothing(store: Store, media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(module.os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        store.put(b"a picture")
    assert files(media) == []


def test_what_was_written_before_a_moment(store: Store) -> None:
    old, new = store.receive(b"1"), store.receive(b"2")
    store.put(b"a picture")
    os.utime(store.upload_path(old), (100, 100))
    assert list(store.old_uploads(200)) == [old]
    assert list(store.old_pictures(200)) == []
    os.utime(store.path(DIGEST), (100, 100))
    assert list(store.old_pictures(200)) == [[DIGEST]]
    assert sorted(store.old_uploads(float("inf"))) == sorted([old, new])


def test_an_empty_store_has_nothing_old(store: Store) -> None:
    assert (list(store.old_uploads(1e12)), list(store.old_pictures(1e12))) == ([], [])
