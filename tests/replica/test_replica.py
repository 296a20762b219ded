"""Pages of figures read a real standby: what they take from it, and what the portal does when it is behind or gone."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import InternalError, connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from cases.statistics.models import Evaluation, Formula, Tally
from cases.statistics.views import opening
from citymgmt.health import figures, views
from citymgmt.people.models import User
from citymgmt.replica.condition import remembered
from citymgmt.replica.routing import Router, reading
from tests.cases.stories import reported
from tests.embedded.running import wait_for
from tests.office import District
from tests.replica.standby import Standby
from tests.statistics.freezing import MARCH, frozen

READING = ("SELECT", "(SELECT", "DECLARE")
NOTE = "These figures come from a copy of the database, as it was at"
PAGES = (
    "dashboard", "evaluation", "steadiness", "hot-spots", "league", "map", "chain", "screen", "frozen-list",
)  # fmt: skip


def opened(client: Client, user: User, name: str = "dashboard", query: str = "", **places: Any) -> Any:
    client.force_login(user)
    return client.get(reverse(f"statistics:{name}", kwargs=places) + query)


def open_cases(page: Any) -> int:
    (tile,) = (tile for tile in page.context["standing"] if tile["label"] == "open cases")
    return int(tile["value"])


@contextmanager
def watched() -> Iterator[dict[str, list[str]]]:
    """What is asked of each of the two databases."""
    asked: dict[str, list[str]] = {}
    with CaptureQueriesContext(connection) as primary, CaptureQueriesContext(connections["replica"]) as copy:
        yield asked
    asked["primary"] = [one["sql"] for one in primary.captured_queries]
    asked["copy"] = [one["sql"] for one in copy.captured_queries]


def figures_in(statements: list[str]) -> list[str]:
    """Those that read figures or cases."""
    tables = ('"statistics_', '"cases_case"', '"cases_escalation"')
    return [one for one in statements if one.startswith(READING) and any(table in one for table in tables)]


# what is read where


def test_figures_are_read_from_the_standby_and_nothing_else(
    committed: District, standby: Standby, client: Client
) -> None:
    """Every page: figures and cases from the copy; person, session and unread messages from the primary."""
    evaluation = frozen(committed)
    reported(committed, timezone.now())
    leader = committed.street.leader
    opened(client, leader)  # counts the case; what is kept in memory is read now
    standby.follow()
    of_frozen = [
        ("frozen", f"/statistics/evaluations/{evaluation.pk}/"),
        ("excel", f"/statistics/evaluations/{evaluation.pk}/excel/"),
    ]
    of_frozen.append(("frozen cases", f"/statistics/evaluations/{evaluation.pk}/cases/?measure=reported"))
    lists = [
        ("counted", reverse("statistics:counted") + "?measure=open_now"),
        ("dealt", reverse("statistics:dealt") + "?what=sent&department=1"),
    ]
    for name, address in [*((page, reverse(f"statistics:{page}")) for page in PAGES), *of_frozen, *lists]:
        with watched() as asked:
            answer = client.get(address)
        assert answer.status_code == 200, name
        assert figures_in(asked["primary"]) == [], name
        assert figures_in(asked["copy"]), name
        assert not [one for one in asked["copy"] if re.search(r"FROM .?(people|django|outbox|worktime)_", one)], name
        assert any("django_session" in one for one in asked["primary"]), name
    assert standby.ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'citymgmt-replica'") == 1


def test_what_is_counted_is_written_on_the_primary(committed: District, standby: Standby, client: Client) -> None:
    """A page counts first; the new figure stands on the primary at once, and on the page once the copy has it."""
    reported(committed, timezone.now())
    with watched() as asked:
        opened(client, committed.street.leader)
    assert Tally.objects.filter(dimension="all", open_now=1).exists()
    assert [one for one in asked["copy"] if not one.startswith(READING)] == []
    standby.follow()
    assert open_cases(opened(client, committed.street.leader)) == 1


def test_no_row_is_written_by_who_reads_the_copy(committed: District, standby: Standby) -> None:
    """Neither by mistake, because what it says may be out of date, nor by hand: its sessions only read."""
    with reading(frozenset({"cases"})), pytest.raises(RuntimeError, match=r"writes cases\.Case"):
        Case.objects.update(address="")
    copy = connections["replica"]
    with pytest.raises(InternalError, match="read-only transaction"), copy.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET address = ''")
    with connections["replica"].cursor() as cursor:
        cursor.execute("SHOW default_transaction_read_only")
        assert cursor.fetchone() == ("on",)
    assert Router().allow_migrate("replica", "cases") is False
    assert Router().allow_migrate("default", "cases") is True


# a copy that is behind


def test_a_copy_that_is_behind_says_as_of_when(
    committed: District, standby: Standby, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old figure with its moment while the copy stands still; the new one without once it goes on."""
    leader = committed.street.leader
    assert open_cases(opened(client, leader)) == 0
    standby.follow()
    standby.pause()
    before = timezone.now()
    reported(committed, before)
    remembered.forget()
    page = opened(client, leader)
    assert (open_cases(page), NOTE in page.content.decode()) == (0, False)  # not noticeable yet
    monkeypatch.setattr(opening, "NOTICEABLE_SECONDS", 0.0)
    remembered.forget()
    page = opened(client, leader)
    assert open_cases(page) == 0
    assert page.wsgi_request.figures_as_of <= before + timedelta(seconds=1)  # when it paused, other workers wrote
    local = timezone.localtime(page.wsgi_request.figures_as_of)
    assert f"{NOTE} {local:%Y-%m-%d %H:%M:%S} (" in page.content.decode()
    screen = opened(client, leader, "screen").content.decode()
    assert f'data-at="{local:%H:%M:%S}"' in screen
    monkeypatch.undo()
    standby.follow()
    remembered.forget()
    page = opened(client, leader)
    assert (open_cases(page), NOTE in page.content.decode()) == (1, False)


