"""Every filter of the list of cases picks what it says, they combine, and what is unknown is refused."""

import pytest

from cases.models import Case
from communities.models import KeyPlace
from tests.api.conftest import Program, problem
from tests.office import china


@pytest.fixture
def three(district, log, act):
    """A stall in March (first community), garbage in April (second community), a visit's case with the team in May."""
    street = district.street
    stall = log(china("2026-03-04 09:00"), line=20, description="水果摊", address="体育东路")
    dirt = log(china("2026-04-01 09:00"), line=10, source="visit", description="油烟", community=street.communities[1])
    team = log(china("2026-05-06 09:00"), line=20, source="hotline", description="夜宵摊")
    act("dispatch", team, by=street.clerk, at=china("2026-05-06 09:10"), team=street.team)
    act("report_back", team, by=street.teamleader, at=china("2026-05-06 09:20"), note="已清")
    return {"stall": stall.number, "dirt": dirt.number, "team": team.number}


PICKS = [
    ({"state": "dispatched"}, ["dirt", "stall"]),
    ({"state": ["reported_back", "closed"]}, ["team"]),
    ({"state": ["reported_back", "dispatched"]}, ["team", "dirt", "stall"]),
    ({"disorder": "vending"}, ["team", "dirt", "stall"]),
    ({"disorder": "parking"}, []),
    ({"category": "09006"}, ["team", "stall"]),
    ({"category": "0406"}, ["team", "stall"]),
    ({"category": "06034"}, []),
    ({"community": "440106001002"}, ["dirt"]),
    ({"officer": "officerb1"}, ["dirt"]),
    ({"team": "team"}, ["team"]),
    ({"department": "cgj"}, ["team", "dirt", "stall"]),
    ({"department": "jjdd"}, []),
    ({"overdue": "true"}, ["dirt", "stall"]),
    ({"overdue": "false"}, ["team"]),
    ({"source": "visit"}, ["dirt"]),
    ({"ladder": "L1"}, []),
    ({"created_after": "2026-04-01"}, ["team", "dirt"]),
    ({"created_after": "2026-04-01T09:00:00+08:00"}, ["team", "dirt"]),
    ({"created_after": "2026-04-01T09:00:01+08:00"}, ["team"]),
    ({"created_before": "2026-04-01"}, ["dirt", "stall"]),
    ({"created_before": "2026-04-01T09:00:00+08:00"}, ["stall"]),
    ({"created_after": "2026-03-05", "created_before": "2026-05-05"}, ["dirt"]),
    ({"q": "摊"}, ["team", "stall"]),
    ({"q": "水果 体育东"}, ["stall"]),
    ({"q": "100%"}, []),
    ({"q": "_"}, []),
    ({"ordering": "created_at"}, ["stall", "dirt", "team"]),
    ({"ordering": "-created_at"}, ["team", "dirt", "stall"]),
    ({"ordering": "number"}, ["stall", "dirt", "team"]),
    ({"ordering": "-community,created_at"}, ["dirt", "stall", "team"]),
    ({"state": "dispatched", "source": "call", "ordering": "due_at"}, ["stall"]),
]


def test_each_filter_picks_what_it_says(district, three):
    names, clerk = {number: name for name, number in three.items()}, Program(district.street.clerk)
    found = {}
    for query, _picked in PICKS:
        answer = clerk.get("cases/", **query)
        shown = [names[row["number"]] for row in answer.json().get("results", [])]
        found[str(query)] = shown if answer.status_code == 200 else answer.content.decode()
    assert found == {str(query): picked for query, picked in PICKS}


def test_a_key_place_picks_its_cases_alone_and_only_within_the_sub_district(district, log):
    street = district.street
    market, abroad = (
        KeyPlace.objects.create(community=community, kind="market", name_zh="榕荫市场")
        for community in (street.communities[0], district.other.communities[0])
    )
    here = log(china("2026-03-04 09:00"), line=20, key_place=market)
    log(china("2026-03-04 09:00"), line=20, address="榕荫市场")
    clerk = Program(street.clerk)
    found = clerk.get("cases/", key_place=market.pk).json()["results"]
    assert [row["number"] for row in found] == [here.number]
    answer = clerk.get("cases/", key_place=abroad.pk)
    assert (problem(answer), list(answer.json()["errors"])) == ((422, "invalid"), ["key_place"])


