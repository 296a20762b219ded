"""Health: alive always, ready only when every part works, and the parts are named; never a long wait."""

import socket
import time
from datetime import timedelta
from typing import Any

import psycopg2
import pytest
from django.test import Client
from django.utils import timezone

from citymgmt.health import figures, guard, views
from citymgmt.health.judging import READY
from citymgmt.outbox.models import Message
from citymgmt.worktime.actions import show_life
from citymgmt.worktime.models import Heartbeat
from tests.health.conftest import PARTS, Hearts
from tests.office import District


def asked(client: Client, query: str = "") -> tuple[int, dict[str, Any]]:
    views.ready.forget()
    answer = client.get(f"/readyz{query}")
    return answer.status_code, answer.json()


def test_alive_needs_no_log_in(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_ready_names_every_part(living: District, hearts: Hearts, client: Client) -> None:
    hearts()
    assert asked(client) == (200, dict.fromkeys(READY, "ok"))
    assert list(READY) == ["database", "migrations", "broker", "worker", "beat", "sweep", "outbox"]


@pytest.mark.parametrize("part", PARTS)
def test_silent_part_is_named(living: District, hearts: Hearts, client: Client, part: str) -> None:
    hearts(**{part: 181})
    code, parts = asked(client)
    assert (code, [name for name, text in parts.items() if text != "ok"]) == (503, [part])
    assert parts[part].startswith("silent since ")


@pytest.mark.parametrize("part", PARTS)
def test_part_that_was_never_heard_is_named(living: District, hearts: Hearts, client: Client, part: str) -> None:
    hearts()
    Heartbeat.objects.filter(part=part).delete()
    code, parts = asked(client)
    assert (code, parts[part]) == (503, "never seen")


@pytest.mark.parametrize(
    ("seconds", "code", "told"), [(5, 200, "starting"), (59, 200, "starting"), (61, 503, "never seen")]
)
def test_nothing_looks_broken_until_a_heartbeat_could_have_come(
    living: District, client: Client, seconds: int, code: int, told: str
) -> None:
    now = timezone.now()
    show_life(name="host:1", kind="web", version="1", started_at=now - timedelta(seconds=seconds), at=now)
    status, parts = asked(client)
    assert (status, {parts[part] for part in PARTS}) == (code, {told})


def test_slow_part_is_named_and_the_portal_stays_ready(living: District, hearts: Hearts, client: Client) -> None:
    hearts(beat=100)
    code, parts = asked(client)
    assert (code, parts["beat"][:13]) == (200, "silent since ")


def test_late_messages_are_told(living: District, hearts: Hearts, client: Client) -> None:
    hearts()
    late = timezone.now() - timedelta(minutes=4)
    Message.objects.create(dedupe_key="x", channel="email", recipient=living.street.clerk, kind="pass",
                           created_at=late, next_at=late)  # fmt: skip
    code, parts = asked(client)
    assert (code, parts["outbox"]) == (503, "1 messages are late")


def test_a_load_balancer_asks_for_the_web_only(living: District, client: Client) -> None:
    assert asked(client)[0] == 503
    assert asked(client, "?only=web") == (200, {"database": "ok", "migrations": "ok"})


def test_part_that_fails_tells_no_secret(
    living: District, hearts: Hearts, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> int:
        raise ConnectionError("password=hunter2")

    hearts()
    monkeypatch.setattr(figures, "queue_length", fail)
    assert asked(client) == (503, {**dict.fromkeys(READY, "ok"), "broker": "ConnectionError"})


@pytest.fixture
def mute_server() -> Any:
    """Parameters of a server that takes connections and says nothing."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(8)
        yield {**guard.short_parameters(), "host": "127.0.0.1", "port": server.getsockname()[1]}


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?only=web"])
def test_a_mute_database_is_told(  # and not waited for: it would never answer
    client: Client, mute_server: Any, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    monkeypatch.setattr(views, "short_parameters", lambda: mute_server)
    code, parts = asked(client, query)
    assert code == 503
    assert parts["database"] in ("OperationalError", "no answer in time")


@pytest.mark.django_db
def test_a_closed_port_is_told_at_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "short_parameters", lambda: {"host": "127.0.0.1", "port": 1, "dbname": "x"})
    # not "no answer in time"
    assert asked(client) == (503, {**dict.fromkeys(READY, "unknown: no database"), "database": "OperationalError"})


def test_a_statement_that_hangs_is_ended(living: District) -> None:
    with pytest.raises(psycopg2.errors.QueryCanceled):
        guard.on_own_connection(lambda ask: ask("SELECT pg_sleep(60)"), guard.short_parameters())


def test_many_who_ask_at_once_ask_one_question() -> None:
    count = 0

    def question() -> int:
        nonlocal count
        count += 1
        time.sleep(0.2)
        return count

    shared = guard.Shared(question)
    with pytest.raises(TimeoutError):
        shared.answer(0.01)
    assert [shared.answer(2.0), shared.answer(2.0)] == [1, 1]
    shared.forget()
    assert shared.answer(2.0) == 2
