"""Delivery: each message reaches its mailbox, whatever crashes, and none goes out twice while nothing does."""

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection

from citymgmt.outbox import wording
from citymgmt.outbox.channels import SENDERS, Undeliverable, message_id, send_email
from citymgmt.outbox.delivery import GIVE_UP_AFTER, LEASE, claim, deliver, pause_after
from citymgmt.outbox.models import Message
from citymgmt.people.models import User
from tests.office import District, china
from tests.racing import race

NOW = china("2026-03-04 09:00")
MINUTE = timedelta(minutes=1)


def put(recipient: User, key: str = "case.1.1", **columns: Any) -> Message:
    """An e-mail that waits since NOW."""
    given = {"kind": "urge_overdue", "params": {"number": "X-1"}, "link": "/cases/X-1/", **columns}
    return Message.objects.create(
        dedupe_key=key, channel="email", recipient=recipient, created_at=NOW, **{"next_at": NOW, **given}
    )


def run(at: datetime, send: Callable[[Message], None]) -> dict[str, int]:
    return dict(deliver(lambda: at, {"email": send}))


def down(message: Message) -> None:
    raise ConnectionRefusedError("mail server is down")


def state(message: Message) -> tuple[str, int, datetime | None]:
    message.refresh_from_db()
    return message.state, message.attempt, message.next_at


def test_letter_is_in_the_recipients_language_with_link_and_fixed_id(district: District) -> None:
    User.objects.filter(pk=district.street.officer.pk).update(language="en")
    message = put(district.street.officer)
    assert run(NOW, send_email) == {"delivered": 1}
    (letter,) = mail.outbox
    assert (letter.subject, letter.to) == ("X-1 is overdue", ["officer1@example.org"])
    assert "http://localhost:8000/cases/X-1/" in letter.body
    assert letter.extra_headers["Message-ID"] == message_id(message)
    message.refresh_from_db()
    assert (message.state, message.delivered_at, message.lease_until, message.next_at) == ("delivered", NOW, None, None)


def test_nothing_goes_out_before_its_time(district: District) -> None:
    put(district.street.officer, next_at=NOW + MINUTE)
    assert run(NOW, send_email) == {}
    assert run(NOW + MINUTE, send_email) == {"delivered": 1}


@pytest.mark.parametrize("link", ["//evil.example/", "https://evil.example/", "/\\evil.example", ""])
def test_link_leads_nowhere_else(district: District, link: str) -> None:
    put(district.street.officer, link=link)
    run(NOW, send_email)
    assert "http://localhost:8000/\n" in mail.outbox[0].body
    assert "evil" not in mail.outbox[0].body


