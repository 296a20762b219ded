"""Lists read no more than they show: their pages walk both ways, their figures stop, their order lies in an index."""

import json
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.db.models import IntegerField, QuerySet, Value
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.keyset import Key, Order, keys_of, page_of_piles
from cases.models import Case
from cases.querysets import seen_by, tasks_of
from citymgmt.people.models import User
from citymgmt.worktime import sweep
from citymgmt.worktime.models import LadderStep
from communities.models import OfficerAssignment
from tests.cases.list_pages import cursor_of, numbers, words
from tests.cases.stories import LATE, MORNING, QUICK, case_in, do
from tests.office import District, china

AT = china(MORNING)
URGED = china("2026-03-05 10:40")


# pages of piles


@pytest.fixture
def mixed(district: District) -> list[Case]:
    """Seven cases, with and without deadline, some alike in all but the id."""
    for state in ("handling", "reported", "reported", "filed", "filed", "accepted", "handling"):
        case_in(district, state, line=QUICK if state == "filed" else 330)
    return list(Case.objects.order_by("pk"))


def walk(piles: list[QuerySet[Case]], order: Order, size: int) -> tuple[list[int], list[int]]:
    """The ids read forwards, and those read backwards from the last page, as they stand in the list."""
    whole = Case.objects.all()
    page = page_of_piles(piles, order, "", size, whole)
    forwards = [case.pk for case in page.object_list]
    while page.next_cursor:
        page = page_of_piles(piles, order, page.next_cursor, size, whole)
        forwards += [case.pk for case in page.object_list]
    backwards = [case.pk for case in page.object_list]
    while page.previous_cursor:
        page = page_of_piles(piles, order, page.previous_cursor, size, whole)
        backwards = [*(case.pk for case in page.object_list), *backwards]
    return forwards, backwards


@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_what_has_no_deadline_comes_first_and_the_older_before_the_newer(size: int, mixed: list[Case]) -> None:
    keys = [Key("due_at", Case._meta.get_field("due_at"), False, is_empty_first=True)]
    expected = [case.pk for case in sorted(mixed, key=lambda case: (bool(case.due_at), case.due_at or AT, case.pk))]
    assert walk([Case.objects.all()], Order(keys, is_oldest_first=True), size) == (expected, expected)


@pytest.mark.parametrize("size", [1, 2, 3, 50])
@pytest.mark.parametrize("is_oldest_first", [True, False])
def test_piles_follow_each_other_as_one_list(size: int, is_oldest_first: bool, mixed: list[Case]) -> None:
    ranks = {"filed": 3, "reported": 2, "accepted": 1, "closed": 0}
    piles = [Case.objects.filter(state=state).annotate(rank=Value(rank)) for state, rank in ranks.items()]
    order = Order([Key("rank", IntegerField(), True), *keys_of(Case, ["-due_at"])], is_oldest_first)
    kept = sorted((case for case in mixed if case.state in ranks), key=lambda case: case.pk * (is_oldest_first or -1))
    expected = [case.pk for case in sorted(kept, key=lambda case: -ranks[case.state])]
    assert walk(piles, order, size) == (expected, expected)


def test_no_pile_is_an_empty_list() -> None:
    page = page_of_piles([], Order([]), "", 5, Case.objects.all())
    assert (page.object_list, page.has_other) == ([], False)


# what is late


@pytest.fixture
def late(district: District) -> dict[str, list[str]]:
    """Overdue cases by the rung on which they stand at URGED, the longest overdue first."""
    urged = [case_in(district, "handling", line=QUICK) for _turn in range(3)]
    escalated = [case_in(district, "handling", line=QUICK) for _turn in range(2)]
    for case in escalated:
        do(district, case, "escalate", AT, note="上报")
    sweep.run(URGED)
    case = case_in(district, "handling", line=QUICK)
    rungs = {"L3": escalated, "L1": urged, "": [case]}
    return {code: [one.number for one in cases] for code, cases in rungs.items()}


def test_the_overdue_walk_from_rung_to_rung_and_back(
    late: dict[str, list[str]], district: District, get: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("cases.views.lists.overdue"), "ROWS", 4)
    leader = district.street.leader
    first = get("cases:overdue", leader, at=URGED)
    second = get("cases:overdue", leader, f"?cursor={first.context['page'].next_cursor}", at=URGED)
    assert numbers(first) + numbers(second) == [*late["L3"], *late["L1"], *late[""]]
    assert second.context["page"].next_cursor == ""
    back = get("cases:overdue", leader, f"?cursor={second.context['page'].previous_cursor}", at=URGED)
    assert numbers(back) == numbers(first)


def test_each_tile_of_the_overdue_leads_to_the_cases_that_it_counts(
    late: dict[str, list[str]], district: District, get: Any
) -> None:
    answer = get("cases:overdue", district.street.leader, at=URGED)
    rungs = answer.context["rungs"]
    assert [(rung.code, rung.count) for rung in rungs] == [(code, len(cases)) for code, cases in late.items()]
    for rung in rungs:
        alone = get("cases:overdue", district.street.leader, rung.url, at=URGED)
        assert numbers(alone) == late[rung.code]
        assert [one.url for one in alone.context["rungs"] if one.is_alone] == ["?"]
        assert words(alone).count("these alone: show all") == 1


@pytest.mark.parametrize("rung", ["L2", "x", "", "%00"])
def test_a_rung_on_which_nothing_stands_shows_all(
    rung: str, late: dict[str, list[str]], district: District, get: Any
) -> None:
    answer = get("cases:overdue", district.street.leader, f"?rung={rung}", at=URGED)
    if rung == "%00":
        assert answer.status_code == 400
    else:
        assert numbers(answer) == [number for cases in late.values() for number in cases]


