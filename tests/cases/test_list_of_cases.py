"""The list of all cases: filters, words, sorting, chips, pages; and the bulk dispatch."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases import queues
from cases.models import Case, CaseEvent
from citymgmt.people.models import User
from communities.models import KeyPlace
from tests.cases.list_pages import numbers
from tests.cases.stories import LATE, MORNING, QUICK, case_in
from tests.office import District, china

AT = china(MORNING)


@pytest.fixture
def post(client: Client, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """The answer to somebody's POST of chosen cases to the bulk dispatch."""

    def post_cases(
        user: User, chosen: list[str], key: str = "6f1f0f0e-0000-4000-8000-000000000001", action: str = "dispatch"
    ) -> Any:
        monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: AT)
        client.force_login(user)
        return client.post(reverse("cases:bulk"), {"case": chosen, "request_key": key, "action": action})

    return post_cases


def test_all_filters_together_stay_within_twelve_queries(district: District, get: Any, client: Client) -> None:
    case = case_in(district, "filed", line=QUICK)
    market = KeyPlace.objects.create(community=case.community, kind="market", name_zh="榕荫市场")
    place = f"community={case.community.code}&department=cgj&officer=officer1&team=team&key_place={market.pk}"
    kind = f"disorder=vending&category={case.category_id}&state=filed&state=handling&source=call&ladder=L1"
    rest = "queue=open&overdue=false&q=1&created_after=2026-01-01&created_before=2026-12-31&ordering=due_at&page=2"
    get("cases:list", district.street.clerk)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"/cases/?{place}&{kind}&{rest}")
    assert answer.status_code == 200
    assert len(queries) <= 12


def test_filters_combine(district: District, get: Any) -> None:
    clerk = district.street.clerk
    wanted = case_in(district, "handling", line=QUICK)
    case_in(district, "handling")
    case_in(district, "dispatched", line=QUICK)
    assert numbers(get("cases:list", clerk, "?state=handling&disorder=vending")) == [wanted.number]
    assert numbers(get("cases:list", clerk, f"?state=handling&state=filed&category={wanted.category_id}")) == [
        wanted.number
    ]
    assert numbers(get("cases:list", clerk, "?state=handling&disorder=vending&officer=officerb1")) == []


def test_a_key_place_is_offered_under_its_community_to_its_sub_district_alone(
    district: District, get: Any, log: Any
) -> None:
    market = KeyPlace.objects.create(community=district.street.communities[0], kind="market", name_zh="榕荫市场")
    case = log(AT, key_place=market)
    log(AT)
    shown = get("cases:list", district.street.clerk, f"?key_place={market.pk}")
    assert numbers(shown) == [case.number]
    choice = f'<option value="{market.pk}" selected>榕荫市场</option>'
    found = "".join(line.strip() for line in shown.content.decode().splitlines())
    assert f'<optgroup label="{market.community}">{choice}' in found
    assert get("cases:list", district.other.clerk, f"?key_place={market.pk}").status_code == 422


def test_words_find_number_and_text(district: District, get: Any, log: Any) -> None:
    case_in(district, "handling")
    wanted = log(AT, description="天桥底下占道卖水果", address="体育东路")
    clerk = district.street.clerk
    for query in ("水果", "体育 占道", wanted.number):
        assert numbers(get("cases:list", clerk, f"?q={query}")) == [wanted.number]


@pytest.mark.parametrize("column", ["number", "due_at", "created_at", "state"])
def test_a_column_sorts_up_and_down(column: str, district: District, get: Any) -> None:
    for state in ("handling", "dispatched", "filed"):
        case_in(district, state, line=QUICK if state == "filed" else 330)
    clerk = district.street.clerk
    for sign in ("", "-"):
        expected = [str(one) for one in Case.objects.order_by(f"{sign}{column}", "-id")]
        answer = get("cases:list", clerk, f"?ordering={sign}{column}")
        assert numbers(answer) == expected
        sorters = [sorter for one in answer.context["columns"] for sorter in one.sorters if sorter.direction]
        assert [one.url for one in sorters] == [f"?ordering={column if sign else f'-{column}'}"]


def test_a_heading_keeps_the_filters_and_begins_at_the_first_page(district: District, get: Any) -> None:
    answer = get("cases:list", district.street.clerk, "?state=handling&state=filed&q=%E5%8D%A0&ordering=number")
    [sorter] = [sorter for one in answer.context["columns"] for sorter in one.sorters if sorter.direction]
    assert sorter.url == "?state=handling&state=filed&q=%E5%8D%A0&ordering=-number"


def test_chips_count_what_they_lead_to(district: District, get: Any) -> None:
    for state in ("closed", "escalated", "handling"):
        case_in(district, state, line=QUICK)
    clerk, late = district.street.clerk, china(LATE)
    chips = {chip.key: chip.count for chip in get("cases:list", clerk, at=late).context["chips"]}
    assert chips == {"open": 2, "overdue": 2, "escalated": 1, "due_today": 0, "closed_this_month": 1}
    assert {key: len(numbers(get("cases:list", clerk, f"?queue={key}", at=late))) for key in chips} == chips


