"""积存: what is suspended for more than sixty natural days is shown on its own, and leads to the very cases."""

from datetime import datetime
from typing import Any

from django.test import Client

from cases.models import Case
from citymgmt.people.models import User
from tests.cases.list_pages import words
from tests.cases.stories import PATHS, do
from tests.office import District, china
from tests.statistics.reading import figures_of, listed
from tests.statistics.varied import through

LONG, ENOUGH, NOT_YET = china("2026-01-05 09:00"), china("2026-01-16 09:00"), china("2026-01-17 09:00")  # NOW: 18 March
BY = ("community", "department", "team", "officer", "source", "disorder", "category")


def suspended(district: District, at: datetime, **matter: Any) -> Case:
    return through(district, PATHS["suspended"], at, **matter)


def backlog(district: District) -> None:
    """Four that are suspended for 72 and 61 days, one for 60, one that goes on since, and one of the other office."""
    second = district.street.communities[1]
    suspended(district, LONG)
    suspended(district, LONG, community=second, source="media")
    suspended(district, ENOUGH, community=second)
    suspended(district, NOT_YET)
    do(district, suspended(district, LONG), "resume", LONG)
    other = District(**{**vars(district), "street": district.other, "other": district.street})
    suspended(other, LONG)


def of_backlog(answer: Any) -> list[tuple[str, int]]:
    """The figures of a page that count suspended cases by the day on which that began."""
    return [one for one in figures_of(answer) if "measure=suspended_since" in one[0]]


def wrong(client: Client, user: User, figures: list[tuple[str, int]]) -> list[tuple[str, int]]:
    return [(address, told) for address, told in figures if len(listed(client, user, address)) != told]


def test_the_dashboard_tells_it_in_every_scope(district: District, show: Any, client: Client) -> None:
    """Whatever the period is."""
    backlog(district)
    street = district.street
    for user, told in ((street.leader, 3), (street.clerk, 3), (street.auditor, 3), (district.other.leader, 1)):
        for query in ("", "?period=today", "?period=last_month"):
            figures = of_backlog(show("dashboard", user, query))
            assert [count for _address, count in figures] == [told], (user, query)
            assert wrong(client, user, figures) == []


def test_a_liaison_sees_what_was_escalated_to_the_department(district: District, show: Any, client: Client) -> None:
    case = through(district, PATHS["escalated"], LONG)
    do(district, case, "take_back", LONG)
    for action in PATHS["suspended"][-3:]:
        do(district, case, action, LONG)
    suspended(district, LONG)
    figures = of_backlog(show("dashboard", district.liaison))
    assert ([told for _address, told in figures], wrong(client, district.liaison, figures)) == ([1], [])
    assert [told for _address, told in of_backlog(show("dashboard", district.liaison2))] == [0]


def test_the_evaluation_tells_it_by_every_dimension(district: District, show: Any, client: Client) -> None:
    """Also of a community in which nothing else counts in the period."""
    backlog(district)
    leader = district.street.leader
    for by in BY:
        figures = of_backlog(show("evaluation", leader, f"?by={by}"))
        assert wrong(client, leader, figures) == [], by
        assert sum(told for _address, told in figures) == (0 if by == "department" else 3), by
    rows = show("evaluation", leader, "?period=today").context["rows"]
    assert {row.name: row.beside[-1][0] for row in rows} == {"甲街第1社区": 1, "甲街第2社区": 2}


def test_what_it_is_stands_beside_it(district: District, show: Any) -> None:
    told = "Cases that have been suspended for more than 60 natural days today, whatever the period."
    for page in ("dashboard", "evaluation"):
        assert told in words(show(page, district.street.leader))
