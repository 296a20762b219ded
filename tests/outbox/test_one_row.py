"""A message to a person is one row, for the inbox and for its mail: who reads and who delivers share it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from importlib import import_module
from threading import Event
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import connection, transaction

from citymgmt.outbox.actions import Letter, enqueue_letters, mark_read
from citymgmt.outbox.addressees import Addressee
from citymgmt.outbox.claiming import claim_gathered
from citymgmt.outbox.delivery import deliver
from citymgmt.outbox.models import Message
from citymgmt.outbox.querysets import free, inbox, locked
from citymgmt.people.actions import change_account
from citymgmt.people.models import User
from tests.office import District, china
from tests.racing import race

NOW, ELEVEN = china("2026-03-04 10:20"), china("2026-03-04 11:00")
SECOND = timedelta(seconds=1)
KEYS = ("a", "b", "c")


def reader(district: District, **chosen: Any) -> User:
    """Somebody who gathers mail."""
    person = district.street.officer
    User.objects.filter(pk=person.pk).update(**{"mail_choice": "all", "mail_rhythm": "hourly", **chosen})
    person.refresh_from_db()
    return person


def tell(*to: User | Addressee, keys: tuple[str, ...] = KEYS) -> list[Message]:
    enqueue_letters(Letter(key, "dispatch", one, NOW, {"number": key}) for key in keys for one in to)
    return list(Message.objects.order_by("id"))


# --- who reads while it is delivered ------------------------------------------------------------------------------
Meet = Callable[..., None]  # the last moment before the rows are locked


def claiming(person: User, meet: Meet) -> None:
    meet()
    claim_gathered(ELEVEN, "email")


def marking(person: User, meet: Meet) -> None:
    deliver(lambda: ELEVEN, {"email": meet}, together={"email": meet})


def reading(person: User, meet: Meet) -> None:
    meet()
    mark_read(by=person, at=ELEVEN)


def choosing(person: User, meet: Meet) -> None:
    meet()
    change_account(by=person, at=ELEVEN, values={"mail_choice": "none"})


def wait_until_somebody_waits(most: float = 10) -> None:
    """Until another connection waits for a row's lock."""
    end = monotonic() + most
    while monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
        sleep(0.02)
    raise AssertionError("nobody waits")


@pytest.mark.parametrize("act", [claiming, marking, reading, choosing])
def test_messages_are_locked_in_the_order_of_their_ids(committed: District, act: Callable[[User, Meet], None]) -> None:
    """Whoever waits for the first one holds no later one: so two never wait for each other."""
    person = reader(committed)
    first, *later = tell(person)
    Message.objects.exclude(pk=first.pk).update(next_at=NOW)
    Message.objects.filter(pk=first.pk).update(next_at=ELEVEN - SECOND)  # last by its moment and in the table's file
    is_ready, is_held = Event(), Event()

    def meet(*_messages: Any) -> None:
        is_ready.set()
        assert is_held.wait(10)

    def hold() -> int:
        assert is_ready.wait(10)
        with transaction.atomic():
            assert locked(Message.objects.filter(pk=first.pk)).get() == first
            is_held.set()
            wait_until_somebody_waits()
            others = Message.objects.filter(pk__in=[message.pk for message in later])
            return len(others.select_for_update(nowait=True, no_key=True))

    assert race([hold, lambda: act(person, meet)], losing=())[0] == len(later)


def test_reading_and_delivering_at_once_loses_neither(committed: District) -> None:
    person = reader(committed)
    tell(person, keys=tuple(f"N-{number}" for number in range(60)))
    sent: list[int] = []

    def send(messages: Any) -> None:
        sent.extend(message.pk for message in messages)

    def send_all() -> Any:
        return deliver(lambda: ELEVEN, {"email": lambda message: None}, together={"email": send})

    read = partial(mark_read, by=person, at=ELEVEN)
    race([send_all, read, send_all, read], losing=())
    assert not inbox(person).filter(read_at=None).exists()
    states = dict(inbox(person).values_list("pk", "state"))
    assert set(states.values()) <= {"delivered", "read_first"}
    assert sorted(sent) == sorted(pk for pk, state in states.items() if state == "delivered")
    assert not free(ELEVEN, "email").exists()


# --- databases in which they were two -----------------------------------------------------------------------------
ROWS = import_module("citymgmt.outbox.migrations.0007_one_row")


def run(statements: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statements)


def rows() -> list[dict[str, Any]]:
    return list(Message.objects.order_by("dedupe_key").values())


def test_the_two_rows_of_a_message_become_one_and_back(district: District) -> None:
    """Read, tried, delivered, left out, of the inbox alone, and to somebody without a log-in."""
    person, other = reader(district), district.street.clerk2
    User.objects.filter(pk=other.pk).update(mail_choice="none")
    other.refresh_from_db()
    tell(person, other, keys=("a", "b", "c", "d"))
    tell(Addressee("school", 7, "第一小学", district.street.subdistrict.pk), keys=("a",))
    of = {key: inbox(person).filter(dedupe_key__startswith=f"{key}.") for key in "abcd"}
    of["a"].update(read_at=NOW, state="read_first", next_at=None)
    of["b"].update(attempt=2, error="SMTPConnectError", batch="b" * 40, next_at=ELEVEN)
    of["c"].update(attempt=1, state="delivered", delivered_at=ELEVEN, next_at=None)
    before = rows()
    assert len(before) == 9
    run(ROWS.TWO)
    two = Message.objects.filter(params__number="b", recipient=person).order_by("id")
    assert list(two.values_list("dedupe_key", "channel", "state", "attempt", "next_at", "batch", "read_at")) == [
        (f"b.in_app.{person.pk}", "in_app", "delivered", 0, None, "", None),
        (f"b.email.{person.pk}", "email", "waiting", 2, ELEVEN, "b" * 40, None),
    ]  # fmt: skip
    assert Message.objects.count() == 13
    run(ROWS.ONE)
    assert rows() == before