def test_a_case_on_a_step_out_of_use_stands_below_all_steps(
    late: dict[str, list[str]], district: District, get: Any
) -> None:
    LadderStep.objects.filter(code="L1").update(is_active=False)
    answer = get("cases:overdue", district.street.leader, at=URGED)
    assert [(rung.code, rung.count) for rung in answer.context["rungs"]] == [("L3", 2), ("", 4)]
    assert numbers(answer) == [*late["L3"], *late["L1"], *late[""]]


def test_counting_the_overdue_stops(
    late: dict[str, list[str]], district: District, get: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.templatetags.cases.MOST_COUNTED", 3)
    assert get("cases:overdue", district.street.leader, at=URGED).content.decode().count(">2+</span>") == 1


PAGES = {"cases:overdue": "leader", "cases:mine": "officer", "cases:escalations": "clerk"}


@pytest.mark.parametrize("page", PAGES)
def test_where_nothing_is_left_the_list_begins_anew(page: str, district: District, get: Any) -> None:
    case = case_in(district, "escalated", line=QUICK)
    far = ("-rank,due_at", 0) if page == "cases:overdue" else ("due_at",)
    cursor = cursor_of(">", *far, "2100-01-01T00:00:00+08:00", 1)
    answer = get(page, getattr(district.street, PAGES[page]), f"?cursor={cursor}", at=china(LATE))
    assert numbers(answer) == [case.number]


@pytest.mark.parametrize("page", PAGES)
def test_a_damaged_cursor_of_a_list_is_refused(page: str, district: District, get: Any) -> None:
    case_in(district, "escalated", line=QUICK)
    assert get(page, getattr(district.street, PAGES[page]), "?cursor=x", at=china(LATE)).status_code == 422


def test_the_departments_escalations_walk_by_due_and_ended_ones_by_end(
    district: District, get: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("cases.views.lists.escalations"), "CARDS_PER_PAGE", 2)
    made = [case_in(district, "escalated") for _turn in range(5)]
    for minute, case in enumerate(made[3:]):
        do(district, case, "reply", china(f"2026-03-04 09:{30 + minute}"), note="已办结")
    opened = walk_pages("?", district, get)
    ended = walk_pages("?show=ended", district, get)
    assert (opened, ended) == ([case.number for case in made[:3]], [made[4].number, made[3].number])


def walk_pages(query: str, district: District, get: Any) -> list[str]:
    found: list[str] = []
    cursor = ""
    while True:
        answer = get("cases:escalations", district.liaison, f"{query}&cursor={cursor}")
        found += numbers(answer)
        cursor = answer.context["page"].next_cursor
        if not cursor:
            return found


# what is mine


@pytest.mark.parametrize("username", ["officer1", "officerb1", "teamleader1", "member1", "officer2", "member2"])
def test_what_is_mine_is_a_part_of_what_i_see(username: str, district: District) -> None:
    street = district.street
    for state in ("dispatched", "handling", "verifying", "reported_back", "escalated", "closed"):
        case_in(district, state)
    OfficerAssignment.objects.create(
        community=street.communities[0], user=street.officer2, part="deputy", period=("2020-01-01", None)
    )
    user = User.objects.get(username=username)
    mine = tasks_of(user, [street.communities[0].pk] if user == street.officer2 else [])
    seen = seen_by(user, AT.date())
    assert set(mine.values_list("pk", flat=True)) <= set(seen.values_list("pk", flat=True))
    is_here = user.subdistrict == street.subdistrict
    assert mine.exists() == is_here


def test_who_went_to_another_sub_district_left_the_tasks_there(district: District) -> None:
    case_in(district, "handling")
    officer = district.street.officer
    officer.subdistrict = district.other.subdistrict
    assert list(tasks_of(officer, [])) == []


# the order of each list lies in an index


def steps(node: dict[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The kinds of the steps of a plan, each with those above it."""
    yield node["Node Type"], above
    for inner in node.get("Plans", []):
        yield from steps(inner, (*above, node["Node Type"]))


def sorts_of(statement: str) -> list[str]:
    """The steps of a plan that sort more than what was cut to the page already, when the planner avoids to sort."""
    with connection.cursor() as cursor:
        for way in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
        (told,) = cursor.fetchone()
        for way in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
            cursor.execute(f"SET LOCAL enable_{way} = on")
    plan = told if isinstance(told, list) else json.loads(told)
    found = list(steps(plan[0]["Plan"]))
    joins_piles = any(kind == "Append" for kind, _above in found)
    return [kind for kind, above in found if kind.endswith("Sort") and (not joins_piles or "Append" in above)]


@pytest.mark.parametrize(
    ("page", "who", "query"),
    [
        ("cases:overdue", "leader", ""),
        ("cases:overdue", "leader", "?rung=none"),
        ("cases:mine", "officer", ""),
        ("cases:mine", "officer", "?queue=overdue"),
        ("cases:mine", "teamleader", ""),
        ("cases:desk", "clerk", ""),
        ("cases:escalations", "clerk", ""),
        ("cases:escalations", "clerk", "?show=ended"),
        ("cases:escalations", "liaison", ""),
        ("cases:escalations", "liaison", "?show=ended"),
    ],
)
def test_the_order_of_a_list_lies_in_an_index(
    page: str, who: str, query: str, district: District, get: Any, client: Client
) -> None:
    case_in(district, "escalated", line=QUICK)
    get(page, district.liaison if who == "liaison" else getattr(district.street, who), query, at=china(LATE))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse(page) + query)
    paged = [one["sql"].rpartition("; ")[2] for one in queries if "ORDER BY" in one["sql"] and "LIMIT" in one["sql"]]
    paged = [sql for sql in paged if "cases_" in sql]
    assert paged != []
    assert [sorts_of(sql) for sql in paged] == [[] for _sql in paged]
