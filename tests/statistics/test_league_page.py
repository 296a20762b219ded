"""The league of departments: each figure is the length of its list of escalations, and what a second count says."""

from collections import Counter
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from cases.models import Case, Escalation
from citymgmt.people.models import User
from tests.cases.list_pages import words
from tests.cases.stories import PATHS, do
from tests.office import District, china
from tests.statistics.asking import hostile_queries
from tests.statistics.test_dashboard import SEE_NOT, cost_of
from tests.statistics.varied import MARCH, through

WAYS = ("sent", "acknowledge", "reply", "return_escalation", "take_back")
YEAR = "?period=year"
DEALT = "?what=sent&department={}"


def escalated(district: District, way: str = "sent", at: Any = MARCH, after: Any = timedelta(hours=1)) -> Case:
    """A case with the department cgj, and what came of it an hour later."""
    case = through(district, PATHS["escalated"], at)
    if way != "sent":
        do(district, case, way, at + after)
    return case


def of_all_ways(district: District) -> None:
    for way in WAYS:
        escalated(district, way)
    escalated(district, "reply", after=timedelta(days=1, hours=23))
    case = through(district, PATHS["handling"], MARCH)
    do(district, case, "escalate", MARCH, note="越权", department=district.jjdd)


def figures(answer: Any) -> dict[str, int]:
    """The address behind each figure of the page, and the figure."""
    found: dict[str, int] = {}
    for standing in answer.context["standings"]:
        cells = [*standing.counts, *(part for _rate, parts in standing.rates for part in parts)]
        found |= {url: count for count, url in cells}
    return found


def escalations(client: Client, user: User, address: str) -> list[str]:
    """The supervision numbers of the list at an address, over all its pages."""
    client.force_login(user)
    found: list[str] = []
    page = 1
    while True:
        answer = client.get(f"{address}&page={page}")
        assert answer.status_code == 200, address
        found += [row.number for row in answer.context["rows"]]
        if not answer.context["page"].has_next():
            return found
        page += 1


def test_each_number_is_the_length_of_its_list(varied: District, show: Any, client: Client) -> None:
    """For both offices and both departments; nothing of another's."""
    of_all_ways(varied)
    for user in (varied.street.leader, varied.other.leader, varied.liaison, varied.liaison2):
        told = figures(show("league", user, YEAR))
        assert any(told.values()), user
        for address, count in told.items():
            numbers = escalations(client, user, address)
            assert (len(numbers), len(set(numbers))) == (count, count), (user, address)


def test_of_nothing_there_is_only_the_dash(district: District, show: Any) -> None:
    escalated(district)
    page = words(show("league", district.street.leader, YEAR))
    assert "0 ÷ 0" not in page


def test_the_counts_are_what_the_escalations_say(varied: District, show: Any) -> None:
    """Counted once more from their rows."""
    of_all_ways(varied)
    answer = show("league", varied.street.leader, YEAR)
    own = Escalation.objects.filter(case__subdistrict=varied.street.subdistrict)
    plain = Counter((one.department_id, one.state) for one in own)
    sent = Counter(one.department_id for one in own)
    for address, count in figures(answer).items():
        asked = parse_qs(urlsplit(address).query)
        what, department = asked["what"][0], int(asked["department"][0])
        if what in ("replied", "returned", "taken_back"):
            assert count == plain[department, what], address
        if what == "sent":
            assert count == sent[department], address
        if what == "open":
            assert count == plain[department, "sent"] + plain[department, "acknowledged"], address
    assert sum(sent.values()) == own.count() >= 8


def test_an_escalation_counts_in_the_period_in_which_it_was_sent(district: District, show: Any) -> None:
    escalated(district, at=china("2026-02-28 17:59"))
    case = through(district, PATHS["handling"], china("2026-02-28 09:00"))
    do(district, case, "escalate", china("2026-03-01 00:00"), note="越权", department=district.cgj)
    for query, count in (("", 1), ("?period=last_month", 1), (YEAR, 2), ("?period=today", 0)):
        standings = show("league", district.street.leader, query).context["standings"]
        assert sum(standing.counts[0][0] for standing in standings) == count, query


