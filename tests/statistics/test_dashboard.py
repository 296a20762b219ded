"""The dashboard: each number is the length of the list behind it, in each scope; periods; comparisons; cost."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Case
from cases.workflow import RUNNING, STATES
from citymgmt.people.models import User
from tests.cases.list_pages import words
from tests.cases.stories import PATHS, QUICK, case_in, do
from tests.office import District, china
from tests.statistics.asking import hostile_queries
from tests.statistics.reading import figures_of, listed
from tests.statistics.varied import FEBRUARY, MARCH, NOW, through

BEFORE, A_YEAR_BEFORE = "period before, to the same day", "a year before, to the same day"
SEE = {"clerk", "leader", "auditor"}
SEE_NOT = {"officer", "teamleader", "member", "admin", "secadmin"}


def test_the_district_holds_all_states(varied: District) -> None:
    """What the tests below walk: all states, both streets, both departments, teams, and cases that are late."""
    own = Case.objects.filter(subdistrict=varied.street.subdistrict)
    assert set(own.values_list("state", flat=True)) == set(STATES)
    assert own.values("community_id").distinct().count() == 3  # one is in none
    assert own.filter(team=varied.street.team, state="dispatched").exists()
    assert own.filter(state__in=RUNNING, due_at__lt=NOW).count() >= 2
    assert Case.objects.filter(subdistrict=varied.other.subdistrict).count() >= 6


# who sees what


def test_the_whole_office_sees_the_same(varied: District, show: Any, client: Client) -> None:
    """Clerk, leader and auditor: the same figures; the auditor does not open the page of the overdue."""
    shown = {who: figures_of(show("dashboard", getattr(varied.street, who))) for who in sorted(SEE)}
    assert shown["clerk"] == shown["leader"]
    assert shown["auditor"] == [one for one in shown["leader"] if not one[0].startswith("/cases/overdue/")] != []
    assert shown["leader"] != shown["auditor"]
    for who in ("clerk", "auditor"):
        assert wrong_figures(client, getattr(varied.street, who), shown[who][::9]) == {}


Listed = dict[tuple[User, str], int]  # how many cases somebody's list at an address holds


def wrong_figures(
    client: Client, user: User, figures: list[tuple[str, int]], known: Listed | None = None
) -> dict[str, tuple[int, int]]:
    """The figures that are not the length of the list behind them: the number told, and the cases listed.

    A list that several figures lead to is read once, of several pages too when these share what is `known`.
    """
    counts = {} if known is None else known
    for address in dict(figures):
        if (user, address) not in counts:
            counts[user, address] = len(set(listed(client, user, address)))
    return {address: (told, counts[user, address]) for address, told in figures if told != counts[user, address]}


def test_each_number_is_the_length_of_its_list(varied: District, show: Any, client: Client) -> None:
    """For the leaders of both offices and the liaison of a department, and in another period."""
    leader, known = varied.street.leader, Listed()
    for user, query in [(leader, ""), (varied.other.leader, ""), (varied.liaison, ""), (leader, "?period=year")]:
        figures = figures_of(show("dashboard", user, query))
        assert len(figures) > 8
        assert any(told for _address, told in figures)
        assert wrong_figures(client, user, figures, known) == {}, (user, query)


def test_what_stands_is_what_the_cases_say(varied: District, show: Any) -> None:
    own = Case.objects.filter(subdistrict=varied.street.subdistrict)
    assert tiles(show("dashboard", varied.street.clerk)) == {
        "open cases": own.filter(closed_at=None).count(),
        "overdue": own.filter(state__in=RUNNING, due_at__lt=NOW).count(),
        "with the district": own.filter(state="escalated").count(),
        "suspended": own.filter(state="suspended").count(),
        "Due today": 1,
    }


def tiles(answer: Any) -> dict[str, int]:
    return {str(tile["label"]): tile["value"] for tile in answer.context["standing"]}


def test_a_liaison_sees_the_own_department_alone(varied: District, show: Any, client: Client) -> None:
    """Of both sub-districts, what was escalated to it last; no tables of offices that are not its own."""
    answer = show("dashboard", varied.liaison)
    theirs = Case.objects.filter(escalations__department=varied.cgj)
    assert tiles(answer)["with the district"] == theirs.filter(state="escalated").count() >= 2
    assert answer.context["tables"] == []
    shown = {number for address, _told in figures_of(answer) for number in listed(client, varied.liaison, address)}
    assert shown <= set(theirs.values_list("number", flat=True))
    assert tiles(show("dashboard", varied.liaison2))["with the district"] == 1


def test_cases_of_another_office_are_in_no_figure(varied: District, show: Any, client: Client) -> None:
    for user in (varied.street.leader, varied.other.leader):
        figures = dict(figures_of(show("dashboard", user, "?period=year")))
        shown = {number[:9] for address in figures for number in listed(client, user, address)}
        assert shown == {user.subdistrict.code}


@pytest.mark.parametrize("page", ["dashboard", "evaluation", "counted"])
@pytest.mark.parametrize("who", sorted(SEE_NOT))
def test_the_field_and_the_administrators_are_refused(district: District, show: Any, page: str, who: str) -> None:
    assert show(page, getattr(district.street, who), "?measure=open_now").status_code == 403


# periods


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("", "2026-03-01", "2026-03-31"),
        ("?period=today", "2026-03-18", "2026-03-18"),
        ("?period=week", "2026-03-16", "2026-03-22"),
        ("?period=last_month", "2026-02-01", "2026-02-28"),
        ("?period=quarter", "2026-01-01", "2026-03-31"),
        ("?period=year", "2026-01-01", "2026-12-31"),
        ("?first=2026-02-03&last=2026-02-05", "2026-02-03", "2026-02-05"),
        ("?period=year&first=2026-02-03&last=2026-02-05", "2026-02-03", "2026-02-05"),
        ("?first=2026-02-03", "2026-02-03", "2026-02-03"),
        ("?last=2026-02-05", "2026-02-05", "2026-02-05"),
    ],
)
@pytest.mark.parametrize("page", ["dashboard", "evaluation"])
def test_the_period_is_the_one_asked_for(
    district: District, show: Any, page: str, query: str, first: str, last: str
) -> None:
    answer = show(page, district.street.clerk, query)
    assert answer.status_code == 200
    assert f"{first} to {last}" in words(answer)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?first=2026-03-05&last=2026-03-04", "The period must end after it begins, at most 3 years later."),
        ("?first=2020-01-01&last=2026-03-04", "The period must end after it begins, at most 3 years later."),
        ("?first=2026-02-30", "A day such as 2026-03-31, from 2000 to 2100."),
        ("?period=century", "Select a valid choice."),
    ],
)
@pytest.mark.parametrize("page", ["dashboard", "evaluation"])
def test_a_wrong_period_is_told_and_the_page_shows_this_month(
    district: District, show: Any, page: str, query: str, sentence: str
) -> None:
    through(district, PATHS["closed"], MARCH)
    answer = show(page, district.street.clerk, query)
    assert (answer.status_code, sentence in words(answer)) == (422, True)
    assert figures_of(answer) == figures_of(show(page, district.street.clerk)) != []


@pytest.mark.parametrize("page", ["dashboard", "evaluation", "counted"])
def test_nothing_in_the_address_breaks_a_page(district: District, show: Any, page: str) -> None:
    names = ["period", "first", "last", *(["by", "key", "measure", "cursor"] if page == "counted" else [])]
    asked = {"measure": "reported", "by": "community", "key": "1"} if page == "counted" else {}
    for query in hostile_queries(*names, asked=asked):
        assert show(page, district.street.clerk, query).status_code in (200, 400, 422), query[:80]


# comparison


def changes(answer: Any, code: str) -> list[tuple[str, str, str, str]]:
    """What a figure was before, how it differs, and whether that is better."""
    (figure,) = [one for one in answer.context["figures"] if one.code == code]
    return [(one.label, one.was, one.difference, one.tone) for one in figure.changes]


def test_a_count_is_compared_with_the_period_and_the_year_before(district: District, show: Any) -> None:
    """On 18 March three reports, until 18 February two, until 18 March 2025 one: half more, three times as many."""
    for day in ("2026-03-01 00:00", "2026-03-09 09:00", "2026-03-17 23:59", "2026-02-01 00:00", "2026-02-18 23:59",
                "2026-02-19 00:00", "2025-03-18 23:59", "2025-03-19 00:00", "2026-01-31 23:59"):  # fmt: skip
        case_in(district, "reported", at=day)
    answer = show("dashboard", district.street.leader)
    assert changes(answer, "reported") == [(BEFORE, "2", "+50.0 %", ""), (A_YEAR_BEFORE, "1", "+200.0 %", "")]
    assert changes(answer, "ended") == [(BEFORE, "0", "", ""), (A_YEAR_BEFORE, "0", "", "")]
    over = show("dashboard", district.street.leader, "?period=last_month")
    assert changes(over, "reported") == [("period before", "1", "+200.0 %", ""), ("a year before", "0", "", "")]


def test_a_rate_is_compared_in_points_and_says_what_is_better(district: District, show: Any) -> None:
    """March: 2 of 3 handled on time, 1 overdue; February: 1 of 4, 3 overdue. 66.7 % - 25.0 % are 41.7 points."""
    for handled, late, day in ((2, 1, MARCH), (1, 3, FEBRUARY)):
        for _turn in range(handled):
            through(district, PATHS["closed"], day)
        for _turn in range(late):
            through(district, PATHS["handling"], day, line=QUICK)
    answer = show("dashboard", district.street.leader)
    assert changes(answer, "handling_on_time_rate")[0] == (BEFORE, "25.0 %", "+41.7 points", "done")
    assert changes(answer, "overdue_unhandled_rate")[0] == (BEFORE, "75.0 %", "−41.7 points", "done")
    assert changes(answer, "rework_rate")[0] == (BEFORE, "0.0 %", "±0.0 points", "")
    assert changes(answer, "rework_rate")[1] == (A_YEAR_BEFORE, "–", "", "")
    back = show("dashboard", district.street.leader, "?period=last_month")
    assert [tone for *_said, tone in changes(back, "handling_on_time_rate")] == ["", ""]
    assert "+41.7 points better" in words(answer)


def test_what_is_worse_is_said_in_words(district: District, show: Any) -> None:
    through(district, PATHS["closed"], FEBRUARY)
    through(district, PATHS["handling"], MARCH, line=QUICK)
    answer = show("dashboard", district.street.leader)
    assert changes(answer, "handling_on_time_rate")[0] == (BEFORE, "100.0 %", "−100.0 points", "alert")
    assert changes(answer, "overdue_unhandled_rate")[0] == (BEFORE, "0.0 %", "+100.0 points", "alert")
    assert words(answer).count("points worse") == 3  # handling on time, closing, overdue


# the trend and the time to handle


@pytest.mark.parametrize(
    ("query", "labels", "reported"),
    [
        ("?first=2026-03-15&last=2026-03-18", ["Mar 15", "Mar 16", "Mar 17", "Mar 18"], [0, 2, 0, 1]),
        ("?first=2026-01-07&last=2026-03-18", None, [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 3]),
        ("?first=2025-03-17&last=2026-03-18", None, [0] * 11 + [1, 3]),
    ],
)
def test_the_trend_goes_on_in_days_weeks_or_months(
    district: District, show: Any, client: Client, query: str, labels: list[str] | None, reported: list[int]
) -> None:
    """Also over those in which nothing came; each number of its table leads to its cases."""
    for at in (FEBRUARY, MARCH, MARCH, NOW):
        through(district, [], at)
    answer = show("dashboard", district.street.leader, query)
    trend = answer.context["trend"]
    assert labels is None or trend["chart"]["labels"] == labels
    assert [cells[0][0] for _label, cells in trend["rows"]] == trend["chart"]["series"][0]["values"] == reported
    for _label, cells in trend["rows"]:
        assert len(listed(client, district.street.leader, cells[0][1])) == cells[0][0]


def test_a_week_and_a_month_are_named_as_people_say_them(district: District, show: Any) -> None:
    weeks = show("dashboard", district.street.leader, "?first=2026-01-07&last=2026-03-18").context["trend"]["rows"]
    months = show("dashboard", district.street.leader, "?first=2025-03-17&last=2026-03-18").context["trend"]["rows"]
    assert [weeks[0][0], weeks[1][0], weeks[-1][0]] == ["Jan 7–Jan 11", "Jan 12–Jan 18", "Mar 16–Mar 18"]
    assert [months[0][0], months[-1][0]] == ["Mar 2025", "Mar 2026"]


def test_the_time_to_handle_is_the_median_and_what_nine_of_ten_need(district: District, show: Any) -> None:
    """Ten cases handled within 1 to 10 hours: half within 5 hours, nine of ten within 9."""
    for hours in range(1, 11):
        case = through(district, PATHS["handling"], MARCH)
        do(district, case, "report_back", MARCH + timedelta(hours=hours))
    (figure,) = [
        one for one in show("dashboard", district.street.clerk).context["figures"] if one.code == "time_to_handle"
    ]
    assert (figure.value, figure.parts) == ("5 h 0 min", (("nine of ten within 9 h 0 min", ""),))


# emptiness and cost


def test_an_empty_office_has_zeros_and_no_rates(district: District, show: Any) -> None:
    answer = show("dashboard", district.street.leader)
    assert set(tiles(answer).values()) == {0}
    assert {figure.code: figure.value for figure in answer.context["figures"]} == {
        "reported": "0", "filed": "0", "ended": "0", "handling_on_time_rate": "–", "closing_rate": "–",
        "overdue_unhandled_rate": "–", "rework_rate": "–", "time_to_handle": "–", "score": "–", "backlog": "0",
    }  # fmt: skip
    assert [table.lines for table in answer.context["tables"]] == [[]] * 6
    assert "nine of ten" not in words(answer)


@pytest.mark.parametrize("name", ["dashboard", "evaluation", "counted"])
def test_ten_cases_cost_what_one_costs(district: District, show: Any, client: Client, name: str) -> None:
    costs = []
    for count in (1, 9):
        for turn in range(count):
            through(district, PATHS["handling"], MARCH, source=("call", "media")[turn % 2])
        costs.append(cost_of(lambda: show(name, district.street.leader, "?measure=open_now"), client, name))
    assert costs[0] == costs[1] <= 12


def cost_of(see: Callable[[], Any], client: Client, name: str, query: str = "?measure=open_now") -> int:
    """The queries of a page for somebody who is logged in, when all that changed has been counted."""
    see()
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse(f"statistics:{name}") + query)
    return len(queries)


def test_each_figure_prints_its_definition(district: District, show: Any) -> None:
    html = show("dashboard", district.street.leader).content.decode()
    printed = re.findall(r"<details class=\"definition\" data-printed>.*?<p>(.*?)</p>", html, re.DOTALL)
    assert len(printed) == 10
    assert printed[0] == "reports, of the cases reported in the period"
    assert all(printed)


def test_chinese_dates_and_names(district: District, show: Any, client: Client) -> None:
    show("dashboard", district.street.leader)
    User.objects.update(language="zh-hans")
    answer = client.get(reverse("statistics:dashboard") + "?first=2026-03-15&last=2026-03-18")
    assert answer.context["trend"]["chart"]["labels"] == ["3月15日", "3月16日", "3月17日", "3月18日"]
    assert "按期处置率" in words(answer)


def test_what_is_not_counted_yet_is_told(district: District, show: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page counts so many changed cases at most; the rest waits, and the page says so."""
    monkeypatch.setattr("cases.statistics.views.opening.MOST_AT_ONCE", 1)
    monkeypatch.setattr("cases.statistics.actions.counting.BATCH", 1)
    for _turn in range(2):
        through(district, [], MARCH)
    told = "Many cases changed and are still being counted."
    assert told in words(show("dashboard", district.street.leader))
    assert [told in words(show("dashboard", district.street.leader)) for _turn in range(3)][-1] is False


def test_late_is_late_the_moment_it_is_opened(district: District, show: Any) -> None:
    """Nothing was written since the deadline passed: the page counts what fell due by itself."""
    case = through(district, PATHS["handling"], china("2026-03-18 09:00"), line=QUICK)
    assert tiles(show("dashboard", district.street.leader, at=case.due_at))["overdue"] == 0
    after = case.due_at + timedelta(seconds=1)
    assert tiles(show("dashboard", district.street.leader, at=after))["overdue"] == 1
