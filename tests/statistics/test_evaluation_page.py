"""The evaluation: each number is the length of its list; the best score first; nothing to judge is no rate."""

from typing import Any

from django.test import Client

from cases.statistics.sql import AMOUNTS
from citymgmt.people.models import User
from tests.cases.list_pages import words
from tests.cases.stories import PATHS, QUICK
from tests.office import District
from tests.statistics.reading import figures_of, listed, measure_of
from tests.statistics.varied import MARCH, through

BY = ("community", "department", "team", "officer", "source", "disorder", "category")


def wrong_figures(client: Client, user: User, answer: Any) -> dict[str, tuple[int, int]]:
    """The figures that are not the length of the list behind them: the number told, and the cases listed."""
    figures = [one for one in figures_of(answer) if measure_of(one[0]) not in AMOUNTS]
    counts = {address: len(set(listed(client, user, address))) for address in dict(figures)}
    return {address: (told, counts[address]) for address, told in figures if told != counts[address]}


def test_each_number_is_the_length_of_its_list(varied: District, show: Any, client: Client) -> None:
    user = varied.street.leader
    for by in BY:
        answer = show("evaluation", user, f"?by={by}")
        assert len(figures_of(answer)) > 20
        assert wrong_figures(client, user, answer) == {}, by


def test_the_whole_office_sees_the_same(varied: District, show: Any) -> None:
    shown = figures_of(show("evaluation", varied.street.leader))
    for who in ("clerk", "auditor"):
        assert figures_of(show("evaluation", getattr(varied.street, who))) == shown != []


def test_the_other_office_sees_its_own(varied: District, show: Any, client: Client) -> None:
    user = varied.other.leader
    answer = show("evaluation", user)
    assert [row.name for row in answer.context["rows"]] == ["乙街第1社区"]
    assert wrong_figures(client, user, answer) == {}
    shown = {number[:9] for address, _told in figures_of(answer) for number in listed(client, user, address)}
    assert shown == {user.subdistrict.code}


def test_a_liaison_is_shown_the_own_department(varied: District, show: Any, client: Client) -> None:
    """Whatever the address asks for."""
    for query in ("", "?by=community", "?by=officer", "?period=year"):
        answer = show("evaluation", varied.liaison, query)
        assert [row.name for row in answer.context["rows"]] == [str(varied.cgj)]
        assert "by" not in answer.context["form"].fields
        assert wrong_figures(client, varied.liaison, answer) == {}


def test_how_often_is_the_sum_over_the_cases_behind_it(varied: District, show: Any, client: Client) -> None:
    """Two cases were sent back, one of them twice: three times of rework, and the list says so."""
    answer = show("evaluation", varied.street.leader, "?by=disorder")
    often = [one for one in figures_of(answer) if measure_of(one[0]) in AMOUNTS and one[1]]
    assert {measure_of(address) for address, _told in often} == {"extensions", "overdue_percent", "reworks"}
    for address, told in often:
        page = client.get(address)
        cases = len(listed(client, varied.street.leader, address))
        assert f"{told} in {cases} case" in words(page)
        assert told >= cases >= 1


def test_the_best_score_leads_and_equal_ones_share_a_place(district: District, show: Any) -> None:
    first, second = district.street.communities
    through(district, PATHS["closed"], MARCH, community=second, source="call")
    through(district, PATHS["closed"], MARCH, community=second, source="media")
    through(district, PATHS["handling"], MARCH, line=QUICK, community=first, source="video")
    through(district, [], MARCH, community=first, source="paper")
    ranks = [(row.name, row.rank, row.points) for row in show("evaluation", district.street.leader).context["rows"]]
    assert ranks == [("甲街第2社区", 1, "100.00"), ("甲街第1社区", 2, "30.00")]
    by_source = show("evaluation", district.street.leader, "?by=source").context["rows"]
    assert [(row.rank, row.points) for row in by_source] == [
        (1, "100.00"),
        (1, "100.00"),
        (3, "30.00"),
        (None, "–"),
    ]


def test_nothing_to_judge_is_no_rate(district: District, show: Any) -> None:
    """A report that waits: of one report none is filed, and there is nothing of which a handling rate could be."""
    through(district, [], MARCH)
    (row,) = show("evaluation", district.street.leader).context["rows"]
    told = dict(zip(codes(show, district), [cell.value for cell in row.cells], strict=True))
    assert (told["filing_rate"], told["open_rate"], told["handling_rate"]) == ("0.0 %", "100.0 %", "–")


def codes(show: Any, district: District) -> list[str]:
    answer = show("evaluation", district.street.leader)
    return [indicator.code for indicator, _label, _definition in answer.context["indicators"]]


def test_an_empty_office_has_nothing_to_evaluate(district: District, show: Any) -> None:
    answer = show("evaluation", district.street.leader)
    assert (answer.status_code, answer.context["rows"]) == (200, [])
    assert "Nothing to evaluate" in words(answer)


def test_the_definitions_and_the_weights_stand_below(district: District, show: Any) -> None:
    said = words(show("evaluation", district.street.leader))
    assert "handled on time ÷ to be handled, of the cases dispatched in the period." in said
    weights = (
        "Handling rate × 30.00 + On-time handling rate × 20.00 + (1 − Rework rate) × 20.00"
        " + (1 − Overdue unhandled rate) × 20.00"
    )
    assert weights in said


def test_the_period_stays_when_the_table_is_told_apart_otherwise(district: District, show: Any) -> None:
    """The form keeps the usual period that is shown; days that are said go before it."""
    html = show("evaluation", district.street.leader, "?period=year&by=team").content.decode()
    assert '<input type="hidden" name="period" value="year">' in html
    assert 'href="?period=month&amp;by=team"' in html
