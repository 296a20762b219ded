"""The operations page: who sees it, that it tells what is broken, renews itself, and sends again what was given up."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from citymgmt.outbox.models import Message
from citymgmt.people.models import User
from tests.health.conftest import Hearts
from tests.office import District, china

NOW = china("2026-03-04 09:00")
OF_THE_MACHINE = ("tables", "data-disk", "media-disk")  # what other tests and the disk left; test_judging has the rule


def dead(recipient: User, key: str, state: str = "dead") -> Message:
    return Message.objects.create(
        dedupe_key=key, recipient=recipient, created_at=NOW, kind="pass", params={"number": key}, channel="email",
        state=state, error="SMTPConnectError", attempt=9,
    )  # fmt: skip


def states(*messages: Message) -> list[str]:
    return [Message.objects.get(pk=message.pk).state for message in messages]


def parts(page: Any) -> dict[str, str]:
    return {row.part: row.line.state.value for row in page.context["rows"]}


@pytest.mark.parametrize(
    ("who", "status"),
    [("admin", 200), ("auditor", 200), ("secadmin", 403), ("clerk", 403), ("leader", 403), ("officer", 403)],
)
def test_who_sees_it(district: District, client: Client, who: str, status: int) -> None:
    client.force_login(getattr(district.street, who))
    assert client.get("/operations/").status_code == status


def test_it_tells_of_every_part(district: District, hearts: Hearts, client: Client) -> None:
    hearts(beat=1000)
    client.force_login(district.street.admin)
    page = client.get("/operations/", headers={"Accept-Language": "en"})
    told = parts(page)
    assert told == {
        "web": "unknown", "worker": "ok", "beat": "broken", "broker": "ok", "database": "ok", "migrations": "ok",
        "sweep": "ok", "outbox": "ok", "dead": "ok", "photos": "ok", "exports": "ok", "statistics": "ok",
        "statistics_anew": "ok", "bulletins": "ok", "evidence": "ok", "minutes": "ok", "circulars": "ok",
        "backups": "unknown",
        **{part: told[part] for part in OF_THE_MACHINE},
    }  # fmt: skip
    assert page.context["verdict"].line.state == "broken"


def test_it_renews_its_lines_alone(district: District, client: Client) -> None:
    client.force_login(district.street.admin)
    dead(district.street.clerk, "a")
    page = client.get("/operations/").content.decode()
    lines = client.get("/operations/", headers={"HX-Request": "true"}).content.decode()
    assert 'hx-get="/operations/" hx-trigger="every 15s"' in page
    assert ("<form" in lines, "<html" in lines, "operations-board" in lines) == (False, False, True)


def test_it_takes_the_same_queries_for_many_letters(district: District, hearts: Hearts, client: Client) -> None:
    hearts()
    client.force_login(district.street.admin)
    client.get("/operations/")  # reads what is kept
    counts = []
    for count in (1, 9):
        for number in range(count):
            dead(district.street.clerk, f"{count}.{number}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/operations/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_one_is_sent_again(district: District, client: Client) -> None:
    first, second = dead(district.street.clerk, "a"), dead(district.street.clerk, "b")
    client.force_login(district.street.admin)
    answer = client.post("/operations/retry/", {"one": first.pk, "pk": [second.pk]})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/operations/")
    assert states(first, second) == ["waiting", "dead"]


def test_the_chosen_ones_are_sent_again_within_reach(district: District, client: Client) -> None:
    mine, gone = dead(district.street.clerk, "a"), dead(district.street.clerk, "b", state="delivered")
    foreign = dead(district.other.clerk, "c")
    client.force_login(district.street.admin)
    page = client.post("/operations/retry/", {"pk": [mine.pk, gone.pk, foreign.pk]}, follow=True)
    assert states(mine, gone, foreign) == ["waiting", "delivered", "dead"]
    assert len(page.context["messages"]) == 2


@pytest.mark.parametrize("chosen", [[], ["x"], ["9" * 40], ["٣"], ["-1"], ["1e3"], [str(2**63)]])
def test_nonsense_is_chosen(district: District, client: Client, chosen: list[str]) -> None:
    letter = dead(district.street.clerk, "a")
    client.force_login(district.street.admin)
    assert client.post("/operations/retry/", {"pk": chosen}).status_code == 302
    assert states(letter) == ["dead"]


@pytest.mark.parametrize("who", ["auditor", "clerk"])
def test_others_send_nothing_again(district: District, client: Client, who: str) -> None:
    letter = dead(district.street.clerk, "a")
    client.force_login(getattr(district.street, who))
    assert client.post("/operations/retry/", {"pk": [letter.pk]}).status_code == 403
    assert client.get("/operations/retry/").status_code == 405
    assert states(letter) == ["dead"]


def test_letters_of_another_street_are_not_shown(district: District, client: Client) -> None:
    dead(district.other.clerk, "foreign")
    dead(district.street.clerk, "own")
    client.force_login(district.street.auditor)
    page = client.get("/operations/")
    assert [row["message"].dedupe_key for row in page.context["letters"]] == ["own"]
    assert 'name="one"' not in page.content.decode()


@pytest.mark.parametrize(("silent", "is_warned"), [(10, False), (1000, True)])
def test_the_administrators_first_page_warns(
    district: District, hearts: Hearts, client: Client, silent: int, is_warned: bool
) -> None:
    hearts(beat=silent)
    client.force_login(district.street.admin)
    assert ('role="alert"' in client.get("/setup/").content.decode()) == is_warned
