"""The map of figures: shades as the evaluation says, circles that hold each case once, in the scope of who looks."""

import json
import re
from datetime import timedelta
from fractions import Fraction
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import Case
from cases.statistics.grid import MOST_CELLS, Box, Cells, cells_over, size_of
from cases.statistics.shading import bands_of, classes_of
from citymgmt import coordinates
from communities.models import Community
from tests.cases.stories import do, reported
from tests.office import District
from tests.places.test_boundaries import square

WHOLE = {"west": -180, "south": -90, "east": 180, "north": 90, "zoom": 0}
HERE = {"longitude": 113.3265, "latitude": 23.1366}
EAST_3_KM = {"longitude": 113.3565, "latitude": 23.1366}
PAGE, POINTS, LISTED = "/statistics/map/", "/statistics/map/points/", "/statistics/map/cases/"


@pytest.fixture
def ask(client, district):
    """The JSON of an address, as the leader or somebody else sees it."""

    def get(path: str, *, by: Any = None, status: int = 200, **asked: Any) -> Any:
        client.force_login(by or district.street.leader)
        answer = client.get(path, asked)
        assert answer.status_code == status, answer.content
        return answer.json()

    return get


@pytest.fixture
def now():
    """A moment of today; what was reported earlier today may be yesterday's."""
    return timezone.now()


def embedded(page: Any, name: str) -> Any:
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', page.content.decode(), re.DOTALL)
    return json.loads(found[1]) if found else None


def circles(answer: Any) -> list[int]:
    return sorted(one["properties"]["count"] for one in answer["features"])


# classes


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], []),
        ([7], [1]),
        ([3, 3, 3], [1, 1, 1]),
        ([1, 2], [1, 5]),
        ([1, 2, 3], [1, 3, 5]),
        ([10, 20, 30, 40, 50], [1, 2, 3, 4, 5]),
        ([5, 1, 1, 1, 1, 1], [5, 1, 1, 1, 1, 1]),
        (list(range(10)), [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]),
    ],
)
def test_five_classes_by_how_many_stand_before(values: list[int], expected: list[int]) -> None:
    told = {place: Fraction(value) for place, value in enumerate(values)}
    assert list(classes_of(told, more_is_better=False).values()) == expected
    best_first = {place: -value for place, value in told.items()}
    assert list(classes_of(best_first, more_is_better=True).values()) == expected


def test_bands_reach_from_the_lowest_to_the_highest_of_a_class() -> None:
    told = {place: Fraction(value) for place, value in enumerate([10, 12, 30])}
    found = bands_of(told, {0: 1, 1: 1, 2: 5})
    assert [(band.number, band.lowest, band.highest, band.count) for band in found] == [(1, 10, 12, 2), (5, 30, 30, 1)]


# cells


def test_a_cell_holds_its_west_and_south_edge() -> None:
    assert Box(0, 0, 89.9, 90).at(0) == Cells(0, 0, 0, 0, 1)
    assert Box(-0.1, -0.1, 0, 0).at(1) == Cells(1, -1, -1, 0, 0)
    assert (size_of(0), size_of(3)) == (90, 11.25)


@pytest.mark.parametrize("zoom", range(23))
def test_of_any_box_there_are_a_few_hundred_cells_at_most(zoom: int) -> None:
    for box in (Box(-180, -90, 180, 90), Box(113, 23, 113.5, 23.2), Box(0, 0, 0, 0)):
        cells = cells_over(box, zoom)
        assert cells.count <= MOST_CELLS
        assert cells.zoom == zoom or box.at(cells.zoom + 1).count > MOST_CELLS


# shades


def test_shades_are_what_the_evaluation_says(district: District, log, client, now) -> None:
    _first, second = district.street.communities
    log(now)
    do(district, log(now), "receive", now)
    log(now, community=second)
    handled = log(now)
    do(district, handled, "receive", now)
    do(district, handled, "report_back", now)
    client.force_login(district.street.leader)
    rows = client.get("/statistics/evaluation/").context["rows"]
    for place, indicator in enumerate(client.get("/statistics/evaluation/").context["indicators"]):
        shown = client.get(PAGE, {"shade": indicator[0].code}).context["places"]
        assert {str(one.community.pk): one.value for one in shown} == {
            row.key: row.cells[place].value for row in rows
        }, indicator[0].code
    parts = [one.parts for one in client.get(PAGE, {"shade": "handling_rate"}).context["places"]]
    assert [[text.split()[-1] for text, _url in part] for part in parts] == [["1", "3"], ["0", "1"]]
    for text, url in [part for both in parts for part in both if part[1]]:
        assert client.get(url).context["count"] == int(text.split()[-1]), url


