"""The file transport: with several writers and readers every message arrives whole and once."""

import subprocess
import sys
from pathlib import Path

import pytest

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
