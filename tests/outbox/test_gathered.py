"""Gathered mail: what waits for a person leaves as one letter, at the person's moment, whatever crashes or changes."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from citymgmt.outbox import querysets
from citymgmt.outbox.actions import Letter, enqueue_letters, mark_read, retry_message
from citymgmt.outbox.channels import message_id, send_digest, send_email
from citymgmt.outbox.claiming import MOST_LINES, claim_gathered
from citymgmt.outbox.delivery import GIVE_UP_AFTER, LEASE, deliver, pause_after, tried_for
from citymgmt.outbox.models import Message
from citymgmt.outbox.schedule import mail_at
from citymgmt.people.actions import change_account
from citymgmt.people.models import User
from citymgmt.worktime.clock import DEFAULT_SHIFTS, Calendar
from tests.office import District, china
from tests.racing import race

NOW = china("2026-03-04 10:20")  # a Wednesday
ELEVEN = china("2026-03-04 11:00")
TOMORROW = china("2026-03-05 09:00")
AFTER_LEASE = LEASE + timedelta(seconds=1)


def choose(person: User, **chosen: Any) -> User:
    """What the person chose before anything came up."""
    User.objects.filter(pk=person.pk).update(**{"mail_choice": "all", "mail_rhythm": "hourly", **chosen})
    person.refresh_from_db()
    return person


def tell(person: User, *keys: str, at: datetime = NOW, **columns: Any) -> list[Message]:
    """Letters of the moment `at`; returns their e-mails."""
    params = {"category": "占道经营", "category_en": "Occupying the street"}
    given = {"kind": "dispatch", "link": "/cases/X/", **columns}
    letters = [Letter(dedupe=key, recipient=person, at=at, params={"number": key, **params}, **given) for key in keys]
    enqueue_letters(letters)
    return list(Message.objects.filter(channel="email", recipient=person).order_by("id"))


def run(at: datetime) -> dict[str, int]:
    return dict(deliver(lambda: at, {"email": send_email}))


def states() -> list[str]:
    return list(Message.objects.filter(channel="email").order_by("id").values_list("state", flat=True))


def subjects() -> list[str]:
    return [letter.subject for letter in mail.outbox]


@pytest.fixture
def officer(district: District) -> User:
    """Reads English, and gathers every hour."""
    return choose(district.street.officer, language="en")


def test_what_waits_leaves_as_one_letter_with_a_table(officer: User) -> None:
    tell(officer, "N-1", "N-2", link="/cases/N/")
    assert run(ELEVEN - timedelta(seconds=1)) == {}
    assert run(ELEVEN) == {"delivered": 2}
    (letter,) = mail.outbox
    (table, kind) = letter.alternatives[0]
    assert (letter.subject, letter.to, kind) == ("2 new messages", ["officer1@example.org"], "text/html")
    assert "* 03-04 10:20  N-2 dispatched to you: Occupying the street\n  http://localhost:8000/cases/N/" in letter.body
    assert table.count("<tr>") == 3
    assert '<td><a href="http://localhost:8000/cases/N/">N-1</a></td>' in table


@pytest.mark.parametrize(("language", "said"), [("en", "Occupying the street"), ("zh-hans", "占道经营")])
@pytest.mark.parametrize(("rhythm", "at"), [("at_once", NOW), ("hourly", ELEVEN)])
def test_category_is_named_in_the_readers_language(
    officer: User, language: str, said: str, rhythm: str, at: datetime
) -> None:
    tell(choose(officer, language=language, mail_rhythm=rhythm), "N-1")
    assert run(at) == {"delivered": 1}
    assert [word in mail.outbox[0].body for word in ("Occupying the street", "占道经营")].count(True) == 1
    assert said in mail.outbox[0].body


def test_urgent_matters_do_not_wait(officer: User) -> None:
    tell(officer, "N-1")
    tell(officer, "N-2", kind="urge", is_urgent=True)
    assert run(NOW) == {"delivered": 1}
    assert subjects() == ["N-2: you are urged"]
    assert run(ELEVEN) == {"delivered": 1}
    assert subjects()[1:] == ["1 new message"]


def test_each_person_gets_a_letter_of_the_own_matters(district: District, officer: User) -> None:
    other = choose(district.street.clerk)
    tell(officer, "N-1", "N-2")
    tell(other, "N-3")
    assert run(ELEVEN) == {"delivered": 3}
    assert sorted(letter.to[0] for letter in mail.outbox) == ["clerk1@example.org", "officer1@example.org"]


def test_what_came_after_the_moment_goes_along(officer: User) -> None:
    tell(officer, "N-1")
    tell(officer, "N-2", at=ELEVEN + timedelta(seconds=5))
    assert run(ELEVEN + timedelta(seconds=20)) == {"delivered": 2}


def test_what_was_read_in_the_inbox_is_left_out(officer: User) -> None:
    tell(officer, "N-1", "N-2")
    first = Message.objects.get(dedupe_key=f"N-1.{officer.pk}")
    mark_read(by=officer, at=NOW, ids=[first.pk])
    assert run(ELEVEN) == {"delivered": 1}
    assert states() == ["read_first", "delivered"]
    assert "N-1" not in mail.outbox[0].body


def test_all_read_is_no_letter(officer: User) -> None:
    tell(officer, "N-1", "N-2")
    mark_read(by=officer, at=NOW)
    assert run(ELEVEN) == {}
    assert (states(), mail.outbox) == (["read_first", "read_first"], [])


def test_long_lists_go_on_in_the_next_letter(officer: User) -> None:
    tell(officer, *(f"N-{number}" for number in range(MOST_LINES + 3)))
    assert run(ELEVEN) == {"delivered": MOST_LINES + 3}
    assert subjects() == [f"{MOST_LINES} new messages", "3 new messages"]


@pytest.mark.parametrize(
    ("at", "leaves"),
    [
        ("2026-03-04 08:59", "2026-03-04 09:00"),
        ("2026-03-04 09:00", "2026-03-04 09:00"),
        ("2026-03-04 09:01", "2026-03-05 09:00"),
        ("2026-03-06 17:00", "2026-03-09 09:00"),  # over the weekend
        ("2026-02-13 17:00", "2026-02-14 09:00"),  # a Saturday made up for the Spring Festival
        ("2026-02-14 17:00", "2026-02-24 09:00"),  # nine days of the Spring Festival
        ("2026-09-30 10:00", "2026-10-08 09:00"),  # National Day
        ("2026-12-31 23:30", "2027-01-01 09:00"),  # no calendar of 2027 yet: the plain week
    ],
)
def test_daily_mail_leaves_on_working_days_at_the_persons_hour(officer: User, at: str, leaves: str) -> None:
    choose(officer, mail_rhythm="daily")
    (message,) = tell(officer, "N-1", at=china(at))
    assert message.next_at == china(leaves)


@pytest.mark.parametrize(
    ("chosen", "at", "leaves"),
    [
        ({"mail_rhythm": "hourly"}, "2026-03-04 21:30", "2026-03-05 07:30"),
        ({"mail_rhythm": "hourly"}, "2026-03-04 20:30", "2026-03-04 21:00"),
        ({"mail_rhythm": "daily", "mail_hour": 7}, "2026-03-04 12:00", "2026-03-05 07:30"),
        ({"mail_rhythm": "daily", "mail_hour": 23}, "2026-03-04 12:00", "2026-03-05 07:30"),
        ({"mail_rhythm": "daily", "mail_hour": 8}, "2026-03-04 12:00", "2026-03-05 08:00"),
    ],
)
def test_quiet_hours_hold_gathered_mail_too(officer: User, chosen: dict[str, Any], at: str, leaves: str) -> None:
    choose(officer, quiet_from=time(22), quiet_until=time(7, 30), **chosen)
    assert tell(officer, "N-1", at=china(at))[0].next_at == china(leaves)


def test_a_calendar_that_never_works_holds_nothing_for_ever(officer: User) -> None:
    never = {(NOW + timedelta(days=day)).date(): False for day in range(100)}
    choose(officer, mail_rhythm="daily")
    moment = mail_at(officer, NOW, is_urgent=False, calendar=lambda: Calendar(DEFAULT_SHIFTS, never, frozenset()))
    assert moment == china("2026-05-03 09:00")


def test_crash_between_sending_and_marking_repeats_that_letter_alone(officer: User) -> None:
    tell(officer, "N-1", "N-2")

    def crash(messages: Any) -> None:
        send_digest(messages)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deliver(lambda: ELEVEN, {"email": send_email}, together={"email": crash})
    tell(officer, "N-3", at=ELEVEN)
    later = ELEVEN + AFTER_LEASE
    assert run(ELEVEN + LEASE) == {"delivered": 1}  # what came up since, as a letter of its own
    assert run(later) == {"delivered": 2}
    assert subjects() == ["2 new messages", "1 new message", "2 new messages"]
    first, other, again = [letter.extra_headers["Message-ID"] for letter in mail.outbox]
    assert (first == again, first == other) == (True, False)
    assert states() == ["delivered"] * 3


def test_letter_that_failed_stays_that_letter_though_the_person_wants_all_at_once_now(officer: User) -> None:
    tell(officer, "N-1", "N-2")

    def down(messages: Any) -> None:
        raise ConnectionRefusedError

    assert dict(deliver(lambda: ELEVEN, {"email": send_email}, together={"email": down})) == {"waiting": 2}
    change_account(by=officer, at=ELEVEN, values={"mail_rhythm": "at_once"})
    assert run(ELEVEN + pause_after(1) - timedelta(seconds=1)) == {}
    assert run(ELEVEN + pause_after(1)) == {"delivered": 2}
    assert subjects() == ["2 new messages"]


def test_letter_is_given_up_as_a_whole_after_a_day_and_sent_anew_by_hand(district: District, officer: User) -> None:
    tell(officer, "N-1", "N-2")
    at, attempts = ELEVEN, 0

    def down(messages: Any) -> None:
        raise ConnectionRefusedError

    while states() == ["waiting", "waiting"]:
        attempts += 1
        deliver(lambda: at, {"email": send_email}, together={"email": down})  # noqa: B023 (called at once)
        at += pause_after(attempts)
    assert (states(), tried_for(attempts) >= GIVE_UP_AFTER > tried_for(attempts - 1)) == (["dead", "dead"], True)
    message = Message.objects.filter(channel="email").first()
    assert message is not None
    again = retry_message(by=district.street.admin, at=at, pk=message.pk)
    assert run(at) == {"delivered": 1}
    assert (message_id(again) == message_id(message), subjects()) == (False, ["1 new message"])


def test_unknown_address_is_given_up_at_once(officer: User) -> None:
    tell(officer, "N-1", "N-2")
    User.objects.filter(pk=officer.pk).update(email="nobody")
    assert run(ELEVEN) == {"dead": 2}


def test_two_deliverers_send_one_letter_for_each_person(committed: District) -> None:
    people = [choose(getattr(committed.street, who)) for who in ("officer", "clerk", "leader", "teamleader")]
    for person in people:
        tell(person, *(f"{person.username}-{number}" for number in range(30)))
    sent: list[tuple[str, int]] = []

    def send(messages: Any) -> None:
        sent.append((messages[0].recipient.username, len(messages)))

    results = race([lambda: dict(deliver(lambda: ELEVEN, {"email": send_email}, together={"email": send}))] * 3)
    assert sum(result.get("delivered", 0) for result in results) == 120
    assert sorted(sent) == sorted((person.username, 30) for person in people)
    mails = Message.objects.filter(channel="email")
    assert set(mails.values_list("state", "attempt", "lease_until")) == {("delivered", 1, None)}


def test_sending_holds_no_lock(committed: District) -> None:
    person = choose(committed.street.officer)
    tell(person, "N-1")
    seen: list[bool] = []
    deliver(lambda: ELEVEN, {}, together={})
    deliver(
        lambda: ELEVEN, {"email": send_email}, together={"email": lambda _rows: seen.append(connection.in_atomic_block)}
    )
    assert seen == [False]


def test_who_was_overtaken_changes_nothing(officer: User) -> None:
    tell(officer, "N-1", "N-2")

    def slow(messages: Any) -> None:
        assert run(ELEVEN + AFTER_LEASE) == {"delivered": 2}
        raise ConnectionResetError

    deliver(lambda: ELEVEN, {"email": send_email}, together={"email": slow})
    assert (states(), len(mail.outbox)) == (["delivered", "delivered"], 1)


def test_who_wants_all_at_once_now_gets_what_waited(officer: User) -> None:
    choose(officer, mail_rhythm="daily")
    tell(officer, "N-1", "N-2")
    change_account(by=officer, at=NOW, values={"mail_rhythm": "at_once"})
    assert run(NOW) == {"delivered": 2}
    assert sorted(subjects()) == [f"N-{n} dispatched to you: Occupying the street" for n in (1, 2)]


def test_who_gathers_now_gets_one_letter_of_what_waited_for_the_morning(officer: User) -> None:
    choose(officer, mail_rhythm="at_once", quiet_from=time(9), quiet_until=time(12))
    tell(officer, "N-1", "N-2")
    change_account(by=officer, at=NOW, values={"mail_rhythm": "daily", "quiet_from": None, "quiet_until": None})
    assert run(china("2026-03-04 12:00")) == {}
    assert run(TOMORROW) == {"delivered": 2}
    assert subjects() == ["2 new messages"]


def test_what_was_written_by_the_old_choice_meanwhile_follows_the_new_one(officer: User) -> None:
    """Another transaction had read the old choice before the new one was committed."""
    stale = choose(officer, mail_rhythm="at_once")
    change_account(by=officer, at=NOW, values={"mail_rhythm": "daily"})
    assert tell(stale, "N-1")[0].next_at == NOW
    assert run(NOW) == {}
    assert Message.objects.get(channel="email").next_at == TOMORROW
    assert run(TOMORROW) == {"delivered": 1}


@pytest.mark.parametrize(
    ("values", "left"),
    [
        ({"mail_choice": "none"}, []),
        ({"mail_choice": "urgent"}, ["N-2"]),
        ({"mail_groups": ["work"]}, ["N-1"]),
        ({"email": ""}, []),
        ({"mail_groups": ["deadlines", "answers"]}, ["N-2", "N-3"]),
        ({"language": "en"}, ["N-1", "N-2", "N-3"]),
    ],
)
def test_what_is_not_wanted_any_more_is_left_out(officer: User, values: dict[str, Any], left: list[str]) -> None:
    tell(officer, "N-1")
    tell(officer, "N-2", kind="urge", is_urgent=True)
    tell(officer, "N-3", kind="approve")
    change_account(by=officer, at=NOW, values=values)
    kept = Message.objects.filter(channel="email", state="waiting").order_by("id")
    assert [message.params["number"] for message in kept] == left
    assert states().count("unwanted") == 3 - len(left)
    assert querysets.inbox(officer).count() == 3


def test_choice_leaves_what_is_being_sent(officer: User) -> None:
    tell(officer, "N-1")
    assert len(claim_gathered(ELEVEN, "email") or []) == 1
    change_account(by=officer, at=ELEVEN, values={"mail_choice": "none"})
    assert states() == ["waiting"]


def test_channel_that_cannot_gather_sends_each_by_itself(officer: User) -> None:
    tell(officer, "N-1", "N-2")
    assert dict(deliver(lambda: ELEVEN, {"email": send_email}, together={})) == {"delivered": 2}
    assert len(mail.outbox) == 2


def test_claims_use_the_partial_indexes(district: District) -> None:
    """With many delivered messages and few that wait, nothing reads the whole table."""
    person = choose(district.street.officer)
    Message.objects.bulk_create(
        Message(dedupe_key=f"old{n}", channel="email", recipient=person, kind="x", created_at=NOW, state="delivered")
        for n in range(3000)
    )
    tell(person, "N-1")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE outbox_message")
    from citymgmt.outbox.querysets import alone, free, gathered

    own = free(ELEVEN, "email").filter(recipient=person, is_urgent=False, batch="")
    for rows in (alone(ELEVEN, "email"), gathered(ELEVEN, "email"), own):
        plan = rows.explain()
        assert ("Seq Scan on outbox_message" in plan, "message_waiting" in plan or "message_of_person" in plan) == (
            False, True,
        ), plan  # fmt: skip
