"""Logging by place: the page, where a point lies, what is similar, and a report added to an open case."""

import json
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case
from citymgmt.people.models import User
from communities.models import Community, KeyPlace
from tests.office import china, standard
from tests.places.test_boundaries import square

MORNING = china("2026-03-04 09:00")  # a Wednesday
HERE = {"longitude": "113.3050000", "latitude": "23.1050000"}
HOSTILE = ["\x01", "x" * 3000, "NaN", "1e400", "181", "-1e9", "é", "9" * 400]


@pytest.fixture(autouse=True)
def office(district, monkeypatch):
    """Two communities with boundaries side by side; the officer of the second has a telephone; all read English."""
    first, second = district.street.communities
    Community.objects.filter(pk=first.pk).update(boundary=square(113.30, 23.10, 113.31, 23.11))
    Community.objects.filter(pk=second.pk).update(boundary=square(113.31, 23.10, 113.32, 23.11))
    User.objects.update(language="en")
    User.objects.filter(pk=district.street.officer2.pk).update(office_phone="020-1234")
    monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: MORNING)
    return district.street


@pytest.fixture
def told():
    return {"matter": f"s{standard(20).pk}", "description": "A stall", "source": "call"}


@pytest.fixture
def send(client, office):
    def post(user=None, **given):
        client.force_login(user or office.clerk)
        return client.post("/cases/new/", {"request_key": str(uuid.uuid4()), **given})

    return post


def embedded(page, name):
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', page.content.decode(), re.DOTALL)
    return json.loads(found[1])


def test_point_alone_finds_community_and_officer(send, told, office):
    send(**told, longitude="113.315", latitude="23.105")
    case = Case.objects.get()
    assert (case.community, case.officer) == (office.communities[1], office.officer2)


def test_point_outside_all_leaves_the_community_open(send, told):
    assert send(**told, longitude="113.5", latitude="23.105").status_code == 302
    assert Case.objects.values_list("community", "state").get() == (None, "filed")


def test_officer_logs_by_point_in_the_own_community_only(send, told, office):
    assert send(office.officer, **told, **HERE).status_code == 302
    answer = send(office.officer, **told, longitude="113.315", latitude="23.105")
    assert (answer.status_code, Case.objects.count()) == (422, 1)


def test_chosen_community_wins_over_the_point(send, told, office):
    send(**told, **HERE, community=office.communities[1].pk)
    assert Case.objects.get().community == office.communities[1]


def test_key_place_gives_point_and_community(send, told, office):
    place = KeyPlace.objects.create(
        community=office.communities[1], kind="market", name_zh="市场", longitude="113.3161234", latitude="23.1041234"
    )
    send(**told, key_place=place.pk)
    case = Case.objects.get()
    assert (case.community, str(case.longitude), str(case.latitude)) == (
        office.communities[1], "113.3161234", "23.1041234",
    )  # fmt: skip


def test_page_carries_what_its_scripts_need(client, office, district):
    place = KeyPlace.objects.create(
        community=office.communities[0],
        kind="market",
        name_zh="榕树市场",
        pinyin="rssc",
        longitude=113.305,
        latitude=23.1,
    )
    KeyPlace.objects.create(community=district.other.communities[0], kind="market", name_zh="别处市场")
    client.force_login(office.clerk)
    page = client.get("/cases/new/")
    assert embedded(page, "log-officers") == {
        str(office.communities[0].pk): "officer1",
        str(office.communities[1].pk): "officerb1 · 020-1234",
    }
    (entry,) = embedded(page, "log-places")
    assert (entry["value"], entry["group"]) == (str(place.pk), str(office.communities[0].pk))
    assert {"rssc", "榕树市场"} <= set(entry["words"].split())
    drawing = embedded(page, "log-map-drawing")
    assert [area["id"] for area in drawing["areas"]] == [str(one.pk) for one in office.communities]
    assert (drawing["spots"], drawing["pin"], drawing["tiles"]) == (
        [{"id": str(place.pk), "name": "榕树市场", "at": [113.305, 23.1]}], None, None,
    )  # fmt: skip


def test_map_in_gcj02_is_drawn_and_read_in_its_own_coordinates(client, office, settings):
    settings.MAP_COORDINATES = "gcj02"
    client.force_login(office.clerk)
    corner = embedded(client.get("/cases/new/"), "log-map-drawing")["areas"][0]["shape"]["coordinates"][0][0]
    assert corner == pytest.approx([113.3053437, 23.0973689], abs=1e-3)
    assert corner != [113.30, 23.10]
    found = client.get("/cases/new/where/", {"x": corner[0], "y": corner[1]}).json()
    assert (found["longitude"], found["latitude"]) == ("113.3000000", "23.1000000")
    assert (found["x"], found["y"]) == tuple(corner)


