"""Pages by key: nothing twice, nothing left out, whatever comes meanwhile; damaged cursors are refused."""

import base64
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases import queues
from cases.keyset import keys_of, page_by_key
from cases.models import Case
from tests.cases.list_pages import cursor_of, numbers
from tests.cases.stories import LATE, MORNING, QUICK, case_in
from tests.office import District, china

AT = china(MORNING)
ORDERS = ["due_at", "-due_at", "created_at", "-created_at", "number", "-number", "state", "-state"]


@pytest.fixture
def mixed(district: District) -> list[Case]:
    """Eleven cases: with and without deadline, in several states, some alike in all but the id."""
    for state in ("handling", "reported", "filed", "reported", "accepted", "closed"):
        case_in(district, state, line=QUICK if state == "filed" else 330)
    for _turn in range(5):
        case_in(district, "reported")
    return list(Case.objects.order_by("pk"))


def walk(order: str, size: int) -> tuple[list[str], list[str]]:
    """The numbers read forwards, and those read backwards from the last page, as they stand in the list."""
    keys, cursor, forwards = keys_of(Case, [order]), "", []
    while True:
        page = page_by_key(Case.objects.all(), keys, cursor, size)
        forwards += [case.number for case in page.object_list]
        if not page.next_cursor:
            break
        cursor = page.next_cursor
    backwards = [case.number for case in page.object_list]
    while page.previous_cursor:
        page = page_by_key(Case.objects.all(), keys, page.previous_cursor, size)
        backwards = [*(case.number for case in page.object_list), *backwards]
    return forwards, backwards


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("size", [1, 3, 11, 50])
def test_every_order_gives_each_row_once_both_ways(order: str, size: int, mixed: list[Case]) -> None:
    field = order.lstrip("-")
    told = [(getattr(case, field), case) for case in mixed]
    empty = [case for value, case in sorted(told, key=lambda one: -one[1].pk) if value is None]
    ranked = sorted([one for one in told if one[0] is not None], key=lambda one: -one[1].pk)
    ranked.sort(key=lambda one: one[0], reverse=order.startswith("-"))
    expected = [case.number for _value, case in ranked] + [case.number for case in empty]
    assert walk(order, size) == (expected, expected)


def test_a_page_enters_its_index_at_the_edge_among_rows_of_one_moment(district: District, mixed: list[Case]) -> None:
    Case.objects.update(created_at=AT)
    own = Case.objects.filter(subdistrict=district.street.subdistrict)
    second = page_by_key(own, keys_of(Case, ["-created_at"]), "", 4).next_cursor
    with connection.cursor() as cursor, CaptureQueriesContext(connection) as asked:
        page_by_key(own, keys_of(Case, ["-created_at"]), second, 4)
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN (ANALYZE) {asked[0]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "using case_newest" in plan
    assert "Removed by Filter" not in plan, plan


def test_a_row_that_comes_between_two_pages_moves_nothing(district: District, mixed: list[Case]) -> None:
    keys = keys_of(Case, ["-created_at"])
    first = page_by_key(Case.objects.all(), keys, "", 4)
    case_in(district, "reported")
    second = page_by_key(Case.objects.all(), keys, first.next_cursor, 4)
    assert [case.pk for case in second.object_list] == [case.pk for case in reversed(mixed)][4:8]


def test_the_page_walks_with_the_filters(district: District, get: Any) -> None:
    made = [case_in(district, "reported").number for _n in range(26)]
    case_in(district, "handling")
    clerk = district.street.clerk
    first = get("cases:list", clerk, "?state=reported")
    cursor = first.context["page"].next_cursor
    second = get("cases:list", clerk, f"?state=reported&cursor={cursor}")
    assert numbers(first) + numbers(second) == made[::-1]
    assert f"state=reported&amp;cursor={cursor}" in first.content.decode()
    back = get("cases:list", clerk, f"?state=reported&cursor={second.context['page'].previous_cursor}")
    assert numbers(back) == numbers(first)


def test_the_searched_number_comes_first(district: District, get: Any, log: Any) -> None:
    named = case_in(district, "reported")
    assert named.number.endswith("0001")
    other = log(AT, description="见0001号通知", line=330)
    answer = get("cases:list", district.street.clerk, "?q=0001")
    assert numbers(answer) == [named.number, other.number]
    assert numbers(get("cases:list", district.street.clerk, "?q=0001&ordering=-number")) == [
        other.number,
        named.number,
    ]


DAY = "2026-03-04T09:00:00+08:00"
DAMAGED = [
    "x", "%00", "é", "=" * 5, "A" * 5000, "bnVsbA", cursor_of(), cursor_of(1, 2), cursor_of(">"),
    cursor_of(">", "-created_at"), cursor_of(">", "-created_at", DAY), cursor_of(">", "-created_at", DAY, "1"),
    cursor_of(">", "-created_at", DAY, True), cursor_of(">", "-created_at", DAY, 2**63),
    cursor_of(">", "-created_at", DAY, -1), cursor_of(">", "-created_at", None, 1),
    cursor_of(">", "-created_at", "0001-01-01T00:00:00+14:00", 1),
    cursor_of(">", "-created_at", "9999-12-31T23:59:59-12:00", 1),
    cursor_of(">", "-created_at", "2026-03-04T09:00:00", 1), cursor_of(">", "-created_at", {}, 1),
    cursor_of(">", "-created_at", [], 1), cursor_of("!", "-created_at", DAY, 1), cursor_of(">", "number", "x", 1),
    cursor_of(">", "-created_at", 5, 1), cursor_of(">", "-created_at", DAY, 1.5),
    base64.urlsafe_b64encode(b"[" * 300).decode(),
]  # fmt: skip


@pytest.mark.parametrize("cursor", DAMAGED)
def test_a_damaged_cursor_is_refused(cursor: str, district: District, get: Any) -> None:
    case_in(district, "reported")
    assert get("cases:list", district.street.clerk, f"?cursor={cursor}").status_code in (400, 422)


@pytest.mark.parametrize("value", ["\x00", "\ud800"])
def test_a_cursor_with_characters_that_cannot_be_stored_is_refused(value: str, district: District, get: Any) -> None:
    cursor = cursor_of(">", "number", value, 1)
    assert get("cases:list", district.street.clerk, f"?ordering=number&cursor={cursor}").status_code == 422


def test_counting_stops(district: District, get: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for _turn in range(3):
        case_in(district, "handling", line=QUICK)
    rows = {"all": Case.objects.all(), "none": Case.objects.none(), "closed": Case.objects.filter(state="closed")}
    assert queues.count_at_most(rows, 2) == {"all": 2, "none": 0, "closed": 0}
    monkeypatch.setattr("cases.templatetags.cases.MOST_COUNTED", 3)
    answer = get("cases:list", district.street.clerk, at=china(LATE))
    assert answer.content.decode().count(">2+</span>") == 2


def test_the_second_page_costs_what_the_first_costs(district: District, get: Any, client: Client) -> None:
    for _turn in range(30):
        case_in(district, "reported")
    first = get("cases:list", district.street.clerk)
    costs = []
    for query in ("", f"?cursor={first.context['page'].next_cursor}"):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/cases/{query}")
        costs.append(len(queries))
    assert costs[0] == costs[1]