def test_who_answers_in_time_leads(district: District, show: Any) -> None:
    escalated(district, "reply")
    case = through(district, PATHS["handling"], china("2026-03-02 09:00"))
    do(district, case, "escalate", china("2026-03-02 09:00"), note="越权", department=district.jjdd)
    standings = show("league", district.street.leader).context["standings"]
    assert [(one.place, one.name) for one in standings] == [(1, str(district.cgj)), (2, str(district.jjdd))]
    assert standings[0].rates[0][0] == "100.0 %"
    assert standings[0].median == "1 h 0 min"


def test_a_liaison_sees_the_own_department_alone(varied: District, show: Any, client: Client) -> None:
    of_all_ways(varied)
    for liaison, department, other in (
        (varied.liaison, varied.cgj, varied.jjdd),
        (varied.liaison2, varied.jjdd, varied.cgj),
    ):
        assert [one.name for one in show("league", liaison, YEAR).context["standings"]] == [str(department)]
        assert show("dealt", liaison, f"{DEALT.format(other.pk)}&period=year").context["count"] == 0


@pytest.mark.parametrize("who", sorted(SEE_NOT))
@pytest.mark.parametrize("page", ["league", "dealt"])
def test_the_field_and_the_administrators_are_refused(district: District, show: Any, page: str, who: str) -> None:
    assert show(page, getattr(district.street, who), DEALT.format(1)).status_code == 403


def test_where_nothing_was_escalated_the_page_says_so(district: District, show: Any) -> None:
    through(district, PATHS["handling"], MARCH)
    answer = show("league", district.street.leader)
    assert (answer.status_code, answer.context["standings"]) == (200, [])
    assert "Nothing was escalated" in words(answer)
    said = words(show("dealt", district.street.leader, DEALT.format(district.cgj.pk)))
    assert "No escalation counts here" in said


@pytest.mark.parametrize("query", ["", "?what=sent", "?what=nothing&department=1", "?what=sent&department=0",
                                   "?what=sent&department=9223372036854775808", "?what=sent&department=x"])  # fmt: skip
def test_what_names_no_figure_is_told(district: District, show: Any, query: str) -> None:
    answer = show("dealt", district.street.leader, query)
    assert (answer.status_code, "There is no such figure" in words(answer)) == (422, True)


@pytest.mark.parametrize("page", ["league", "dealt"])
def test_nothing_in_the_address_breaks_it(district: District, show: Any, page: str) -> None:
    escalated(district)
    asked = {"what": "sent", "department": district.cgj.pk} if page == "dealt" else {}
    for query in hostile_queries("period", "first", "last", "what", "department", "page", asked=asked):
        assert show(page, district.street.clerk, query).status_code in (200, 400, 422), query[:80]


@pytest.mark.parametrize("query", ["?first=2026-03-05&last=2026-03-04", "?first=0001-01-01", "?last=9999-12-31"])
def test_a_wrong_period_is_told_and_this_month_shown(district: District, show: Any, query: str) -> None:
    escalated(district)
    answer = show("league", district.street.clerk, query)
    assert answer.status_code == 422
    assert figures(answer) == figures(show("league", district.street.clerk)) != {}


def test_ten_escalations_cost_what_one_costs(district: District, show: Any, client: Client) -> None:
    costs: list[tuple[int, int]] = []
    leader, address = district.street.leader, DEALT.format(district.cgj.pk)
    for count in (1, 9):
        for _turn in range(count):
            escalated(district)
        costs.append(
            (
                cost_of(lambda: show("league", leader), client, "league"),
                cost_of(lambda: show("dealt", leader, address), client, "dealt", address),
            )
        )
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 12


def test_late_is_late_by_the_clock_of_the_page(district: District, show: Any) -> None:
    case = escalated(district)
    due_at = case.escalations.get().sent_at + timedelta(days=1)
    for at, late in ((due_at, 0), (due_at + timedelta(seconds=1), 1)):
        (standing,) = show("league", district.street.leader, at=at).context["standings"]
        assert standing.counts[2][0] == late, at
