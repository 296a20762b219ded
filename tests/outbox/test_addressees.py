"""Letters to those who have no log-in: where a mail goes is asked when it leaves, and stands nowhere in the outbox."""

from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from citymgmt.outbox import addressees
from citymgmt.outbox.actions import Letter, enqueue_letters
from citymgmt.outbox.addressees import Addressee, Enclosure, Mailbox
from citymgmt.outbox.channels import SENDERS
from citymgmt.outbox.delivery import deliver
from citymgmt.outbox.models import Message
from citymgmt.outbox.querysets import ledger
from tests.office import District, china

NOW = china("2026-03-04 09:00")


@pytest.fixture
def mailboxes(monkeypatch: pytest.MonkeyPatch) -> dict[int, Mailbox]:
    """A register of addressees of the kind "school", that a test fills."""
    known: dict[int, Mailbox] = {}
    monkeypatch.setattr(addressees, "_registers", {})
    monkeypatch.setattr(addressees, "_enclosures", {})
    register = addressees.Register(mailbox=known.get, path=lambda message: f"/for/{message.pk}/")
    addressees.register("school", register)
    return known


def write(district: District, **changed: Any) -> Message:
    to = Addressee("school", 7, "第一小学", district.street.subdistrict.pk)
    given = {"dedupe": "news.1", "kind": "urge_overdue", "recipient": to, "at": NOW, "params": {"number": "X-1"}}
    enqueue_letters([Letter(**{**given, **changed})])
    return Message.objects.get()


def run() -> dict[str, int]:
    return dict(deliver(lambda: NOW, SENDERS))


def test_it_goes_where_the_register_says_when_it_leaves(district: District, mailboxes: dict[int, Mailbox]) -> None:
    message = write(district)
    mailboxes[7] = Mailbox("new@example.org", "en", "Do not pass it on.")
    assert run() == {"delivered": 1}
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["new@example.org"], "X-1 is overdue")
    assert f"http://localhost:8000/for/{message.pk}/" in letter.body
    assert "Do not pass it on." in letter.body
    assert "/account/" not in letter.body
    assert "example.org" not in str(Message.objects.values())


def test_an_event_is_told_once(district: District, mailboxes: dict[int, Mailbox]) -> None:
    assert write(district).pk == write(district).pk


@pytest.mark.parametrize("known", [None, Mailbox("no address", "en"), Mailbox("", "en")])
def test_it_is_given_up_where_nobody_is(
    district: District, mailboxes: dict[int, Mailbox], known: Mailbox | None
) -> None:
    if known:
        mailboxes[7] = known
    write(district)
    assert run() == {"dead": 1}
    assert mail.outbox == []


def test_it_is_given_up_when_nobody_knows_the_kind(district: District, mailboxes: dict[int, Mailbox]) -> None:
    write(district, recipient=Addressee("shop", 7, "小店", district.street.subdistrict.pk))
    assert run() == {"dead": 1}


def test_it_has_no_inbox_and_waits_for_no_other(district: District, mailboxes: dict[int, Mailbox]) -> None:
    mailboxes[7] = Mailbox("a@example.org", "zh-hans")
    write(district)
    school = Addressee("school", 7, "第一小学", district.street.subdistrict.pk)
    enqueue_letters([Letter("news.2", "urge_overdue", school, NOW, {"number": "X-2"})])
    assert run() == {"delivered": 2}
    assert ["X-1" in mail.outbox[0].subject, "X-2" in mail.outbox[1].subject] == [True, True]
    assert not Message.objects.filter(recipient__isnull=False).exists()


def test_files_go_with_it(district: District, mailboxes: dict[int, Mailbox]) -> None:
    mailboxes[7] = Mailbox("a@example.org", "zh-hans")
    addressees.enclose("urge_overdue", lambda params: Enclosure(f"{params['number']}.txt", "北街", "text/plain"))
    write(district)
    run()
    assert mail.outbox[0].attachments == [("X-1.txt", "北街", "text/plain")]


def test_files_go_with_gathered_mail_as_well(district: District, mailboxes: dict[int, Mailbox]) -> None:
    addressees.enclose("urge_overdue", lambda params: Enclosure(f"{params['number']}.txt", "北街", "text/plain"))
    clerk = district.street.clerk
    type(clerk).objects.filter(pk=clerk.pk).update(mail_rhythm="hourly", mail_choice="all")
    clerk.refresh_from_db()
    letters = [Letter(f"news.{n}", "urge_overdue", clerk, NOW, {"number": f"X-{n}"}) for n in (1, 2)]
    enqueue_letters(letters)
    run()
    (letter,) = mail.outbox
    assert [name for name, _content, _type in letter.attachments] == ["X-1.txt", "X-2.txt"]


def test_the_office_sees_by_name_whom_it_wrote_to(
    district: District, mailboxes: dict[int, Mailbox], client: Client
) -> None:
    message = write(district)
    assert run() == {"dead": 1}
    client.force_login(district.street.auditor)
    assert "第一小学" in client.get("/inbox/ledger/").content.decode()
    assert [*ledger(district.street.auditor, NOW.date())] == [message]
    assert [*ledger(district.other.auditor, NOW.date())] == []


@pytest.mark.parametrize(
    "columns",
    [{}, {"addressee": "school:7"}, {"addressee": "school:7", "subdistrict": True, "channel": "in_app"},
     {"subdistrict": True}, {"recipient": True, "addressee": "school:7", "subdistrict": True}],
)  # fmt: skip
def test_the_database_keeps_no_message_to_nobody_or_to_two(district: District, columns: dict[str, Any]) -> None:
    street = district.street
    whom = {"recipient": street.clerk if columns.get("recipient") else None,
            "subdistrict": street.subdistrict if columns.get("subdistrict") else None}  # fmt: skip
    with pytest.raises(IntegrityError, match="message_to_one"), transaction.atomic():
        Message.objects.create(dedupe_key="x", kind="x", created_at=NOW, **{"channel": "email", **columns, **whom})
