"""A Celery transport on plain files, so that one machine needs no broker.

Kombu's own filesystem transport writes a message under its final name, so that a consumer can read half
of it and end; the table of who listens it empties before it locks it, so that a second process that starts finds
nothing in it and ends, and one that is killed then leaves it broken for all. Here both are written aside, synced and
renamed, and the table is changed by one process at a time.
"""

import fcntl
import os
import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


def write_whole(path: Path, aside: Path, value: Any) -> None:
    """Let a file appear, or change, whole or not at all; `aside` lies in the same folder."""
    with aside.open("wb") as file:
        file.write(str_to_bytes(dumps(value)))
        file.flush()
        os.fsync(file.fileno())
    aside.rename(path)


class Channel(filesystem.Channel):
    """A channel whose messages appear whole or not at all."""

    def _put(self, queue: str, message: Any, **kwargs: Any) -> None:  # type: ignore[override]
        name = f"{time.time_ns() // 1000:020d}_{uuid.uuid4()}.{queue}.msg"
        folder = Path(self.data_folder_out)
        write_whole(folder / name, folder / f"tmp-{name}.part", message)

    def _queue_bind(self, exchange: str, routing_key: str | None, pattern: str | None, queue: str) -> None:
        bound = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        table = self.control_folder / f"{exchange}.exchange"
        self.control_folder.mkdir(exist_ok=True)
        with (self.control_folder / "binding.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            known = self.get_table(exchange)
            if bound not in known:
                write_whole(table, table.with_suffix(".part"), [bound, *known])


class Transport(filesystem.Transport):
    """The filesystem transport with the atomic channel."""

    Channel = Channel


TRANSPORT_ALIASES["filesystem"] = "citymgmt.fsbroker:Transport"
