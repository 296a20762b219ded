"""What is noted of a task: the id of the request that started it, one line, its count; in a real worker too."""

import json
from pathlib import Path
from typing import Any

import pytest
import structlog
from celery import current_app
from django.conf import settings

from citymgmt.celery import app, begin_task, end_task, pass_request_id
from citymgmt.photos.actions import ring
from tests.embedded.running import wait_for
from tests.office import District
from tests.processes.bell import Bell
from tests.watching.conftest import Lines


@pytest.fixture(autouse=True)
def nothing_bound() -> Any:
    """The ids of a test end with it."""
    yield
    structlog.contextvars.clear_contextvars()


@app.task(name="tests.fine", ignore_result=True)
def fine() -> None:
    """Nothing, with success."""


@app.task(name="tests.failing", ignore_result=True)
def failing(text: str) -> None:
    """Fail."""
    raise RuntimeError("luckless")


def test_one_line_a_task_without_arguments(lines: Lines) -> None:
    fine.apply()
    failing.apply(args=["某某小区"], throw=False)
    told = [(line["task"], line["outcome"], line["level"], line["ms"] >= 0) for line in lines.of("task")]
    assert told == [("tests.fine", "success", "info", True), ("tests.failing", "failure", "error", True)]
    assert not any("某某小区" in text for text in lines.texts)


def test_the_id_goes_into_the_headers_of_the_message() -> None:
    headers: dict[str, Any] = {}
    pass_request_id(headers=headers)
    with structlog.contextvars.bound_contextvars(request_id="request-7"):
        pass_request_id(headers=headers)
        pass_request_id(headers=None)
    assert headers == {"request_id": "request-7"}


def test_ids_end_with_the_task() -> None:
    fine.push_request(request_id="request-8")
    try:
        begin_task(task_id="t1", task=fine)
        assert structlog.contextvars.get_contextvars() == {"task_id": "t1", "request_id": "request-8"}
        end_task(task=fine, state="SUCCESS")
        assert structlog.contextvars.get_contextvars() == {}
    finally:
        fine.pop_request()


@pytest.mark.processes
def test_a_real_worker_logs_the_id_of_who_started_the_task(committed: District, tmp_path: Path) -> None:
    with Bell(tmp_path):
        folder = str(tmp_path / "broker" / "queue")
        wait_for(lambda: (tmp_path / "broker" / "queue").is_dir(), 60)
        options = {"data_folder_in": folder, "data_folder_out": folder, "control_folder": f"{tmp_path}/broker/control"}
        with (
            structlog.contextvars.bound_contextvars(request_id="from-the-request"),
            current_app.connection_for_write(transport_options=options) as broker,
        ):
            current_app.send_task("worktime.heartbeat", connection=broker, ignore_result=True)
        wait_for(lambda: "from-the-request" in (tmp_path / "worker.log").read_text(), 60)
    texts = [text for text in (tmp_path / "worker.log").read_text().splitlines() if "from-the-request" in text]
    line = json.loads(texts[-1])
    assert (line["event"], line["task"], line["outcome"]) == ("task", "worktime.heartbeat", "success")
    assert list((tmp_path / "metrics").glob("counter_*.db"))


def test_ringing_for_a_photo_gives_the_id_along() -> None:
    """What an upload does after its commit: the message in the queue carries the id of the request."""
    queue = settings.BROKER_DIR / "queue"
    for file in queue.glob("*.msg"):
        file.unlink()
    with structlog.contextvars.bound_contextvars(request_id="upload-1"):
        ring()
    headers = [json.loads(file.read_text())["headers"] for file in queue.glob("*.msg")]
    assert [one["request_id"] for one in headers] == ["upload-1"]
