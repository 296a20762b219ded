"""The page of steadiness: each day's figures are the length of their lists, and its words what a second count says."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from cases.models import Case
from cases.statistics.measures import MEASURES
from tests.cases.list_pages import words
from tests.cases.stories import PATHS, do
from tests.office import District, china
from tests.statistics.asking import hostile_queries
from tests.statistics.reading import figures_of, listed, measure_of
from tests.statistics.test_dashboard import SEE_NOT, cost_of
from tests.statistics.varied import MARCH, NOW, through

DAY = timedelta(days=1)
YEAR = "?period=year"


def handled_on(district: District, day: date, count: int, **matter: Any) -> None:
    for _turn in range(count):
        through(district, PATHS["reported_back"], china(f"{day} 09:00"), **matter)


def by_day(answer: Any) -> dict[str, list[int]]:
    """The table: how much was handled, inspected and handled as campaign work, by day."""
    return {day: [count for count, _url in cells] for day, cells in answer.context["rows"]}


def test_each_number_is_the_length_of_its_list(varied: District, show: Any, client: Client) -> None:
    """In each scope."""
    for user in (varied.street.leader, varied.other.leader, varied.liaison):
        figures = figures_of(show("steadiness", user, YEAR))
        assert {measure_of(address) for address, _told in figures} <= {
            "handled_then",
            "inspected_then",
            "campaign_then",
        }
        wrong = [(address, told) for address, told in figures if len(listed(client, user, address)) != told]
        assert wrong == [], user


def test_the_days_add_up_to_all_that_was_handled(varied: District, show: Any) -> None:
    """Against the cases themselves: those that a person handled and that were neither void nor done on the spot."""
    answer = show("steadiness", varied.street.leader, YEAR)
    own = Case.objects.filter(subdistrict=varied.street.subdistrict, handled_at__isnull=False)
    handled = own.exclude(close_kind="self_handled").exclude(state__in=["void", "merged"])
    told = Counter(str((case.handled_at + timedelta(hours=8)).date()) for case in handled)
    assert {day: cells[0] for day, cells in by_day(answer).items() if cells[0]} == dict(told)
    assert answer.context["found"].total == sum(told.values()) > 5
    campaign = handled.filter(is_campaign=True).count()
    assert sum(cells[2] for cells in by_day(answer).values()) == campaign == 1


def test_the_whole_office_sees_the_same_and_a_liaison_the_own(varied: District, show: Any) -> None:
    shown = {
        who: by_day(show("steadiness", getattr(varied.street, who), YEAR)) for who in ("leader", "clerk", "auditor")
    }
    assert shown["leader"] == shown["clerk"] == shown["auditor"]
    others = by_day(show("steadiness", varied.other.leader, YEAR))
    assert others != shown["leader"]
    assert sum(cells[0] for cells in others.values()) == 1


@pytest.mark.parametrize("who", sorted(SEE_NOT))
def test_the_field_and_the_administrators_are_refused(district: District, show: Any, who: str) -> None:
    assert show("steadiness", getattr(district.street, who)).status_code == 403


def test_a_burst_is_told_and_leads_to_its_cases(district: District, show: Any, client: Client) -> None:
    """Three weeks with one case each, one with twelve: its sentence counts them, and so does the list behind it."""
    for week, count in enumerate((1, 1, 12, 1)):
        handled_on(district, date(2026, 2, 2) + week * 7 * DAY, count)
    answer = show("steadiness", district.street.leader, "?first=2026-02-02&last=2026-03-01")
    said = words(answer)
    assert "In the week from 2026-02-16 12 cases were handled instead of the usual 1." in said
    ((burst, _words, url),) = answer.context["bursts"]
    assert len(listed(client, district.street.leader, url)) == burst.count == 12


def test_days_to_come_are_not_counted_as_idle(district: District, show: Any) -> None:
    answer = show("steadiness", district.street.leader)
    assert [min(by_day(answer)), max(by_day(answer))] == ["2026-03-01", "2026-03-18"]
    later = show("steadiness", district.street.leader, "?first=2026-05-01&last=2026-05-31")
    assert (later.status_code, by_day(later)) == (200, {})


@pytest.mark.parametrize("query", ["", "?period=today", "?first=2000-01-01&last=2000-01-02", "?first=2100-12-31"])
def test_where_nothing_was_handled_nothing_is_said_of_it(district: District, show: Any, query: str) -> None:
    answer = show("steadiness", district.street.leader, query)
    assert (answer.status_code, figures_of(answer)) == (200, [])
    assert "Too little was handled in these days to say whether work is steady." in words(answer)


def test_nothing_in_the_address_breaks_it(district: District, show: Any) -> None:
    for query in hostile_queries("period", "first", "last", "extra"):
        assert show("steadiness", district.street.clerk, query).status_code in (200, 400, 422), query[:80]


@pytest.mark.parametrize("query", ["?first=2026-03-05&last=2026-03-04", "?first=0001-01-01", "?last=9999-12-31"])
def test_a_wrong_period_is_told_and_this_month_shown(district: District, show: Any, query: str) -> None:
    handled_on(district, MARCH.date(), 1)
    answer = show("steadiness", district.street.clerk, query)
    assert answer.status_code == 422
    assert by_day(answer) == by_day(show("steadiness", district.street.clerk))


def test_ten_cases_cost_what_one_costs(district: District, show: Any, client: Client) -> None:
    costs = []
    for count in (1, 9):
        for turn in range(count):
            handled_on(district, date(2026, 3, 2 + turn % 16), 1)
        costs.append(cost_of(lambda: show("steadiness", district.street.leader), client, "steadiness"))
    assert costs[0] == costs[1] <= 12


def test_inspecting_has_its_own_day(district: District, show: Any) -> None:
    case = through(district, PATHS["reported_back"], MARCH)
    do(district, case, "pass", NOW)
    told = by_day(show("steadiness", district.street.leader))
    assert (told["2026-03-16"], told["2026-03-18"]) == ([1, 0, 0], [0, 1, 0])


def test_it_shows_measures_of_the_table() -> None:
    assert {"handled_then", "inspected_then", "campaign_then"} <= set(MEASURES)