def test_htmx_gets_the_results_alone(district: District, get: Any) -> None:
    case = case_in(district, "handling")
    answer = get("cases:list", district.street.clerk, **{"HX-Request": "true"})
    assert numbers(answer) == [case.number]
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize(
    "query",
    ["state=nonsense", "queue=nonsense", "community=440106002001", "officer=officer2", "created_after=0001-01-01",
     "created_before=9999-12-31", "key_place=0", "key_place=x", "ordering=description",
     "category=99999999999999999999", "disorder='",
     f"q={'字' * 101}"],
)  # fmt: skip
def test_a_filter_that_cannot_be_is_422_and_shows_nothing(query: str, district: District, get: Any) -> None:
    case_in(district, "handling")
    answer = get("cases:list", district.street.clerk, f"?{query}")
    assert (answer.status_code, numbers(answer)) == (422, [])


@pytest.mark.parametrize("query", ["page=-1", "page=x", "page=99999999999999999999", f"page={'9' * 3000}"])
@pytest.mark.parametrize("page", ["cases:list", "cases:overdue", "cases:approvals", "cases:escalations"])
def test_an_absurd_page_is_the_nearest_one(page: str, query: str, district: District, get: Any) -> None:
    assert get(page, district.street.leader, f"?{query}").status_code == 200


def test_every_queue_of_the_table_can_be_asked(district: District) -> None:
    assert queues.count_queues(Case.objects.all(), queues.QUEUES, AT) == dict.fromkeys(queues.QUEUES, 0)


# bulk dispatch


def test_bulk_dispatches_each_for_itself_and_says_what_became_of_it(district: District, post: Any) -> None:
    filed, other, handled = (case_in(district, one) for one in ("filed", "filed", "handling"))
    stale = f"{other.number}@{other.version - 1}"
    answer = post(
        district.street.clerk, [f"{filed.number}@{filed.version}", stale, f"{handled.number}@{handled.version}"]
    )
    found = {one.number: bool(one.event) for one in answer.context["outcomes"]}
    assert answer.status_code == 200
    assert found == {filed.number: True, other.number: False, handled.number: True}
    assert {one.number: one.state for one in Case.objects.all()} == {
        filed.number: "dispatched",
        other.number: "filed",
        handled.number: "dispatched",
    }
    assert Case.objects.get(pk=filed.pk).officer == district.street.officer


def test_sending_the_bulk_twice_is_once(district: District, post: Any) -> None:
    case = case_in(district, "filed")
    chosen = [f"{case.number}@{case.version}"]
    post(district.street.clerk, chosen)
    answer = post(district.street.clerk, chosen)
    assert bool(answer.context["outcomes"][0].event)
    assert CaseEvent.objects.filter(case=case, kind="dispatch").count() == 1


def test_bulk_leaves_cases_of_others_alone(district: District, post: Any) -> None:
    case = case_in(district, "filed")
    answer = post(district.other.clerk, [f"{case.number}@{case.version}"])
    (outcome,) = answer.context["outcomes"]
    assert (outcome.event, outcome.is_seen) == (None, False)
    case.refresh_from_db()
    assert case.state == "filed"


@pytest.mark.parametrize(
    "chosen", [[], ["x"], ["440106001-20260304-0001"], ["440106001-20260304-0001@x"], ["１@1"], ["a\x00@1"],
               [f"440106001-20260304-{n:04d}@1" for n in range(201)], ["1" * 100_000 + "@1"]],
)  # fmt: skip
def test_a_damaged_choice_is_422(chosen: list[str], district: District, post: Any) -> None:
    assert post(district.street.clerk, chosen).status_code == 422


@pytest.mark.parametrize("who", ["officer", "teamleader", "auditor", "admin"])
def test_bulk_is_of_the_desk(who: str, district: District, post: Any) -> None:
    assert post(getattr(district.street, who), ["440106001-20260304-0001@1"]).status_code == 403


def test_bulk_urges_each_for_itself(district: District, post: Any) -> None:
    User.objects.update(language="en")
    handled, reported = case_in(district, "handling"), case_in(district, "reported")
    chosen = [f"{one.number}@{one.version}" for one in (handled, reported)]
    answer = post(district.street.clerk, chosen, action="urge")
    outcomes = {one.number: (bool(one.event), one.refusal) for one in answer.context["outcomes"]}
    assert outcomes == {
        handled.number: (True, ""),
        reported.number: (False, "“Urge” is not possible: the case is now in the state “reported”."),
    }
    assert [one.urge_count for one in Case.objects.order_by("pk")] == [1, 0]
    assert "1 of 2 urged." in answer.content.decode()


def test_bulk_knows_two_actions_only(district: District, post: Any) -> None:
    case = case_in(district, "handling")
    answer = post(district.street.leader, [f"{case.number}@{case.version}"], action="void")
    assert (answer.status_code, Case.objects.get().state) == (422, "handling")


def test_rows_are_chosen_for_what_can_be_done(district: District, get: Any) -> None:
    for state in ("handling", "filed", "reported"):
        case_in(district, state)
    answer = get("cases:list", district.street.clerk)
    assert answer.content.decode().count('name="case"') == 2
    assert set(answer.context["bulk_actions"]) == {"dispatch", "urge"}
    assert get("cases:list", district.street.officer).context["bulk_actions"] == {}
