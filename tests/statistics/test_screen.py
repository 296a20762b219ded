"""The large screen: the figures of the dashboard and no person; it says when it cannot go on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from psycopg2.extras import DateRange

from cases.models import Case, CaseEvent
from citymgmt.people.models import User
from communities.models import Community, KeyPlace
from tests.cases.stories import case_in
from tests.office import SINCE, District, user

MOST_QUERIES = 12
SCREEN = "/screen/"
ASKING = {"HX-Request": "true"}


def web(person: User) -> Client:
    """A browser in which somebody has logged in and reads English."""
    User.objects.filter(pk=person.pk).update(language="en")
    client = Client()
    client.force_login(person)
    return client


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def busy(district: District) -> District:
    """An office with cases in several states, some of them long overdue and with the district."""
    at = timezone.localtime(timezone.now() - timedelta(days=40))
    for state in ("dispatched", "handling", "escalated", "closed"):
        case_in(district, state, at=f"{at:%Y-%m-%d} 10:00")
    return district


@pytest.mark.parametrize(
    ("who", "status"),
    [("clerk", 200), ("leader", 200), ("auditor", 200), ("officer", 403), ("teamleader", 403), ("member", 403),
     ("admin", 403), ("secadmin", 403)],
)  # fmt: skip
def test_who_may_open_it(district: District, who: str, status: int) -> None:
    client = web(getattr(district.street, who))
    assert (client.get(SCREEN).status_code, client.get(SCREEN, headers=ASKING).status_code) == (status, status)


def test_it_is_opened_from_the_dashboard(district: District) -> None:
    assert f'href="{SCREEN}"' in text(web(district.street.leader).get("/dashboard/"))


def test_it_names_nobody_and_leads_nowhere(busy: District) -> None:
    people = list(User.objects.all())
    for number, person in enumerate(people):
        person.display_name = f"某人{number:03}先生"
    User.objects.bulk_update(people, ["display_name"])
    Case.objects.update(description="住在三楼的某人", address="某路九号")
    for person in (busy.street.leader, busy.street.clerk, busy.liaison):
        page = text(web(person).get(SCREEN))
        shown = [one for one in people if one.display_name in page or f">{one.username}<" in page]
        assert (shown, "某人" in page, "某路九号" in page) == ([], False, False)
        assert [word for word in ("<a ", "<form", "<nav", "csrf", "log-out", "session") if word in page.lower()] == []


def test_its_figures_are_those_of_the_dashboard(busy: District) -> None:
    client = web(busy.street.leader)
    board = client.get("/dashboard/", {"period": "month"}).context
    standing = [int(tile["value"]) for tile in board["standing"]]
    screen = client.get(SCREEN).context
    tiles = {tile.code: tile.value for tile in screen["tiles"]}
    told = ("open_now", "late_now", "escalated_now", "due_today")
    opened, late, escalated, _suspended, due_today = standing
    assert [int(tiles[code]) for code in told] == [opened, late, escalated, due_today]
    rungs = [{one.count for one in each["rungs"] if one.count} for each in (board, screen)]
    assert (rungs[0], late > 0, sum(one.count for one in screen["rungs"])) == (rungs[1], True, late)


def test_what_came_today_and_this_month(district: District, log: Callable[..., Case]) -> None:
    log(timezone.now() - timedelta(seconds=1))
    tiles = {tile.code: tile for tile in web(district.street.leader).get(SCREEN).context["tiles"]}
    assert (tiles["reported"].value, tiles["reported"].beside) == ("1", "1 this month")
    assert (tiles["ended"].value, tiles["ended"].beside) == ("0", "0 this month")


def test_the_longest_overdue_come_first_and_ten_at_most(district: District) -> None:
    days = [timezone.localtime(timezone.now() - timedelta(days=back)) for back in range(30, 42)]
    cases = [case_in(district, "handling", at=f"{day:%Y-%m-%d} 10:00") for day in days]
    late = web(district.street.leader).get(SCREEN).context["late"]
    expected = sorted(Case.objects.filter(pk__in=[case.pk for case in cases]), key=lambda one: (one.due_at, one.pk))
    assert [case.number for case, _place, _since in late] == [case.number for case in expected[:10]]


def test_places_are_communities_or_key_places(district: District, log: Callable[..., Case]) -> None:
    first = district.street.communities[0]
    place = KeyPlace.objects.create(community=first, kind="market", name_zh="东市场")
    at = timezone.now() - timedelta(days=30)
    log(at, key_place=place)
    log(at)
    shown = {place for _case, place, _since in web(district.street.leader).get(SCREEN).context["late"]}
    assert shown <= {"东市场", first.name_zh}


def test_the_last_ten_events_newest_first(busy: District) -> None:
    events = web(busy.street.leader).get(SCREEN).context["events"]
    newest = CaseEvent.objects.filter(case__subdistrict=busy.street.subdistrict).order_by("-pk")[:10]
    assert [event["number"] for event in events] == [event.case.number for event in newest]
    assert set(events[0]) == {"what", "number", "place", "ago"}


def test_another_office_sees_nothing_of_it(busy: District) -> None:
    context = web(busy.other.leader).get(SCREEN).context
    assert (context["late"], context["events"], {tile.value for tile in context["tiles"]}) == ([], [], {"0", "–"})


def test_a_liaison_sees_what_is_with_the_own_department(busy: District) -> None:
    tiles = {tile.code: tile.value for tile in web(busy.liaison).get(SCREEN).context["tiles"]}
    assert tiles["escalated_now"] == str(
        Case.objects.filter(state="escalated", escalations__department=busy.cgj).distinct().count()
    )


def test_its_own_asking_gets_the_figures_alone(busy: District) -> None:
    client = web(busy.street.leader)
    fragment, page = text(client.get(SCREEN, headers=ASKING)), text(client.get(SCREEN))
    assert ("<html" in fragment, "data-board" in fragment, "<html" in page, "data-board" in page) == (
        False, True, True, True,
    )  # fmt: skip
    assert 'hx-trigger="every 60s"' in page


def test_asking_keeps_no_log_in_alive(district: District) -> None:
    client = web(district.street.leader)
    own = Session.objects.filter(pk=client.session.session_key)  # a server of another test may have left some
    before = own.get().expire_date
    for _time in range(3):
        answer = client.get(SCREEN, headers=ASKING)
        assert "sessionid" not in answer.cookies
    assert own.get().expire_date == before


def test_an_ended_log_in_gives_no_figures(district: District) -> None:
    client = web(district.street.leader)
    Session.objects.all().delete()
    answer = client.get(SCREEN, headers=ASKING, follow=True)
    assert answer.redirect_chain[0][0].startswith("/login/")
    assert "data-board" not in text(answer)  # by which the page in the browser knows it


def test_nothing_in_the_query_breaks_it(district: District) -> None:
    client = web(district.street.leader)
    for query in ("first=x", "period=king", "on=2026-13-01", "by=%3Cscript%3E"):
        answer = client.get(f"{SCREEN}?{query}")
        assert (answer.status_code, "<script>" in text(answer)) == (200, False)
    assert client.post(SCREEN).status_code == 405


@pytest.mark.parametrize("count", [1, 30])
def test_it_asks_little_however_much_there_is(
    busy: District, count: int, log: Callable[..., Case], django_assert_max_num_queries: Any
) -> None:
    street = busy.street
    for number in range(count):
        Community.objects.create(code=f"4401060013{number:02}", name_zh=f"区{number}", subdistrict=street.subdistrict)
        log(timezone.now() - timedelta(days=30))
    client = web(street.leader)
    client.get(SCREEN)
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(SCREEN, headers=ASKING)


def test_more_communities_than_fit_are_counted(district: District, log: Callable[..., Case]) -> None:
    street = district.street
    for number in range(31):
        place = Community.objects.create(
            code=f"4401060013{number:02}", name_zh=f"区{number}", subdistrict=street.subdistrict
        )
        person = user(f"o{number}", "officer", subdistrict=street.subdistrict)
        place.assignments.create(user=person, period=DateRange(SINCE, None))
        log(timezone.now() - timedelta(minutes=9), community=place)
    context = web(street.leader).get(SCREEN).context
    assert (len(context["bars"]), context["more"], context["in_two_columns"]) == (30, 1, True)
