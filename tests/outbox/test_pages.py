"""The inbox of each person, the bell, and the ledger of deliveries."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from citymgmt.outbox.actions import retry_message
from citymgmt.outbox.models import Message
from citymgmt.people.models import User
from citymgmt.refusals import NotFound, NotPermitted, WrongState
from tests.office import District, china

NOW = china("2026-03-04 09:00")


def told(recipient: User, key: str, **columns: Any) -> Message:
    given = {"kind": "pass", "params": {"number": key}, "channel": "in_app", "state": "delivered", **columns}
    return Message.objects.create(dedupe_key=key, recipient=recipient, created_at=NOW, **given)


def dead(recipient: User, key: str = "dead") -> Message:
    return told(recipient, key, channel="email", state="dead", error="SMTPConnectError")


def shown(client: Client, address: str) -> list[str]:
    """The keys of the messages on a page of the inbox, in their order."""
    return [row["message"].dedupe_key for day in client.get(address).context["days"] for row in day["rows"]]


def test_unread_come_first_and_newest_first(district: District, client: Client) -> None:
    clerk = district.street.clerk
    for key, read_at in (("a", NOW), ("b", None), ("c", NOW), ("d", None)):
        told(clerk, key, read_at=read_at)
    told(district.street.clerk2, "other")
    told(clerk, "mailed", channel="email")
    client.force_login(clerk)
    assert shown(client, "/inbox/") == ["mailed", "d", "b", "c", "a"]
    assert shown(client, "/inbox/?unread=1") == ["mailed", "d", "b"]


def test_messages_stand_under_their_local_days_unread_days_first(district: District, client: Client) -> None:
    clerk = district.street.clerk
    for key, at, is_read in (
        ("a", "2026-03-03 00:30", True), ("b", "2026-03-03 23:59", False), ("c", "2026-03-04 00:00", True),
        ("e", "2026-03-04 11:00", False), ("d", "2026-03-04 10:00", False),  # told late, as after a pause of the sweep
    ):  # fmt: skip
        message = told(clerk, key, read_at=NOW if is_read else None)
        Message.objects.filter(pk=message.pk).update(created_at=china(at))
    client.force_login(clerk)
    days = client.get("/inbox/").context["days"]
    keys = [[row["message"].dedupe_key for row in day["rows"]] for day in days]
    assert [(day["is_read"], f"{day['on']:%d}", found) for day, found in zip(days, keys, strict=True)] == [
        (False, "04", ["e", "d"]), (False, "03", ["b"]), (True, "04", ["c"]), (True, "03", ["a"]),
    ]  # fmt: skip


def test_one_message_is_marked_and_no_other(district: District, client: Client) -> None:
    first, _second = told(district.street.clerk, "a"), told(district.street.clerk, "b")
    other = told(district.street.clerk2, "c")
    client.force_login(district.street.clerk)
    statuses = [
        client.post("/inbox/read/", {"message": pk}).status_code
        for pk in (first.pk, other.pk, "", "x", "²", "9" * 30, "-1")
    ]
    assert statuses == [302, 404, 404, 404, 404, 404, 404]
    assert list(Message.objects.filter(read_at=None).order_by("pk").values_list("dedupe_key", flat=True)) == ["b", "c"]


def test_opening_marks_read_and_leads_to_the_case(district: District, client: Client) -> None:
    message = told(district.street.clerk, "a", link="/cases/X-1/")
    client.force_login(district.street.clerk)
    assert client.get(f"/inbox/{message.pk}/").headers["Location"] == "/cases/X-1/"
    message.refresh_from_db()
    assert message.read_at is not None


@pytest.mark.parametrize("link", ["", "//evil.example", "https://evil.example", "javascript:alert(1)"])
def test_opening_never_leads_out(district: District, client: Client, link: str) -> None:
    message = told(district.street.clerk, "a", link=link)
    client.force_login(district.street.clerk)
    assert client.get(f"/inbox/{message.pk}/").headers["Location"] == "/inbox/"


def test_message_of_another_does_not_exist(district: District, client: Client) -> None:
    message = told(district.street.clerk2, "a", link="/x/")
    client.force_login(district.street.clerk)
    assert [client.get(f"/inbox/{pk}/").status_code for pk in (message.pk, 10**30)] == [404, 404]
    message.refresh_from_db()
    assert message.read_at is None


def test_mark_all_read_is_of_oneself_and_by_post(district: District, client: Client) -> None:
    told(district.street.clerk, "a")
    told(district.street.clerk2, "b")
    client.force_login(district.street.clerk)
    assert client.get("/inbox/read/").status_code == 405
    assert client.post("/inbox/read/").status_code == 302
    assert list(Message.objects.filter(read_at=None).values_list("dedupe_key", flat=True)) == ["b"]


@pytest.mark.parametrize(("count", "shown"), [(0, None), (3, "3"), (120, "99+")])
def test_bell_shows_the_number(district: District, client: Client, count: int, shown: str | None) -> None:
    for number in range(count):
        told(district.street.clerk, f"n{number}")
    client.force_login(district.street.clerk)
    page = client.get("/inbox/unread/").content.decode()
    assert ("bell-count" in page) == (shown is not None)
    assert shown is None or f">{shown}<" in page


@pytest.mark.parametrize("path", ["/inbox/", "/inbox/ledger/"])
def test_page_takes_the_same_queries_for_many_rows(district: District, client: Client, path: str) -> None:
    client.force_login(district.street.admin)
    client.get(path)  # reads what is kept
    counts = []
    for count in (1, 9):
        for number in range(count):
            told(district.street.admin, f"in{count}.{number}")
            dead(district.street.clerk, f"out{count}.{number}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize(
    ("who", "status"),
    [("admin", 200), ("auditor", 200), ("secadmin", 403), ("clerk", 403), ("leader", 403), ("officer", 403)],
)
def test_who_reads_the_ledger(district: District, client: Client, who: str, status: int) -> None:
    client.force_login(getattr(district.street, who))
    assert client.get("/inbox/ledger/").status_code == status


def test_ledger_ends_at_the_street(district: District, client: Client) -> None:
    for person in (district.street.clerk, district.other.clerk, district.liaison):
        dead(person, person.username)
    client.force_login(district.street.auditor)
    keys = {row["message"].dedupe_key for row in client.get("/inbox/ledger/").context["rows"]}
    assert keys == {"clerk1", "liaison"}
    assert client.get("/inbox/ledger/?state=nope").status_code == 422


def test_administrator_has_a_message_sent_again(district: District, client: Client) -> None:
    message = dead(district.street.clerk)
    client.force_login(district.street.admin)
    assert client.post(f"/inbox/ledger/{message.pk}/retry/").status_code == 302
    message.refresh_from_db()
    assert (message.state, message.next_at is not None) == ("waiting", True)
    assert client.post(f"/inbox/ledger/{message.pk}/retry/").status_code == 409


def test_retry_is_refused_to_others(district: District) -> None:
    message = dead(district.street.clerk)
    for by, refusal in ((district.street.auditor, NotPermitted), (district.street.clerk, NotFound),
                        (district.other.admin, NotFound)):  # fmt: skip
        with pytest.raises(refusal):
            retry_message(by=by, at=NOW, pk=message.pk)
    message.refresh_from_db()
    assert message.state == "dead"


def test_retry_of_nothing(district: District) -> None:
    with pytest.raises(NotFound):
        retry_message(by=district.street.admin, at=NOW, pk=10**30)
    waiting = told(district.street.clerk, "w", channel="email", state="waiting", next_at=NOW)
    with pytest.raises(WrongState):
        retry_message(by=district.street.admin, at=NOW, pk=waiting.pk)
