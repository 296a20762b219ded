"""A Celery transport on plain files, so that one machine needs no broker.

Kombu's own filesystem transport writes a message under its final name, so that a consumer can read half
of it and end. Here a message is written aside, synced and renamed.
"""

import os
import time
import uuid
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """A channel whose messages appear whole or not at all."""

    def _put(self, queue: str, message: Any, **kwargs: Any) -> None:  # type: ignore[override]
        name = f"{time.time_ns() // 1000:020d}_{uuid.uuid4()}.{queue}.msg"
        aside = os.path.join(self.data_folder_out, f"tmp-{name}.part")
        with open(aside, "wb") as file:
            file.write(str_to_bytes(dumps(message)))
            file.flush()
            os.fsync(file.fileno())
        os.rename(aside, os.path.join(self.data_folder_out, name))


class Transport(filesystem.Transport):
    """The filesystem transport with the atomic channel."""

    Channel = Channel


TRANSPORT_ALIASES["filesystem"] = "citymgmt.fsbroker:Transport"
