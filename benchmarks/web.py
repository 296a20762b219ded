"""The portal's own web server over a measured database, and a browser that times each answer."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from citymgmt.embedded.portal import FRUGAL
from citymgmt.people.models import User

ROOT = Path(__file__).resolve().parent.parent
BACKEND = "citymgmt.people.log_in.PortalBackend"
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
KEY = re.compile(r'name="request_key" value="([^"]+)"')
START_SECONDS = 60.0
SERVER = ("-m", "gunicorn", "citymgmt.wsgi", "--worker-class=citymgmt.web.Worker", "--workers=2", "--threads=16",
          "--preload", "--no-control-socket", "--keep-alive=30", "--log-level=warning")  # fmt: skip


def database_url(name: str) -> str:
    """The address of another database of the benchmark's server."""
    return os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"


@contextmanager
def portal_over(name: str, more: Mapping[str, str] | None = None) -> Iterator[tuple[int, int]]:
    """gunicorn with two workers, as `make run` starts it, on a free port of the loopback; gives port and process.
    `more` are settings of its environment.
    """
    port = _free_port()
    environ = {**FRUGAL, **os.environ, "DATABASE_URL": database_url(name), "ALLOWED_HOSTS": "127.0.0.1", **(more or {})}
    server = subprocess.Popen([sys.executable, *SERVER, f"--bind=127.0.0.1:{port}"], cwd=ROOT, env=environ)
    try:
        _wait(port, server)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(30)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            if Browser(port, "").get("/healthz").status == http.client.OK:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the web server did not answer")


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many milliseconds."""

    status: int
    text: str
    place: str
    milliseconds: float


@dataclass
class Browser:
    """One kept connection in which a person is logged in; "" is nobody."""

    port: int
    username: str
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        if self.username:
            self.cookies["sessionid"] = _session(self.username)

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: Mapping[str, object]) -> Answer:
        """Send a form as a browser does, with the token of the page before it."""
        body = urlencode({**fields, "csrfmiddlewaretoken": self.cookies["csrftoken"]})
        answer = self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})
        self.cookies.pop("messages", None)  # the page to which the answer leads would show them, and they are gone
        return answer

    def _ask(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> Answer:
        told = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        start = time.perf_counter()
        self.line.request(method, quote(path, safe="/?=&%"), body, {**headers, "Cookie": told})
        answer = self.line.getresponse()
        text = answer.read()
        took = (time.perf_counter() - start) * 1000
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _equals, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return Answer(answer.status, text.decode(), answer.headers.get("Location", ""), took)


def _session(username: str) -> str:
    user = User.objects.get(username=username)
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    connection.commit() if not connection.get_autocommit() else None
    return str(session.session_key)


def request_key(page: str) -> str:
    """The key in the form of a page, with which it is sent."""
    found = KEY.search(page)
    assert found is not None, "the page holds no form"
    return found[1]
