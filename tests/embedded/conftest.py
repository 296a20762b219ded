"""Fixtures of the embedded parts: servers on directories of their own, from one that is made once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from citymgmt.embedded.postgres import EmbeddedPostgres


@pytest.fixture(scope="session")
def calm_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """A server for tests that only look at it."""
    with EmbeddedPostgres(tmp_path_factory.mktemp("calm") / "var") as running:
        yield running


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A VAR_DIR whose server has been made and stopped in order; only to be copied."""
    made = tmp_path_factory.mktemp("made") / "var"
    with EmbeddedPostgres(made):
        pass
    return made


@pytest.fixture
def empty_var_dir(tmp_path: Path) -> Path:
    """A VAR_DIR that does not exist yet."""
    return tmp_path / "var"


@pytest.fixture
def var_dir(made_once: Path, tmp_path: Path) -> Path:
    """A VAR_DIR whose server has been made, not running."""
    return Path(shutil.copytree(made_once, tmp_path / "var"))


@pytest.fixture
def server(var_dir: Path) -> Iterator[EmbeddedPostgres]:
    """A running, durable server; stopped at the end whatever happened to it."""
    with EmbeddedPostgres(var_dir) as running:
        yield running