WRONG = [
    ("state", "nowhere"),
    ("disorder", "x"),
    ("category", "99999"),
    ("category", "x"),
    ("community", "440106002001"),
    ("community", "x"),
    ("key_place", "x"),
    ("key_place", "9" * 40),
    ("officer", "officer2"),
    ("team", "x"),
    ("department", "x"),
    ("overdue", "perhaps"),
    ("source", "x"),
    ("ladder", "L9"),
    ("created_after", "junk"),
    ("created_after", "0001-01-01"),
    ("created_after", "2026-02-30"),
    ("created_before", "9999-12-31T23:59:59+00:00"),
    ("created_before", "2026-01-01T00:00"),
    ("created_after", "１２３４-01-01"),
    ("q", "x" * 101),
    ("ordering", "password"),
    ("ordering", "officer__password"),
    ("ordering", "?"),
    ("ordering", "-"),
    ("ordering", "id;DROP TABLE cases_case"),
    ("category", "9" * 4000),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_what_a_filter_does_not_know_is_refused(district, name, value):
    answer = Program(district.street.clerk).get("cases/", **{name: value})
    assert problem(answer) == (422, "invalid")
    assert list(answer.json()["errors"]) == [name]


def test_a_parameter_that_is_unknown_or_comes_twice_is_refused(district):
    clerk = Program(district.street.clerk)
    for path in (
        "cases/?community=440106001001&community=440106001002",
        "cases/?Q=x",
        "cases/?page=1&page=2",
        "standards/?state=x",
        "me/?x=1",
        "communities/?q=1",
        "inbox/?unread=1",
        "cases/?officer__password=x",
    ):
        assert problem(clerk.get(path)) == (400, "parse_error"), path
    assert problem(clerk.post("cases/?source=call", {})) == (400, "parse_error")


def test_pages_never_overlap_and_end_with_a_404(district, log):
    for minute in range(7):
        log(china(f"2026-03-04 09:{minute:02}"))
    clerk = Program(district.street.clerk)
    pages = [clerk.get("cases/", page=page, page_size=3, ordering="state").json() for page in (1, 2, 3)]
    numbers = [row["number"] for page in pages for row in page["results"]]
    assert [page["count"] for page in pages] == [7, 7, 7]
    assert sorted(numbers) == sorted(Case.objects.values_list("number", flat=True))
    for page in ("4", "0", "-1", "x", "9" * 3999):
        assert problem(clerk.get("cases/", page=page)) == (404, "not_found"), page


def test_escalations_are_filtered(district, log, act):
    case = log(china("2026-03-04 09:00"))
    act("escalate", case, by=district.street.clerk, at=china("2026-03-04 09:10"), note="难", department=district.cgj)
    for who in (district.street.clerk, district.liaison):
        program = Program(who)
        found = {
            tuple(query.items()): program.get("escalations/", **query).json()["count"]
            for query in (
                {},
                {"state": "sent"},
                {"state": "replied"},
                {"department": "cgj"},
                {"department": "jjdd"},
                {"overdue": "true"},
                {"overdue": "false"},
                {"ordering": "-due_at"},
            )
        }
        assert list(found.values()) == [1, 1, 0, 1, 0, 1, 0, 1]
        assert problem(program.get("escalations/", state="x")) == (422, "invalid")
    assert Program(district.liaison2).get("escalations/").json()["count"] == 0


def test_the_catalogue_is_filtered(district):
    clerk = Program(district.street.clerk)
    assert [row["label"] for row in clerk.get("standards/", category="09006").json()["results"]] == ["2"]
    assert clerk.get("standards/", on="2019-12-31", category="09006").json()["count"] in (0, 1)
    assert problem(clerk.get("standards/", on="31.12.2019")) == (422, "invalid")
    assert [row["code"] for row in clerk.get("categories/", q="zdjy").json()["results"]] == ["09006"]
    assert {row["disorder"] for row in clerk.get("standards/", disorder="vending").json()["results"]} == {"vending"}