def test_worse_is_darker_and_nothing_to_judge_is_no_class(district: District, log, client, now) -> None:
    first, second = district.street.communities
    done = log(now)
    for step in ("receive", "report_back"):
        do(district, done, step, now)
    log(now, community=second)
    third = Community.objects.create(code="440106001003", name_zh="第三", subdistrict=district.street.subdistrict)
    client.force_login(district.street.leader)

    def classes(shade: str) -> dict[int, int]:
        return {one.community.pk: one.number for one in client.get(PAGE, {"shade": shade}).context["places"]}

    assert classes("handling_rate") == {first.pk: 1, second.pk: 5, third.pk: 0}
    assert classes("rework_rate") == {first.pk: 1, second.pk: 0, third.pk: 0}
    assert classes("reported_open") == {first.pk: 3, second.pk: 3, third.pk: 1}


def test_the_page_draws_boundaries_and_names_who_has_none(district: District, client) -> None:
    first, second = district.street.communities
    Community.objects.filter(pk=first.pk).update(boundary=square(113.32, 23.13, 113.33, 23.14))
    client.force_login(district.street.leader)
    page = client.get(PAGE)
    areas = embedded(page, "figures-map-drawing")["areas"]
    assert [(area["id"], area["tone"]) for area in areas] == [(str(first.pk), "class-0")]
    assert (page.context["outside"], len(page.context["places"])) == ([second], 2)
    told = embedded(page, "map-figures-told")["shades"][str(first.pk)]
    assert (told["value"], told["url"]) == ("–", f"/communities/{first.code}/")


def test_the_month_changes_the_figures_alone(district: District, log, client, now) -> None:
    log(now)
    client.force_login(district.street.leader)
    page = client.get(PAGE, {"shade": "reported"})
    months = embedded(page, "map-months")
    assert (len(months), page.context["month"]) == (13, 12)
    assert client.get(PAGE, {"period": "year"}).context["month"] is None
    for month, expected in ((months[12], "1"), (months[11], "0")):
        asked = {"shade": "reported", "first": month["first"], "last": month["last"]}
        part = client.get(PAGE, asked, headers={"HX-Request": "true"})
        assert "<main" not in part.content.decode()
        assert part.context["places"][0].value == expected
        assert dict(parse_qsl(urlsplit(embedded(part, "map-figures-told")["points"]).query))["first"] == month["first"]


def test_twelve_queries_however_many(district: District, log, client, now) -> None:
    client.force_login(district.street.leader)

    def queries(path: str, **asked: Any) -> int:
        client.get(path, asked)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path, asked).status_code == 200
        return len(seen)

    log(now, **HERE)
    few = queries(PAGE), queries(POINTS, **WHOLE)
    for place in range(8):
        log(now, longitude=113.3 + place / 100, latitude=23.1)
    many = queries(PAGE), queries(POINTS, **WHOLE)
    assert few == many
    assert max(many) <= 12


# points


def test_the_circles_hold_each_case_with_a_point_once(log, ask, now) -> None:
    for at in (HERE, HERE, EAST_3_KM, {}):
        log(now, **at)
    assert circles(ask(POINTS, **WHOLE)) == [3]
    near = ask(POINTS, west=113.32, south=23.13, east=113.36, north=23.14, zoom=14)
    assert (near["count"], circles(near)) == (3, [1, 2])
    (double,) = [one for one in near["features"] if one["properties"]["count"] == 2]
    assert double["geometry"]["coordinates"] == [113.3265, 23.1366]
    assert double["bbox"] == [113.3265, 23.1366, 113.3265, 23.1366]
    assert circles(ask(POINTS, west=113.35, south=23.13, east=113.36, north=23.14, zoom=14)) == [1]


