"""Health: alive always, ready only when every part works, and the parts are named."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from citymgmt.health import CHECKS
from citymgmt.outbox.models import Message
from citymgmt.worktime.actions import beat_heart
from citymgmt.worktime.models import Heartbeat
from tests.office import District

pytestmark = pytest.mark.django_db
PARTS = ("worker", "beat", "sweep")


def hearts(**ages: int) -> None:
    """Beats of all parts, just now or some seconds ago."""
    for part in PARTS:
        beat_heart(part=part, at=timezone.now() - timedelta(seconds=ages.get(part, 0)))


def ready(client: Client) -> tuple[int, dict[str, Any]]:
    answer = client.get("/readyz")
    return answer.status_code, answer.json()


def test_alive_needs_no_log_in(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_ready_names_every_part(client: Client) -> None:
    hearts()
    assert ready(client) == (200, dict.fromkeys(CHECKS, "ok"))


@pytest.mark.parametrize("part", PARTS)
def test_silent_part_is_named(client: Client, part: str) -> None:
    hearts(**{part: 181})
    code, parts = ready(client)
    assert (code, [name for name, text in parts.items() if text != "ok"]) == (503, [part])
    assert parts[part].startswith("silent since ")


@pytest.mark.parametrize("part", PARTS)
def test_part_that_was_never_heard_is_named(client: Client, part: str) -> None:
    hearts()
    Heartbeat.objects.filter(part=part).delete()
    code, parts = ready(client)
    assert (code, parts[part]) == (503, "never seen")


def test_late_messages_are_told(district: District, client: Client) -> None:
    hearts()
    late = timezone.now() - timedelta(minutes=4)
    Message.objects.create(dedupe_key="x", channel="email", recipient=district.street.clerk, kind="pass",
                           created_at=late, next_at=late)  # fmt: skip
    code, parts = ready(client)
    assert (code, parts["outbox"]) == (503, "1 messages are late")


def test_part_that_fails_tells_no_secret(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise ConnectionError("password=hunter2")

    hearts()
    monkeypatch.setitem(CHECKS, "broker", fail)
    assert ready(client) == (503, {**dict.fromkeys(CHECKS, "ok"), "broker": "ConnectionError"})
