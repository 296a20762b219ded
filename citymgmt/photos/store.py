"""Where photos lie: uploads until they are developed, and what is kept, by the SHA-256 of its content.

A file is whole or not there: written beside its place, flushed to the disk, then renamed. No name that a
person gave is ever part of a path.
"""

import hashlib
import os
import re
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

NAME = re.compile(r"[0-9a-f]{32}\Z")
HASH = re.compile(r"[0-9a-f]{64}\Z")


class Store:
    """The files below one directory: `incoming/` and `photos/ab/cd/<hash>.jpg`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def receive(self, content: bytes) -> str:
        """Keep an upload under a name of chance; returns the name."""
        name = secrets.token_hex(16)
        _write(self.upload_path(name), content)
        return name

    def upload(self, name: str) -> bytes:
        """The content of an upload. Raises: FileNotFoundError."""
        return self.upload_path(name).read_bytes()

    def drop_upload(self, name: str) -> None:
        """Remove an upload; one that is gone already is fine."""
        self.upload_path(name).unlink(missing_ok=True)

    def put(self, content: bytes) -> str:
        """Keep a picture; returns its hash. The same content twice is one file."""
        digest = hashlib.sha256(content).hexdigest()
        path = self.path(digest)
        if not path.is_file():
            _write(path, content)
        return digest

    def path(self, digest: str) -> Path:
        """Where the picture of this hash lies. Raises: ValueError for what is no hash."""
        if not HASH.match(digest):
            raise ValueError(digest)
        return self.root / "photos" / digest[:2] / digest[2:4] / f"{digest}.jpg"

    def remove(self, digest: str) -> None:
        """Remove a picture for good; one that is gone already is fine."""
        self.path(digest).unlink(missing_ok=True)

    def upload_path(self, name: str) -> Path:
        """Where an upload lies. Raises: ValueError for what is no name of ours."""
        if not NAME.match(name):
            raise ValueError(name)
        return self.root / "incoming" / name

    def old_uploads(self, before: float) -> Iterator[str]:
        """Uploads last written before a moment (seconds since 1970)."""
        folder = self.root / "incoming"
        for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
            if NAME.match(entry.name) and _written(entry) < before:
                yield entry.name

    def old_pictures(self, before: float) -> Iterator[list[str]]:
        """Hashes of pictures last written before a moment, folder by folder."""
        for folder in sorted((self.root / "photos").glob("[0-9a-f][0-9a-f]")):
            old = [path.stem for path in sorted(folder.glob("*/*.jpg")) if _written(path) < before]
            if old:
                yield old


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # removed meanwhile
        return float("inf")


def _write(path: Path, content: bytes) -> None:
    """Write a file, readable by the portal alone, so that it survives a power cut once this returns."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent)  # 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        _flush(folder)


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