@pytest.mark.parametrize("zoom", [0, 5, 10, 14, 18, 22])
def test_the_sum_of_the_circles_is_the_number_of_cases_on_edges_too(zoom: int, log, ask, now) -> None:
    edge = 90 / 2**10 * 1290  # 113.37890625, cut to the seven decimals of a column
    for longitude in (edge, edge - 0.0000001, edge + 0.0000001):
        log(now, longitude=round(longitude, 7), latitude=22.5)
    answer = ask(POINTS, west=113.378, south=22.499, east=113.38, north=22.501, zoom=zoom)
    assert (answer["count"], sum(circles(answer))) == (3, 3)
    for one in answer["features"]:
        listed = ask(LISTED, cell=one["properties"]["cell"])
        assert len(listed["features"]) == listed["count"] == one["properties"]["count"]


def test_a_circle_lists_its_cases(log, ask, now) -> None:
    older, newer = log(now - timedelta(seconds=5), **HERE), log(now, **HERE)
    log(now, **EAST_3_KM)
    (one,) = ask(POINTS, west=113.326, south=23.136, east=113.327, north=23.137, zoom=18)["features"]
    answer = ask(LISTED, cell=one["properties"]["cell"])
    assert [each["properties"]["number"] for each in answer["features"]] == [newer.number, older.number]
    assert answer["features"][0]["properties"]["url"] == newer.get_absolute_url()


def test_of_many_cases_of_a_circle_fifty_are_listed(log, ask, now, monkeypatch) -> None:
    monkeypatch.setattr("cases.statistics.views.map.MOST_LISTED", 2)
    for _case in range(3):
        log(now, **HERE)
    (one,) = ask(POINTS, **WHOLE)["features"]
    answer = ask(LISTED, cell=one["properties"]["cell"])
    assert (answer["count"], len(answer["features"])) == (3, 2)


def test_filters(district: District, log, ask, now) -> None:
    quick = log(now, **HERE)
    log(now - timedelta(days=3), **HERE)  # 2 urgent hours: overdue
    do(district, reported(district, now, **HERE), "void", now)  # reported, but neither closed nor open
    done = log(now, line=330, **HERE)
    for step in ("receive", "report_back", "pass"):
        do(district, done, step, now)
    wide = {"first": str(now.date() - timedelta(days=40)), "last": str(now.date() + timedelta(days=2))}

    def count(**asked: Any) -> int:
        answer = ask(POINTS, **WHOLE, **asked)
        assert sum(circles(answer)) == answer["count"]
        return int(answer["count"])

    assert [count(cases=code, **wide) for code in ("reported", "ended", "open_now", "late_now")] == [4, 1, 2, 1]
    long_ago = {"first": "2020-01-01", "last": "2020-01-31"}
    assert [count(cases=code, **long_ago) for code in ("reported", "ended", "open_now", "late_now")] == [0, 0, 2, 1]
    keys = [Case.objects.get(pk=one.pk).category.disorder.key for one in (quick, done)]
    assert keys[0] != keys[1]
    assert [count(disorder=key, **wide) for key in keys] == [2, 1]


def test_each_sees_the_own_office(district: District, log, ask, now) -> None:
    log(now, **HERE)
    street = district.street
    people = (street.leader, street.clerk, street.auditor, district.other.leader)
    assert [ask(POINTS, by=one, **WHOLE)["count"] for one in people] == [1, 1, 1, 0]
    (one,) = ask(POINTS, **WHOLE)["features"]
    cell = one["properties"]["cell"]
    assert [ask(LISTED, by=one, cell=cell)["count"] for one in people] == [1, 1, 1, 0]


def test_a_liaison_sees_what_went_to_the_own_department(district: District, log, ask, client, now) -> None:
    log(now, **HERE)
    escalated = log(now, line=330, **HERE)
    for step in ("receive", "escalate"):
        do(district, escalated, step, now)
    first = district.street.communities[0]
    Community.objects.filter(pk=first.pk).update(boundary=square(113.32, 23.13, 113.33, 23.14))
    for person, expected in ((district.liaison, 1), (district.liaison2, 0)):
        assert ask(POINTS, by=person, **WHOLE)["count"] == expected
        client.force_login(person)
        page = client.get(PAGE, {"shade": "reported"})
        assert [(one.community.pk, one.value) for one in page.context["places"]] == [(first.pk, "1")] * expected
        assert len(embedded(page, "figures-map-drawing")["areas"]) == expected
        assert f"/communities/{first.code}/" not in page.content.decode()
        for place in page.context["places"]:
            assert client.get(place.parts[0][1]).context["count"] == 1
    client.force_login(district.liaison)
    rate = client.get(PAGE, {"shade": "handling_rate"}).context["places"]
    assert [(one.value, [text.split()[-1] for text, _url in one.parts]) for one in rate] == [("0.0 %", ["0", "1"])]
    standing = client.get(PAGE, {"shade": "escalated_now", "first": "2020-01-01"}).context["places"]
    assert [one.value for one in standing] == ["1"]