@pytest.mark.parametrize(
    ("asked", "index"),
    [({"x": "113.305", "y": "23.105"}, 0), ({"longitude": "113.315", "latitude": "23.105"}, 1)],
)
def test_where_a_point_lies(asked, index, client, office):
    client.force_login(office.clerk)
    found = client.get("/cases/new/where/", asked).json()
    community = office.communities[index]
    x, y = (float(value) for value in asked.values())
    assert found == {
        "longitude": f"{x:.7f}", "latitude": f"{y:.7f}", "x": x, "y": y,
        "community": str(community.pk), "sentence": community.name_zh,
    }  # fmt: skip


def test_where_tells_nobody_about_communities_of_others(client, office, district):
    outside = "The point lies in none of your communities: choose the community by hand."
    for person, point in (
        (office.officer, {"x": "113.315", "y": "23.105"}),
        (office.clerk, {"x": "113.5", "y": "23.105"}),
        (district.other.clerk, {"x": "113.305", "y": "23.105"}),
    ):
        client.force_login(person)
        found = client.get("/cases/new/where/", point).json()
        assert (found["community"], found["sentence"]) == ("", outside)


@pytest.mark.parametrize("path", ["/cases/new/where/?x=113&y=23", "/cases/new/similar/"])
def test_who_may_not_log_asks_nothing(path, client, office, district):
    for person in (office.auditor, office.admin, office.secadmin, district.liaison):
        client.force_login(person)
        assert client.get(path).status_code == 403


@pytest.mark.parametrize("text", HOSTILE, ids=[ascii(text[:6]) for text in HOSTILE])
def test_hostile_questions_are_refused_or_find_nothing(text, client, office):
    client.force_login(office.clerk)
    for asked in (
        {"x": text, "y": "23"},
        {"longitude": "113", "latitude": text},
        {"x": "113", "y": "23", "longitude": text},
    ):
        assert client.get("/cases/new/where/", asked).status_code in (400, 422)
    names = ("matter", "community", "key_place", "address", "longitude", "latitude")
    for name in names:
        answer = client.get("/cases/new/similar/", {"matter": f"s{standard(20).pk}", name: text})
        assert (answer.status_code, answer.content.strip()) in [(200, b""), (400, answer.content.strip())]


def test_similar_case_is_shown_before_saving(client, office, log):
    case = log(MORNING, **{name: float(value) for name, value in HERE.items()})
    client.force_login(office.clerk)
    asked = {"matter": f"s{standard(20).pk}", "longitude": "113.305", "latitude": "23.1053"}
    page = client.get("/cases/new/similar/", asked).content.decode()
    assert f'name="into" value="{case.number}"' in page
    assert "33 m away" in page
    client.force_login(office.officer)
    page = client.get("/cases/new/similar/", asked).content.decode()
    assert (case.number in page, 'name="into"' in page) == (True, False)


def test_without_javascript_similar_cases_are_looked_for_on_demand(send, told, log, office):
    case = log(MORNING, **{name: float(value) for name, value in HERE.items()})
    answer = send(**told, **HERE, look="yes")
    assert (answer.status_code, case.number in answer.content.decode(), Case.objects.count()) == (200, True, 1)
    assert 'value="113.3050000"' in answer.content.decode()


def test_report_is_added_to_an_open_case_by_one_button(send, told, log, client):
    target = log(MORNING)
    answer = send(**told, into=target.number)
    added = Case.objects.exclude(pk=target.pk).get()
    assert answer["Location"] == f"/cases/{target.number}/?logged"
    assert (added.state, added.merged_into) == ("merged", target)
    said = f"Report {added.number} was logged and added to case {target.number}."
    assert said in client.get(answer["Location"]).content.decode()


def test_button_sent_twice_adds_once(send, told, log):
    target, key = log(MORNING), str(uuid.uuid4())
    answers = [send(**{**told, "request_key": key}, into=target.number).status_code for _ in range(2)]
    assert (answers, Case.objects.count()) == ([302, 302], 2)


def test_target_that_ended_meanwhile_is_refused_with_a_sentence(send, told, log, act, office):
    target = log(MORNING)
    act("void", target, by=office.leader, at=MORNING, note="x")
    answer = send(**told, into=target.number)
    assert (answer.status_code, Case.objects.count()) == (422, 1)
    assert "Choose another open case of your sub-district." in answer.content.decode()


@pytest.mark.parametrize("into", ["440106002-20260304-0001", "no", "\x00", "9" * 5000, "é"])
def test_target_that_is_not_there_is_not_found(into, send, told):
    assert (send(**told, into=into).status_code, Case.objects.count()) == (404, 0)


def test_officer_may_not_add(send, told, log, office):
    target = log(MORNING)
    assert (send(office.officer, **told, into=target.number).status_code, Case.objects.count()) == (403, 1)


@pytest.mark.parametrize("count", [1, 30])
def test_form_with_map_costs_the_same_however_many_places(count, client, office):
    KeyPlace.objects.bulk_create(
        KeyPlace(community=office.communities[0], kind="street", name_zh=f"大街{n}", longitude=113.305, latitude=23.105)
        for n in range(count)
    )
    client.force_login(office.clerk)
    client.get("/cases/new/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/cases/new/").status_code == 200
    assert len(asked) == 4, "\n".join(query["sql"][:200] for query in asked)
