"""The cases behind a figure: exactly those, page by page; what names no figure of one's own shows nothing."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import Value
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.statistics.measures import MEASURES, STANDING
from cases.statistics.models import COLUMN_OF, Dimension, Tally
from cases.statistics.periods import Period
from cases.statistics.querysets import Asked, facts_counted, length_counted
from tests.cases.list_pages import numbers, words
from tests.cases.stories import PATHS
from tests.office import District
from tests.statistics.reading import listed
from tests.statistics.varied import FEBRUARY, MARCH, NOW, through


def test_it_names_the_figure_its_period_and_how_many(district: District, show: Any) -> None:
    case = through(district, PATHS["closed"], MARCH)
    of = f"&by=community&key={district.street.communities[0].pk}"
    answer = show("counted", district.street.leader, f"?measure=handled_on_time{of}&first=2026-03-01&last=2026-03-31")
    said = words(answer)
    assert "甲街第1社区: handled on time" in said
    assert "handled on time, of the cases dispatched in the period" in said
    assert "2026-03-01 to 2026-03-31 · 1 case " in said
    assert numbers(answer) == [case.number]


def test_a_figure_of_0_reads_no_case(district: District, show: Any, client: Client) -> None:
    through(district, PATHS["closed"], MARCH)
    query = "?measure=exempt&period=year"
    show("counted", district.street.leader, query)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(reverse("statistics:counted") + query)
    assert ("The figure is 0." in words(answer), numbers(answer)) == (True, [])
    assert [one["sql"] for one in asked if 'FROM "statistics_casefact"' in one["sql"]] == []


def test_what_stands_now_has_no_period(district: District, show: Any) -> None:
    through(district, [], MARCH)
    answer = show("counted", district.street.leader, "?measure=open_now&first=2020-01-01&last=2020-01-31")
    assert len(numbers(answer)) == 1
    assert "2020-01-01" not in words(answer)


def test_a_long_list_goes_on_page_by_page_newest_first(district: District, show: Any, client: Client) -> None:
    made = [through(district, [], MARCH).number for _turn in range(27)]
    show("counted", district.street.leader, "?measure=reported")
    found = listed(client, district.street.leader, reverse("statistics:counted") + "?measure=reported")
    assert found == made[::-1]


def test_what_came_last_comes_first_whenever_it_was_logged(district: District, show: Any, client: Client) -> None:
    made = [through(district, [], at).number for at in (MARCH, FEBRUARY) * 14]
    show("counted", district.street.leader, "?measure=reported")
    of_both = reverse("statistics:counted") + "?measure=reported&first=2026-02-01&last=2026-03-31"
    found = listed(client, district.street.leader, of_both)
    assert found == [*made[::2][::-1], *made[1::2][::-1]]


STANDING_ONES = [measure.code for measure in MEASURES.values() if measure.cohort == STANDING]


@pytest.mark.parametrize("code", STANDING_ONES)
def test_an_index_holds_what_stands_now(code: str, district: District) -> None:
    facts = facts_counted(district.street.leader, NOW.date(), Asked(code))
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'statistics_casefact'")
        others = {name for (name,) in cursor.fetchall()} - {f"fact_{code}", "statistics_casefact_pkey"}
        for name in others:  # which an empty table makes as good
            cursor.execute(f'DROP INDEX "{name}"')
        for way in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    for rows in (facts.order_by("-pk").only("pk")[:26], facts.order_by().annotate(one=Value(1)).values("one")):
        assert re.search(rf"Index Only Scan (Backward )?using fact_{code} ", rows.explain())


def test_each_measure_has_its_list(varied: District, show: Any) -> None:
    for measure in MEASURES:
        answer = show("counted", varied.street.leader, f"?measure={measure}&period=year")
        assert answer.status_code == 200
        assert answer.context["count"] >= 1, f"the varied district holds nothing {measure}"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "There is no such figure"),
        ("?measure=none", "There is no such figure"),
        ("?measure=reported&by=moon", "There is no such figure"),
        ("?measure=reported&by=team&key=x", "There is nothing with this key."),
        ("?measure=reported&by=team", "There is nothing with this key."),
        ("?measure=reported&by=team&key=" + "9" * 19, "There is nothing with this key."),
        ("?measure=reported&by=team&key=１", "There is nothing with this key."),
        ("?measure=reported&first=2026-03-05&last=2026-03-04", "The period must end after it begins"),
        ("?measure=reported&first=yesterday", "A day such as 2026-03-31"),
    ],
)
def test_an_address_that_names_no_figure_says_so(district: District, show: Any, query: str, sentence: str) -> None:
    answer = show("counted", district.street.leader, query)
    assert (answer.status_code, sentence in words(answer)) == (422, True)


def test_the_key_of_another_office_shows_nothing_not_even_its_name(varied: District, show: Any) -> None:
    other = varied.other
    of_others = {"community": other.communities[0], "team": other.team, "officer": other.officer}
    for by, thing in of_others.items():
        answer = show("counted", varied.street.leader, f"?measure=reported&period=year&by={by}&key={thing.pk}")
        assert (answer.status_code, numbers(answer), answer.context["count"]) == (200, [], 0)
        assert str(thing) not in words(answer)


def test_a_liaison_asking_for_another_department_sees_nothing(varied: District, show: Any) -> None:
    query = f"?measure=reported&period=year&by=department&key={varied.jjdd.pk}"
    assert numbers(show("counted", varied.liaison, query)) == []
    assert len(numbers(show("counted", varied.liaison2, query))) == 1


def test_a_key_that_nobody_has_and_a_damaged_cursor(district: District, show: Any) -> None:
    assert numbers(show("counted", district.street.leader, f"?measure=reported&by=team&key={2**63 - 1}")) == []
    assert numbers(show("counted", district.street.leader, "?measure=reported&by=source&key=moon")) == []
    assert show("counted", district.street.leader, "?measure=reported&cursor=%21").status_code == 422


def two_of_each() -> Iterator[tuple[str, str]]:
    """Of each dimension that a list can be asked by, two keys."""
    for dimension in COLUMN_OF:
        keys = Tally.objects.filter(dimension=dimension).order_by("-key").values_list("key", flat=True).distinct()
        yield from ((dimension, key) for key in keys[:2])


def test_how_many_they_are_is_what_the_facts_count_in_every_scope(varied: District, show: Any) -> None:
    """The number above the list comes from the tallies; the rows from the facts."""
    show("dashboard", varied.street.leader)
    differ, seen = {}, 0
    for user in (varied.street.leader, varied.other.leader, varied.liaison):
        for dimension, key in [(Dimension.ALL, ""), *two_of_each()]:
            for measure in MEASURES:
                asked = Asked(measure, Period(FEBRUARY.date(), NOW.date()), dimension, key)
                told = length_counted(user, NOW.date(), asked)
                seen += told > 0
                if told != (count := facts_counted(user, NOW.date(), asked).count()):
                    differ[user.username, dimension, key, measure] = (told, count)
    assert differ == {}
    assert seen > 100