def test_header_cannot_be_injected(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(wording._wordings, "odd", "%(number)s\r\nBcc: all@example.org")
    put(district.street.officer, kind="odd", params={"number": "1\nTo: x@example.org"})
    run(NOW, send_email)
    assert mail.outbox[0].subject == "1 To: x@example.org Bcc: all@example.org"
    assert mail.outbox[0].recipients() == ["officer1@example.org"]


def test_missing_parameter_leaves_its_place_empty(district: District) -> None:
    put(district.street.officer, params={})
    assert run(NOW, send_email) == {"delivered": 1}


def test_pauses_double_from_a_minute_to_an_hour() -> None:
    assert [pause_after(n) // MINUTE for n in (1, 2, 3, 4, 5, 6, 7, 8, 30000)] == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_failing_receiver_is_tried_later_and_given_up_after_a_day(district: District, caplog: Any) -> None:
    message = put(district.street.officer)
    at, attempts = NOW, 0
    while message.state == "waiting":
        assert run(at, down) == ({"waiting": 1} if at - NOW < GIVE_UP_AFTER else {"dead": 1})
        attempts += 1
        message.refresh_from_db()
        if message.next_at is not None:
            assert message.next_at == at + pause_after(attempts)
            assert run(message.next_at - timedelta(seconds=1), down) == {}
            at = message.next_at
    assert state(message) == ("dead", attempts, None)
    assert message.error == "ConnectionRefusedError: mail server is down"
    assert [record.levelname for record in caplog.records if "given up" in record.message] == ["ERROR"]


@pytest.mark.parametrize(
    ("columns", "told"),
    [({"email": ""}, "no valid e-mail address"), ({"email": "nobody"}, "no valid e-mail address"),
     ({"is_active": False}, "the recipient is locked out")],
)  # fmt: skip
def test_unknown_address_is_given_up_at_once(district: District, columns: dict[str, Any], told: str) -> None:
    User.objects.filter(pk=district.street.officer.pk).update(**columns)
    message = put(district.street.officer)
    assert run(NOW, send_email) == {"dead": 1}
    assert state(message) == ("dead", 1, None)
    assert message.error == told


@pytest.mark.parametrize(("code", "outcome"), [(550, "dead"), (450, "waiting")])
def test_refused_recipient_is_given_up_only_when_the_server_is_sure(
    district: District, monkeypatch: pytest.MonkeyPatch, code: int, outcome: str
) -> None:
    def refuse(self: Any, messages: Any) -> int:
        raise smtplib.SMTPRecipientsRefused({"officer1@example.org": (code, b"no")})

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    put(district.street.officer)
    assert run(NOW, send_email) == {outcome: 1}


def test_receiver_that_is_down_is_asked_three_times_in_a_run(district: District) -> None:
    for number in range(10):
        put(district.street.officer, f"case.1.{number}")
    assert run(NOW, down) == {"waiting": 3}
    assert Message.objects.filter(attempt=0).count() == 7


def test_one_poisoned_message_holds_up_no_other(district: District) -> None:
    poisoned = put(district.street.officer, "case.1.1")
    put(district.street.clerk, "case.1.2")

    def send(message: Message) -> None:
        if message.pk == poisoned.pk:
            raise ValueError("poison\0")

    assert run(NOW, send) == {"waiting": 1, "delivered": 1}
    poisoned.refresh_from_db()
    assert poisoned.error == "ValueError: poison"


def test_crash_after_sending_sends_again_once_the_lease_is_over(district: District) -> None:
    message = put(district.street.officer)

    def crash(message: Message) -> None:
        send_email(message)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(NOW, crash)
    assert run(NOW + LEASE - timedelta(seconds=1), send_email) == {}
    assert run(NOW + LEASE + timedelta(seconds=1), send_email) == {"delivered": 1}
    assert [letter.extra_headers["Message-ID"] for letter in mail.outbox] == [message_id(message)] * 2
    assert state(message) == ("delivered", 2, None)


def test_who_was_overtaken_changes_nothing(district: District) -> None:
    message = put(district.street.officer)

    def slow(leased: Message) -> None:
        assert run(NOW + 2 * LEASE, send_email) == {"delivered": 1}
        raise ConnectionResetError

    run(NOW, slow)
    assert state(message) == ("delivered", 2, None)


def test_second_deliverer_passes_over_a_leased_message(district: District) -> None:
    first = put(district.street.officer, "case.1.1")
    second = put(district.street.officer, "case.1.2")
    claimed = [claim(NOW, "email"), claim(NOW, "email"), claim(NOW, "email")]
    assert [message.pk if message else None for message in claimed] == [first.pk, second.pk, None]


def test_two_deliverers_never_send_one_row_twice(committed: District) -> None:
    for number in range(60):
        put(committed.street.officer, f"case.1.{number}")
    sent: list[str] = []
    results = race([lambda: run(NOW, lambda message: sent.append(message.dedupe_key))] * 2)
    assert sum(result.get("delivered", 0) for result in results) == 60
    assert sorted(sent) == sorted(f"case.1.{number}" for number in range(60))
    assert set(Message.objects.values_list("state", "attempt")) == {("delivered", 1)}


def test_sending_happens_outside_any_transaction(committed: District) -> None:
    put(committed.street.officer)
    seen: list[bool] = []
    run(NOW, lambda message: seen.append(connection.in_atomic_block))
    assert seen == [False]


def test_command_delivers_at_a_given_moment(district: District, capsys: Any) -> None:
    put(district.street.officer)
    call_command("deliver_messages", now="2026-03-04T09:00")
    assert capsys.readouterr().out == "dead: 0, delivered: 1, waiting: 0\n"
    with pytest.raises(CommandError):
        call_command("deliver_messages", now="9999-01-01")


def test_task_has_the_name_that_beat_rings(settings: Any) -> None:
    from citymgmt.celery import app

    app.loader.import_default_modules()
    assert settings.CELERY_BEAT_SCHEDULE["messages"]["task"] in app.tasks
    assert list(SENDERS) == ["email"]
    assert issubclass(Undeliverable, Exception)
