"""The public pages: what they show to whom nobody knows, filters, pages, the map, figures, what they cost and keep."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.intake.actions.publishing import release_text, withhold
from cases.intake.models import Publication, Topic
from cases.models import Case
from communities.models import Community
from tests.cases.stories import do
from tests.intake.reported import reported, resident_case
from tests.office import District
from tests.places.test_boundaries import square

ENGLISH = {"Accept-Language": "en"}
SECRET = ("王小明", "13800001234", "example.org", "三天没人清", "幸福路8号", "3512345")


@pytest.fixture
def web() -> Client:
    """Somebody unknown."""
    return Client(headers=ENGLISH)


def recent(district: District, state: str = "accepted", *, hours: float = 1, **more: Any) -> Case:
    """A resident's case of so many hours ago."""
    return resident_case(district, state, at=timezone.now() - timedelta(hours=hours), **more)


def listed(web: Client, query: str = "") -> list[str]:
    """The numbers in the list, in order."""
    answer = web.get(f"/public/{query}")
    assert answer.status_code == 200
    return re.findall(r'public-number number">([\d-]+)<', answer.content.decode())


def test_what_is_public_is_listed_and_nothing_else(district: District, web: Client) -> None:
    old, new = recent(district, hours=5), recent(district, "closed", hours=2)
    hidden = [
        reported(district, at=timezone.now()),
        recent(district, is_private=True),
        *(recent(district, state) for state in ("declined", "not_filed", "merged", "void")),
        recent(district),
    ]
    withhold(number=hidden[-1].number, by=district.street.clerk, at=timezone.now(), reason="涉及隐私")
    assert listed(web) == [new.number, old.number]
    assert [web.get(f"/public/{case.number}/").status_code for case in (old, new, *hidden)] == [200, 200, *[404] * 7]


def test_nobody_is_recognised(district: District, web: Client) -> None:
    case = recent(district, "closed", answers={"amount": "bag"})
    for path in ("", f"{case.number}/", "cases.csv"):
        text = web.get(f"/public/{path}").getvalue().decode()
        assert case.number in text
        assert [word for word in SECRET if word in text] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "ab"), ("?topic=noise", "b"), ("?topic=nothing", "ab"), ("?community=440106001002", "b"),
        ("?community=x", "ab"), ("?status=closed", "b"), ("?status=open", "a"), ("?status=x", "ab"),
        ("?period=30", "ab"), ("?period=365", "abc"), ("?period=all", "abcd"), ("?period=x", "ab"),
        ("?topic=noise&status=open", ""), ("?topic=rubbish&community=440106001001&period=all", "acd"),
    ],
)  # fmt: skip
def test_filters(district: District, web: Client, query: str, found: str) -> None:
    cases = {
        "a": recent(district, hours=1),
        "b": recent(district, hours=2, topic=Topic.objects.get(code="noise"), community=district.street.communities[1]),
        "c": recent(district, hours=24 * 100),
        "d": recent(district, hours=24 * 400),
    }  # fmt: skip
    do(district, cases["b"], "self_handle", timezone.now())
    assert listed(web, query) == [cases[one].number for one in found]


def test_pages_go_on_and_back(district: District, web: Client) -> None:
    numbers = [recent(district, hours=30 - place).number for place in range(27)][::-1]
    assert listed(web) == numbers[:25]
    following = re.search(r'rel="next" href="(\?cursor=[^"]+)"', web.get("/public/").content.decode())
    assert following is not None
    assert listed(web, following[1]) == numbers[25:]
    assert web.get("/public/?cursor=x").status_code == 422


def test_one_case(district: District, web: Client) -> None:
    case = recent(district, "closed")
    release_text(number=case.number, by=district.street.clerk, at=timezone.now(), text="路口垃圾\n<b>堆积</b>")
    text = web.get(f"/public/{case.number}/").content.decode()
    for told in ("Rubbish lying about, bins overflowing", "甲街第1社区", "甲街", "路口垃圾<br>&lt;b&gt;堆积&lt;/b&gt;"):
        assert told in text
    assert [*re.findall(r'timeline-title">([^<]+)<', text)] == [
        "closed", "handled, being checked", "being handled", "accepted", "received",
    ]  # fmt: skip


