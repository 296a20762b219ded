"""The file transport: with several writers and readers every message arrives whole and once."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from kombu import Connection

import citymgmt.fsbroker  # noqa: F401  (makes the transport known)
from tests.embedded.running import ROOT, clean_environment

pytestmark = pytest.mark.processes

CONNECT = """
import sys
import citymgmt.fsbroker
from kombu import Connection
folder, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
options = {"data_folder_in": folder, "data_folder_out": folder, "control_folder": folder + "-control"}
connection = Connection("filesystem://", transport_options={**options, "polling_interval": 0.01})
queue = connection.SimpleQueue("celery")
"""
WRITE = CONNECT + 'for n in range(count): queue.put({"id": f"{name}-{n}", "text": "\\u6848\\u4ef6" * 2000})'
READ = (
    CONNECT
    + """
from queue import Empty
while True:
    try:
        message = queue.get(timeout=3)
    except Empty:
        break
    assert message.payload["text"] == "\\u6848\\u4ef6" * 2000
    message.ack()
    print(message.payload["id"])
"""
)


def start(script: str, folder: Path, name: str, count: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", script, str(folder), name, str(count)],
        cwd=ROOT,
        env=clean_environment(VAR_DIR=str(folder.parent / "var")),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_messages_arrive_whole_and_once(tmp_path: Path) -> None:
    folder = tmp_path / "queue"
    folder.mkdir()
    readers = [start(READ, folder, "reader", 0) for _ in range(2)]
    writers = [start(WRITE, folder, f"writer{n}", 150) for n in range(2)]
    answers = [process.communicate(timeout=60) for process in [*writers, *readers]]
    assert [error for _output, error in answers if error] == []
    received = sorted(line for output, _error in answers for line in output.split())
    assert received == sorted(f"writer{w}-{n}" for w in range(2) for n in range(150))
    assert [file for file in folder.iterdir() if file.suffix in (".msg", ".part")] == []


def test_all_who_bind_at_once_are_bound(tmp_path: Path) -> None:
    options = {
        "data_folder_in": str(tmp_path),
        "data_folder_out": str(tmp_path),
        "control_folder": tmp_path / "control",
    }
    together = Barrier(4)

    def bind(number: int) -> None:
        with Connection("filesystem://", transport_options=options) as connection:
            channel = connection.channel()
            for exchange in range(50):
                together.wait(timeout=30)
                channel._queue_bind(f"exchange{exchange}", "", "", f"queue{number}")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(bind, range(4)))
    with Connection("filesystem://", transport_options=options) as connection:
        tables = [connection.channel().get_table(f"exchange{exchange}") for exchange in range(50)]
    assert [sorted(row.queue for row in table) for table in tables] == [[f"queue{n}" for n in range(4)]] * 50
    assert list((tmp_path / "control").glob("*.part")) == []
