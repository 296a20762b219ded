"""The page of hot spots: what it counts is what comparing all cases gives, and each leads to the very cases."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cases.models import Case
from cases.pressing import pressing_matters
from cases.statistics.actions import catch_up
from communities.models import KeyPlace
from tests.cases.list_pages import words
from tests.office import District, china
from tests.statistics.asking import hostile_queries
from tests.statistics.reading import listed
from tests.statistics.test_dashboard import SEE_NOT, cost_of
from tests.statistics.test_recurrence import HERE, close, report
from tests.statistics.varied import NOW

DAY = timedelta(days=1)
ELSEWHERE = (113.36, 23.15)
SPOT = "?disorder=1&cell=1"


def again(district: District, count: int, *, since: datetime = NOW - 40 * DAY, by: int = 0, **place: Any) -> list[Case]:
    """So many reports at one place, a day between them, each closed but the last."""
    made = []
    for number in range(count):
        at = since + number * DAY
        made.append(report(district, at, by=by, **place))
        if number < count - 1:
            close(district, made[-1], at + timedelta(hours=1), by=by)
    return made


def rows(answer: Any) -> list[tuple[int, int]]:
    """How many cases and how many recurrences, row by row."""
    return [(row.count, row.recurrences) for row in answer.context["rows"]]


def key_place(district: District) -> KeyPlace:
    return KeyPlace.objects.create(
        community=district.street.communities[0], name_zh="东门菜市场", kind="market", longitude=113.3, latitude=23.1
    )


def test_each_row_leads_to_the_cases_that_it_counts(district: District, show: Any, client: Client) -> None:
    """In each office its own, by point and by key place."""
    again(district, 4, point=HERE)
    again(district, 3, key_place=key_place(district))
    again(district, 3, point=HERE, by=1)
    for user, found in ((district.street.leader, [(4, 3), (3, 2)]), (district.other.leader, [(3, 2)])):
        answer = show("hot-spots", user)
        assert rows(answer) == found
        for row in answer.context["rows"]:
            numbers = listed(client, user, row.recent_url)
            assert (len(numbers), len(set(numbers))) == (row.count, row.count)
            assert {number[:9] for number in numbers} == {user.subdistrict.code}


def test_older_cases_are_in_the_history_and_not_in_the_count(district: District, show: Any, client: Client) -> None:
    old = again(district, 2, since=NOW - 200 * DAY, point=HERE)
    recent = again(district, 3, point=HERE)
    answer = show("hot-spots", district.street.leader)
    (row,) = answer.context["rows"]
    assert row.count == len(listed(client, district.street.leader, row.recent_url)) == 3
    history = listed(client, district.street.leader, row.url)
    assert history == [case.number for case in [*old, *recent][::-1]]


def test_the_counts_are_what_all_cases_compared_give(varied: District, show: Any) -> None:
    """Against the cases: by disorder and cell, of ninety days, those that stand as reports."""
    again(varied, 4, point=HERE)
    again(varied, 3, point=ELSEWHERE)
    own = Case.objects.filter(subdistrict=varied.street.subdistrict, longitude__isnull=False, key_place=None)
    stand = own.exclude(state__in=["void", "merged", "declined", "not_filed"]).filter(created_at__gt=NOW - 90 * DAY)
    spots = Counter(stand.values_list("category__disorder_id", "longitude", "latitude"))
    told = Counter(count for count, _again in rows(show("hot-spots", varied.street.leader)))
    assert told == Counter(count for count in spots.values() if count >= 3)


def test_two_cases_are_no_hot_spot(district: District, show: Any) -> None:
    again(district, 2, point=HERE)
    answer = show("hot-spots", district.street.leader)
    assert (answer.status_code, rows(answer)) == (200, [])
    assert "No hot spots" in words(answer)


def test_the_most_recurrences_come_first(district: District, show: Any) -> None:
    for _number in range(5):
        report(district, NOW - 3 * DAY, point=ELSEWHERE)
    again(district, 3, point=HERE)
    assert rows(show("hot-spots", district.street.leader)) == [(3, 2), (5, 0)]


def test_the_whole_office_sees_the_same(district: District, show: Any) -> None:
    again(district, 3, point=HERE)
    for who in ("leader", "clerk", "auditor"):
        assert rows(show("hot-spots", getattr(district.street, who))) == [(3, 2)]


@pytest.mark.parametrize("who", sorted(SEE_NOT))
@pytest.mark.parametrize("page", ["hot-spots", "spot"])
def test_the_field_and_the_administrators_are_refused(district: District, show: Any, page: str, who: str) -> None:
    assert show(page, getattr(district.street, who), SPOT).status_code == 403


def test_a_liaison_and_the_other_office_find_nothing_at_a_place_of_ours(district: District, show: Any) -> None:
    again(district, 3, key_place=key_place(district))
    (row,) = show("hot-spots", district.street.leader).context["rows"]
    query = f"?{row.url.partition('?')[2]}"
    for user in (district.liaison, district.other.leader):
        assert rows(show("hot-spots", user)) == []
        answer = show("spot", user, query)
        assert (answer.status_code, answer.context["count"], list(answer.context["rows"])) == (200, 0, [])
        assert "东门菜市场" not in words(answer)


@pytest.mark.parametrize("query", ["", "?disorder=1", "?disorder=1&cell=1&key_place=1", "?disorder=0&cell=1",
                                   f"?disorder=1&cell={2**63}", "?disorder=x&cell=1"])  # fmt: skip
def test_what_names_no_place_is_told(district: District, show: Any, query: str) -> None:
    assert show("spot", district.street.leader, query).status_code == 422


@pytest.mark.parametrize(("page", "refusals"), [("spot", (400, 422)), ("hot-spots", (400,))])
def test_nothing_in_the_address_breaks_it(district: District, show: Any, page: str, refusals: tuple[int]) -> None:
    names = ("disorder", "cell", "key_place", "recent", "cursor")
    for query in hostile_queries(*names, asked={"disorder": 1, "cell": 1}):
        assert show(page, district.street.clerk, query).status_code in (200, *refusals), query[:80]


def test_thirty_spots_cost_what_one_costs(district: District, show: Any, client: Client) -> None:
    leader = district.street.leader

    def costs() -> tuple[int, int]:
        asked = "?" + show("hot-spots", leader).context["rows"][0].url.partition("?")[2]
        of_spot = cost_of(lambda: show("spot", leader, asked), client, "spot", asked)
        return cost_of(lambda: show("hot-spots", leader), client, "hot-spots"), of_spot

    three_at_each(district, range(1))
    one = costs()
    three_at_each(district, range(1, 30))
    assert one == costs()
    assert max(one) <= 12
    assert len(show("hot-spots", leader).context["rows"]) == 30


def three_at_each(district: District, places: range) -> None:
    for number in places:
        for _turn in range(3):
            report(district, NOW - 3 * DAY, point=(113.30 + number / 100, 23.1))


def test_an_address_of_a_spot_is_its_disorder_and_place(district: District, show: Any) -> None:
    place = key_place(district)
    cases = again(district, 3, key_place=place)
    (row,) = show("hot-spots", district.street.leader).context["rows"]
    assert cases[0].category is not None
    asked = urlencode({"disorder": cases[0].category.disorder_id, "key_place": place.pk})
    assert (row.url, row.place) == (f"{reverse('statistics:spot')}?{asked}", "东门菜市场")


def test_the_day_a_case_leaves_the_ninety_days(district: District, show: Any) -> None:
    again(district, 3, since=china("2025-12-18 10:00"), point=HERE)  # ninety days before NOW, the first one
    assert rows(show("hot-spots", district.street.leader)) == []
    assert rows(show("hot-spots", district.street.leader, at=NOW - timedelta(seconds=1))) == [(3, 2)]


def test_hot_spots_press_for_a_decision_in_their_own_office(district: District) -> None:
    again(district, 4, key_place=key_place(district))
    again(district, 2, point=ELSEWHERE)
    catch_up(at=NOW)
    with translation.override("en"):
        (matter,) = pressing_matters(district.street.subdistrict.pk, NOW)
        assert list(pressing_matters(district.other.subdistrict.pk, NOW)) == []
    assert matter.title.endswith(": 东门菜市场")
    assert matter.background == "4 cases in 90 days, 3 of them again after one was closed."
