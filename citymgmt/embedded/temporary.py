"""A throwaway server: `python -m citymgmt.embedded.temporary -- COMMAND...` runs COMMAND on one.

COMMAND gets DATABASE_URL and an empty VAR_DIR; both are removed afterwards, and its exit code is ours.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from citymgmt.embedded.postgres import EmbeddedPostgres

NOT_DURABLE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "autovacuum_naptime": "5min",
    "log_min_duration_statement": "-1",
}


@contextmanager
def temporary_postgres() -> Iterator[EmbeddedPostgres]:
    """A server in a temporary directory, quick and not durable, whose role may create databases."""
    with (
        tempfile.TemporaryDirectory(prefix="citymgmt-", ignore_cleanup_errors=True) as directory,
        EmbeddedPostgres(Path(directory), settings=NOT_DURABLE, role_options="CREATEDB") as server,
    ):
        yield server


def main(arguments: list[str]) -> int:
    """Run the command on a throwaway server and return its exit code."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        sys.exit("usage: python -m citymgmt.embedded.temporary -- COMMAND [ARGUMENT...]")
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    with temporary_postgres() as server, tempfile.TemporaryDirectory(prefix="citymgmt-var-") as var_dir:
        environ = {**os.environ, "DATABASE_URL": server.address.url, "VAR_DIR": var_dir}
        return subprocess.run(command, env=environ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