def drawn(web: Client, query: str = "") -> Any:
    """What the map of the list is told."""
    found = re.search(r'id="public-map-drawing"[^>]*>(.*?)</script>', web.get(f"/public/{query}").content.decode())
    return json.loads(found[1]) if found else None


def test_the_map_shows_communities_and_rounded_points(district: District, web: Client) -> None:
    assert drawn(web) is None
    first = district.street.communities[0]
    Community.objects.filter(pk=first.pk).update(boundary=square(113.30, 23.10, 113.40, 23.20))
    open_case, closed = recent(district), recent(district, "closed", latitude=23.15)
    recent(district, community=first, longitude=None, latitude=None)
    told = drawn(web)
    assert [(one["at"], one["tone"], one["url"]) for one in told["cases"]] == [
        ([113.351, 23.15], "done", f"/public/{closed.number}/"),
        ([113.351, 23.13], "public", f"/public/{open_case.number}/"),
    ]
    recent(district)
    assert drawn(web)["cases"][0]["name"] == "2 reports here"
    assert [(one["url"], one["tone"]) for one in told["areas"]] == [(f"/public/?community={first.code}", "")]
    assert [one["tone"] for one in drawn(web, f"?community={first.code}")["areas"]] == ["own"]


def test_small_figures_are_not_told(district: District, web: Client) -> None:
    one, two = district.street.communities
    for place in range(4):
        recent(district, "closed" if place < 2 else "accepted", community=one)
    recent(district, community=two)
    text = web.get("/public/").content.decode()
    tables = re.findall(r'<table class="table public-figures">(.*?)</table>', text, re.DOTALL)
    rows = [re.findall(r"<(?:th|td)[^>]*>(?:<a[^>]*>)?([^<]+)<", table)[3:] for table in tables]
    assert rows == [
        ["甲街第1社区", "4", "&lt;3", "甲街第2社区", "&lt;3", "0"],
        ["Rubbish lying about, bins overflowing", "5", "&lt;3"],
    ]


def test_ten_cost_as_much_as_one(district: District, web: Client) -> None:
    counts = []
    for more in (1, 9):
        for _number in range(more):
            case = recent(district, "closed")
        for path in ("/public/", f"/public/{case.number}/", "/public/cases.csv"):
            web.get(path).getvalue()
            with CaptureQueriesContext(connection) as queries:
                web.get(path).getvalue()
            counts.append(len(queries))
    assert counts[:3] == counts[3:]
    assert max(counts) <= 12


def test_no_table_of_cases_is_read(district: District, web: Client) -> None:
    case = recent(district, "closed")
    for path in (
        "/public/",
        f"/public/{case.number}/",
        "/public/cases.csv",
        "/open311/v2/requests.json?extensions=true",
    ):
        with CaptureQueriesContext(connection) as queries:
            assert web.get(path).getvalue()
        read = {name for one in queries for name in re.findall(r'(?:FROM|JOIN) "(\w+)"', one["sql"])}
        assert not {"cases_case", "cases_caseevent", "cases_reporter", "intake_report"} & read


def test_a_browser_keeps_a_page_until_it_changes(district: District, web: Client) -> None:
    case = recent(district)
    for path in ("/public/", f"/public/{case.number}/", "/public/cases.csv"):
        answer = web.get(path)
        is_file = path.endswith("csv")
        assert answer["Cache-Control"] == f"{'public' if is_file else 'private'}, max-age=60"
        again = web.get(path, headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.getvalue()) == (304, b"")
        release_text(number=case.number, by=district.street.clerk, at=timezone.now(), text=f"改 {path}")
        assert web.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_who_is_logged_in_sees_it_in_the_frame_of_the_portal(district: District) -> None:
    recent(district)
    web = Client()
    web.force_login(district.street.clerk)
    answer = web.get("/public/")
    assert 'class="sidebar"' in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["/public/", "/public/cases.csv", "/public/440106001-20260304-0001/"])
def test_only_reading(district: District, web: Client, path: str) -> None:
    assert [web.generic(method, path).status_code for method in ("POST", "PUT", "DELETE")] == [405] * 3


def test_without_anything_to_show(db: None, web: Client) -> None:
    assert "Nothing of this kind is published." in web.get("/public/").content.decode()
    assert Publication.objects.count() == 0
