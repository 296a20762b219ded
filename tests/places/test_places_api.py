"""The API of places: the community of a point, similar open cases, boundaries."""

from datetime import timedelta

import pytest

from cases.models import Case
from communities.models import Community, KeyPlace
from tests.api.conftest import Program, problem
from tests.office import china, standard
from tests.places.test_boundaries import square

MORNING = china("2026-03-04 09:00")
AREA = square(113.30, 23.10, 113.31, 23.11)
HOSTILE = ["\x01", "x" * 3000, "NaN", "Infinity", "1e400", "181", "", "é", "9" * 400]


@pytest.fixture
def first(district):
    community = district.street.communities[0]
    Community.objects.filter(pk=community.pk).update(boundary=AREA)
    return community


@pytest.fixture
def now(monkeypatch):
    monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: MORNING + timedelta(hours=1))


def test_point_finds_its_community_with_who_answers(first, district):
    found = Program(district.street.clerk).get("communities/locate/", longitude="113.305", latitude="23.105")
    assert found.status_code == 200
    body = found.json()
    assert (body["code"], body["officer"]["username"], body["is_vacant"]) == (first.code, "officer1", False)


def test_point_of_others_and_of_nobody_is_not_found(first, district):
    for person, longitude in ((district.street.clerk, "113.5"), (district.other.clerk, "113.305")):
        answer = Program(person).get("communities/locate/", longitude=longitude, latitude="23.105")
        assert problem(answer) == (404, "not_found")


def test_liaison_locates_nothing(first, district):
    program = Program(district.liaison)
    assert problem(program.get("communities/locate/", longitude="113.3", latitude="23.1")) == (403, "not_permitted")
    assert problem(program.get("cases/nearby/", category="09006", longitude="113", latitude="23"))[0] == 403
    assert problem(Program(None).get("communities/locate/", longitude="113.3", latitude="23.1"))[0] == 401


def test_boundary_is_geojson(first, district):
    body = Program(district.street.clerk).get(f"communities/{first.code}/").json()
    assert body["boundary"] == AREA


def test_case_with_a_point_gets_its_community(first, district, now):
    told = {"description": "摊贩", "source": "call", "category": "09006", "longitude": "113.305", "latitude": "23.105"}
    body = Program(district.street.clerk).post("cases/", told).json()
    assert (body["community"]["code"], body["officer"]["username"]) == (first.code, "officer1")


def test_officer_by_point_in_the_own_community_only(first, district, now):
    told = {
        "description": "摊贩",
        "source": "patrol",
        "category": "09006",
        "longitude": "113.305",
        "latitude": "23.105",
    }
    assert Program(district.street.officer).post("cases/", told).status_code == 201
    assert problem(Program(district.street.officer2).post("cases/", told))[0] == 422
    assert Case.objects.count() == 1


def test_similar_cases_with_distance(district, log, now):
    case = log(MORNING, longitude=113.3265, latitude=23.1366)
    asked = {"category": "09006", "longitude": "113.3265", "latitude": "23.1369"}
    body = Program(district.street.clerk).get("cases/nearby/", **asked).json()
    assert [(one["number"], one["distance_m"]) for one in body] == [(case.number, 33.4)]
    assert Program(district.other.clerk).get("cases/nearby/", **asked).json() == []


def test_similar_cases_by_key_place_and_by_address(district, log, now):
    place = KeyPlace.objects.create(community=district.street.communities[0], kind="market", name_zh="市场")
    here, there = log(MORNING, key_place=place), log(MORNING, address="天河路1号")
    program, code = Program(district.street.clerk), district.street.communities[0].code
    by_place = program.get("cases/nearby/", category="09006", key_place=place.pk).json()
    by_address = program.get("cases/nearby/", category="09006", community=code, address="天河路1号").json()
    assert [[(one["number"], one["distance_m"]) for one in found] for found in (by_place, by_address)] == [
        [(here.number, None)],
        [(there.number, None)],
    ]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 422),
        ({"category": "09006"}, 422),
        ({"category": "09006", "address": "x"}, 422),
        ({"category": "09006", "longitude": "113"}, 422),
        ({"category": "no", "longitude": "113", "latitude": "23"}, 422),
        ({"category": "09006", "longitude": "113", "latitude": "23", "unknown": "1"}, 400),
    ],
)
def test_incomplete_questions_are_refused(asked, status, district):
    assert problem(Program(district.street.clerk).get("cases/nearby/", **asked))[0] == status


@pytest.mark.parametrize("text", HOSTILE, ids=[ascii(text[:6]) for text in HOSTILE])
def test_hostile_values_are_refused(text, first, district):
    program, where = Program(district.street.clerk), {"longitude": "113.305", "latitude": "23.105"}
    for name in where:
        assert problem(program.get("communities/locate/", **{**where, name: text}))[0] in (400, 422)
    for name in ("category", "community", "key_place", "longitude", "latitude"):
        asked = {"category": "09006", **where, name: text}
        assert problem(program.get("cases/nearby/", **asked))[0] in (400, 422), name
    assert standard(20).category.code == "09006"