def test_as_of_is_no_later_than_what_waits_to_be_counted_there(
    committed: District, standby: Standby, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy has a change that it has not counted: the figures are as of before that change."""
    monkeypatch.setattr(opening, "NOTICEABLE_SECONDS", 0.0)
    opened(client, committed.street.leader)
    before = timezone.now()
    reported(committed, before)
    named_at = timezone.now()
    User.objects.filter(pk=committed.street.clerk.pk).update(last_login=named_at)  # a later commit
    standby.follow()
    standby.pause()
    remembered.forget()
    page = opened(client, committed.street.leader)  # counts it, on the primary
    assert page.wsgi_request.figures_as_of < named_at
    standby.follow()


def test_what_is_kept_in_memory_is_of_the_primary(committed: District, standby: Standby, client: Client) -> None:
    """A composite score gets a new name while the copy stands still: pages show it, and keep no old one."""
    reported(committed, timezone.now())
    opened(client, committed.street.leader)
    standby.follow()
    standby.pause()
    formula = Formula.objects.get(is_default=True)
    Formula.objects.filter(pk=formula.pk).update(name_en="Renamed score")
    try:
        for _again in range(2):
            assert "Renamed score" in opened(client, committed.street.leader).content.decode()
            standby.follow()
    finally:
        Formula.objects.filter(pk=formula.pk).update(name_en=formula.name_en)


def test_who_writes_reads_what_was_written(committed: District, standby: Standby, client: Client) -> None:
    """The evaluation that a leader froze just now opens for that leader, although the copy does not have it."""
    client.force_login(committed.street.leader)
    standby.follow()
    standby.pause()
    key = "1c8de1a0-0b1e-4e0c-9f2e-6f3c5f0c7a11"
    told = {"first": MARCH.first.isoformat(), "last": MARCH.last.isoformat(), "note": "", "request_key": key}
    answer = client.post(reverse("statistics:freeze"), told)
    evaluation = Evaluation.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, evaluation.get_absolute_url())
    assert client.get(answer["Location"]).status_code == 200
    cookie = answer.cookies["wrote"]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (33, True, "Lax")
    del client.cookies["wrote"]  # as the browser does when it ends
    assert client.get(answer["Location"]).status_code == 404
    standby.follow()
    assert client.get(answer["Location"]).status_code == 200


def test_who_only_reads_gets_no_cookie(committed: District, standby: Standby, client: Client) -> None:
    assert "wrote" not in opened(client, committed.street.leader).cookies
    assert "wrote" not in Client().post("/log-in/", {}).cookies


def test_one_that_is_too_far_behind_is_not_read(
    committed: District, standby: Standby, client: Client, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    """Then the page is the primary's, a line of the log says so, and the operations page; /readyz does not break."""
    opened(client, committed.street.leader)
    standby.follow()
    standby.pause()
    settings.REPLICA_MOST_LAG_SECONDS = 0.3
    reported(committed, timezone.now())
    time.sleep(0.35)
    remembered.forget()
    caplog.clear()
    page = opened(client, committed.street.leader)
    assert (open_cases(page), page.wsgi_request.replica) == (1, None)
    assert operations(client, committed) == "slow"
    wait_until_told(client, r"is \d+ s behind")  # a look of a busy machine may be too slow
    settings.REPLICA_MOST_LAG_SECONDS = 30.0  # a busy machine follows in more than a moment
    standby.follow()
    remembered.forget()
    assert opened(client, committed.street.leader).wsgi_request.replica.is_used
    wait_for(lambda: operations(client, committed) == "ok")
    wait_until_told(client, "ok")


def wait_until_told(client: Client, expected: str) -> None:
    """Wait until /readyz says so of the replica. Raises AssertionError with all that it said, after 20 s."""
    said: list[dict[str, str]] = []

    def is_told() -> bool:
        said.append(told_by_readyz(client))
        return bool(re.fullmatch(expected, said[-1]["replica"]))

    try:
        wait_for(is_told)
    except AssertionError as late:
        raise AssertionError(f"{len(said)} times, at last {said[-1]}") from late


def operations(client: Client, district: District) -> str:
    """The state of the line of the operations page."""
    figures.shared_replica.forget()
    client.force_login(district.street.admin)
    rows = client.get("/operations/").context["rows"]
    return next(str(row.line.state) for row in rows if row.part == "replica")


def told_by_readyz(client: Client) -> dict[str, str]:
    """What /readyz says after a look of its own: what an earlier look of a busy machine said is forgotten."""
    for kept in (remembered, figures.shared_replica, views.ready):
        kept.forget()
    answer = client.get("/readyz")
    broken = {part for part, told in answer.json().items() if part != "replica" and told not in ("ok", "starting")}
    assert answer.status_code == 200 or broken  # a part that is only slow breaks nothing, nor does the replica
    assert client.get("/readyz?only=web").status_code == 200
    return answer.json()


def test_a_change_of_its_condition_is_logged_once(
    committed: District, standby: Standby, client: Client, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    opened(client, committed.street.leader)
    standby.pause()
    settings.REPLICA_MOST_LAG_SECONDS = 0.1
    Formula.objects.filter(is_default=True).update(source="")
    time.sleep(0.15)
    caplog.clear()
    remembered.seen = float("-inf")
    for _again in range(2):
        opened(client, committed.street.leader)
        remembered.seen = float("-inf")
    lines = [record.getMessage() for record in caplog.records if record.name == "citymgmt.replica.condition"]
    assert len(lines) == 1
    assert re.fullmatch(r"the read replica: is \d s behind: pages read the primary", lines[0])
    standby.follow()


# one that is gone


def test_one_that_dies_takes_no_page_along(committed: District, standby: Standby, client: Client) -> None:
    """Known as following a moment ago, it is killed: the page comes from the primary, and it is left alone a while."""
    reported(committed, timezone.now())
    leader = committed.street.leader
    assert opened(client, leader).wsgi_request.replica.is_used
    standby.kill()
    page = opened(client, leader)
    assert (page.status_code, open_cases(page), page.wsgi_request.replica) == (200, 1, None)
    assert remembered.condition.reason == "does not answer"
    seen = remembered.seen
    assert opened(client, leader).status_code == 200
    assert remembered.seen == seen  # nobody looked again
    remembered.forget()
    assert opened(client, leader).status_code == 200
    assert remembered.condition.reason == "does not answer"
    assert operations(client, committed) == "slow"
    assert told_by_readyz(client)["replica"] == "does not answer"


def test_the_primary_itself_is_no_standby(committed: District, standby: Standby, client: Client) -> None:
    """A copy that was made a primary follows nobody: it is not read."""
    connections["replica"].close()
    told = connections["replica"].settings_dict
    there, told["HOST"] = told["HOST"], connection.settings_dict["HOST"]
    remembered.forget()
    try:
        page = opened(client, committed.street.leader)
        assert (page.status_code, page.wsgi_request.replica) == (200, None)
        assert remembered.condition.reason == "is no standby"
    finally:
        told["HOST"] = there
