"""Residents report at the same time while web processes are killed: whoever got a receipt has a case, and one alone."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import psutil
import pytest

from cases.models import Case
from citymgmt.worktime.models import RunningProcess
from tests.conftest import free_port
from tests.embedded.running import ROOT, clean_environment, wait_for
from tests.office import District
from tests.processes.bell import database_url

pytestmark = pytest.mark.processes

RESIDENTS, SECONDS, KILLS = 8, 6.0, 2
CROWDED, AGAIN = 429, 0.2  # too many guests at once: each comes again
HIDDEN = re.compile(r'name="(token|csrfmiddlewaretoken)" value="([^"]+)"')
NUMBER = re.compile(r'data-copy-from="number">([0-9-]+)<')


@dataclass
class Web:
    """gunicorn with two workers on a port, and how often a worker of it was killed."""

    port: int
    process: "subprocess.Popen[bytes]"
    killed: int = 0

    def kill_worker(self) -> None:
        """End one of its workers by SIGKILL, whatever it does."""
        workers = psutil.Process(self.process.pid).children()
        if workers:
            workers[0].send_signal(signal.SIGKILL)
            self.killed += 1


@dataclass
class Resident:
    """Somebody who reports again and again, each time sending the same form until a receipt comes."""

    web: Web
    place: int
    receipts: list[str] = field(default_factory=list)
    odd: list[int] = field(default_factory=list)
    sent: int = 0

    def report_until(self, end: float) -> None:
        """Report until that moment."""
        while time.monotonic() < end:
            form = self._form()
            self.sent += 1
            number = self._sent(form)
            self.receipts.append(number)

    def _form(self) -> tuple[str, str]:
        """A form as a browser holds it: its fields, and the cookie that comes with it."""
        while True:
            try:
                status, body, cookie = self._ask("GET", "/report/")
            except OSError:
                continue
            if status == CROWDED:
                time.sleep(AGAIN)
                continue
            hidden = dict(HIDDEN.findall(body))
            told = {"topic": "vending", "description": "路口有人摆摊", "community": str(self.place), "website": ""}
            return urlencode({**told, **hidden, "altcha": "", "kept": ""}), cookie.partition(";")[0]

    def _sent(self, form: tuple[str, str]) -> str:
        """Send it until it is answered; the number on the receipt."""
        while True:
            try:
                status, body, _cookie = self._ask("POST", "/report/", *form)
            except OSError:
                continue
            if status == 201 and (found := NUMBER.search(body)):
                return found[1]
            if status == CROWDED:
                time.sleep(AGAIN)
                continue
            self.odd.append(status)
            if len(self.odd) > 50:
                raise AssertionError(f"no receipt: {self.odd}")

    def _ask(self, method: str, path: str, body: str = "", cookie: str = "") -> tuple[int, str, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.web.port, timeout=20)
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"} if body else {}
        try:
            line.request(method, path, body or None, headers)
            answer = line.getresponse()
            return answer.status, answer.read().decode(), answer.headers.get("Set-Cookie", "")
        except http.client.HTTPException as error:
            raise OSError("the answer was cut off") from error
        finally:
            line.close()


@pytest.fixture
def web(committed: District, tmp_path: Path) -> Iterator[Web]:
    """gunicorn with two workers on the test database, without limits for guests."""
    port = free_port()
    kind = ["--workers=2", "--worker-class=citymgmt.web.Worker", "--threads=8", "--no-control-socket"]
    command = [sys.executable, "-m", "gunicorn", "citymgmt.wsgi", *kind, f"--bind=127.0.0.1:{port}"]
    unlimited = dict.fromkeys(("REPORT_RATE", "REPORT_RATE_UNPROVEN", "REPORT_POST_RATE"), "0")
    environ = clean_environment(
        DATABASE_URL=database_url(), VAR_DIR=str(tmp_path), SECRET_KEY=os.environ["SECRET_KEY"], REDIS_URL="",
        DJANGO_SETTINGS_MODULE="tests.processes.settings", ALLOWED_HOSTS="127.0.0.1", **unlimited,
    )  # fmt: skip
    with (tmp_path / "web.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)
    try:
        wait_for(lambda: RunningProcess.objects.filter(kind="web").count() == 2, 60)
        yield Web(port, process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        RunningProcess.objects.all().delete()


def test_no_receipt_without_a_case_and_no_form_with_two(web: Web, committed: District) -> None:
    place, end = committed.street.communities[0].pk, time.monotonic() + SECONDS
    residents = [Resident(web, place) for _number in range(RESIDENTS)]
    with ThreadPoolExecutor(RESIDENTS) as crowd:
        reporting = [crowd.submit(one.report_until, end) for one in residents]
        for _kill in range(KILLS):
            time.sleep(SECONDS / (KILLS + 1))
            web.kill_worker()
        for one in reporting:
            one.result(60)
    receipts = [number for one in residents for number in one.receipts]
    assert [status for one in residents for status in one.odd] == []
    assert web.killed == KILLS
    assert len(receipts) == len(set(receipts)) == sum(one.sent for one in residents) >= RESIDENTS
    assert set(Case.objects.values_list("number", flat=True)) == set(receipts)