# what an address may say


@pytest.mark.parametrize(
    "wrong",
    [
        {"west": "x"}, {"west": "nan"}, {"west": "1e999"}, {"west": "-181"}, {"north": "90.1"}, {"zoom": "23"},
        {"zoom": "-1"}, {"zoom": "1.5"}, {"zoom": "9" * 40}, {"west": "10", "east": "9"}, {"south": "1", "north": "0"},
        {"west": ""}, {"cases": "reworks"}, {"cases": "x"}, {"disorder": "x"}, {"first": "2026-02-30"},
        {"first": "2026-02-02", "last": "2026-02-01"}, {"first": "2001-01-01", "last": "2099-01-01"}, {"shade": "x"},
    ],
    ids=str,
)  # fmt: skip
def test_a_wrong_address_is_told_what_is_wrong(wrong: dict[str, str], ask, client) -> None:
    problem = ask(POINTS, status=422, **{**WHOLE, **wrong})
    assert client.get(POINTS, {**WHOLE, **wrong})["Content-Type"] == "application/problem+json"
    assert (problem["type"], problem["status"]) == ("urn:citymgmt:invalid", 422)
    assert set(problem["errors"]) & {*wrong, "__all__"}


@pytest.mark.parametrize("cell", ["", "x", "1/2", "23/0/0", "1/1/1/1", "1/999999999/1", "１/1/1", "-1/0/0"])
def test_a_wrong_cell_is_refused(cell: str, ask) -> None:
    assert "cell" in ask(LISTED, cell=cell, status=422)["errors"]


@pytest.mark.parametrize("cell", ["0/99999999/99999999", "0/-99999999/-99999999", "22/0/0"])
def test_a_cell_beyond_the_earth_is_empty(cell: str, ask, log, now) -> None:
    log(now, **HERE)
    assert ask(LISTED, cell=cell)["count"] == 0


def test_a_page_that_is_asked_wrongly_shows_the_usual(client, district: District) -> None:
    client.force_login(district.street.leader)
    page = client.get(PAGE, {"shade": "x"})
    assert (page.status_code, page.context["shown"].code) == (422, "handling_on_time_rate")


def test_what_is_not_said_is_the_usual_and_shows(client, district: District) -> None:
    client.force_login(district.street.leader)
    page = client.get(PAGE, {"shade": ""})
    assert page.context["shown"].code == "handling_on_time_rate"
    assert '<option value="handling_on_time_rate" selected' in page.content.decode()


def test_who_may_not_see_figures_sees_no_map(client, district: District) -> None:
    client.force_login(district.street.officer)
    assert [client.get(path, WHOLE).status_code for path in (PAGE, POINTS, LISTED)] == [403, 403, 403]


# coordinates


def test_gcj02_moves_what_the_browser_gets_not_what_is_inside(log, ask, settings, now) -> None:
    case = log(now, **HERE)
    (plain,) = ask(POINTS, **WHOLE)["features"]
    settings.MAP_COORDINATES = "gcj02"
    shown = [round(one, 7) for one in coordinates.gcj02(*HERE.values())]
    assert shown != list(HERE.values())
    (moved,) = ask(POINTS, **WHOLE)["features"]
    assert (plain["geometry"]["coordinates"], moved["geometry"]["coordinates"]) == ([*HERE.values()], shown)
    assert (moved["properties"]["cell"], moved["bbox"]) == (plain["properties"]["cell"], shown * 2)
    tight = {"west": shown[0], "east": shown[0], "south": shown[1], "north": shown[1], "zoom": 22}
    (close,) = ask(POINTS, **tight)["features"]
    listed = ask(LISTED, cell=close["properties"]["cell"])["features"]
    assert [one["geometry"]["coordinates"] for one in listed] == [shown]
    case.refresh_from_db()
    assert (float(case.longitude), float(case.latitude)) == tuple(HERE.values())
