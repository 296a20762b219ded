"""Maps on the pages of cases and communities, boundaries from a file, tiles and what the browser may load."""

import json
import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from citymgmt.settings import tile_hosts
from communities.models import Community, KeyPlace
from tests.office import china
from tests.places.test_boundaries import square

MORNING = china("2026-03-04 09:00")
AREA = square(113.30, 23.10, 113.31, 23.11)


def embedded(page, name):
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', page.content.decode(), re.DOTALL)
    return json.loads(found[1]) if found else None


@pytest.fixture
def first(district):
    community = district.street.communities[0]
    Community.objects.filter(pk=community.pk).update(boundary=AREA)
    KeyPlace.objects.create(community=community, kind="market", name_zh="市场", longitude=113.305, latitude=23.105)
    return community


def test_case_page_shows_case_community_and_key_places(first, district, log, client):
    case = log(MORNING, longitude=113.306, latitude=23.106)
    client.force_login(district.street.clerk)
    drawing = embedded(client.get(case.get_absolute_url()), "case-map-drawing")
    assert drawing["pin"] == [113.306, 23.106]
    assert [(area["id"], area["tone"]) for area in drawing["areas"]] == [(str(first.pk), "own")]
    assert [spot["name"] for spot in drawing["spots"]] == ["市场"]


def test_case_without_any_place_has_no_map(district, log, client):
    case = log(MORNING)
    client.force_login(district.street.clerk)
    page = client.get(case.get_absolute_url())
    assert ("leaflet" in page.content.decode(), embedded(page, "case-map-drawing")) == (False, None)


def test_list_of_communities_draws_them_and_marks_vacancies(first, district, client):
    second = district.street.communities[1]
    Community.objects.filter(pk=second.pk).update(boundary=square(113.31, 23.10, 113.32, 23.11))
    second.assignments.all().delete()
    client.force_login(district.street.clerk)
    areas = embedded(client.get("/communities/"), "communities-map-drawing")["areas"]
    assert [(area["id"], area["tone"], area["url"]) for area in areas] == [
        (str(first.pk), "", f"/communities/{first.code}/"),
        (str(second.pk), "alert", f"/communities/{second.code}/"),
    ]


def test_community_page_draws_its_own(first, district, client):
    client.force_login(district.street.clerk)
    drawing = embedded(client.get(f"/communities/{first.code}/"), "community-map-drawing")
    assert ([area["id"] for area in drawing["areas"]], len(drawing["spots"])) == ([str(first.pk)], 1)


@pytest.fixture
def upload(district, client):
    """The administrator's POST of a boundary file for the first community; the stored boundary afterwards."""
    community = district.street.communities[0]

    def send(content, person=None):
        client.force_login(person or district.street.admin)
        values = {"name_zh": community.name_zh, "is_active": "on", "boundary": "", "request_key": uuid4()}
        values["boundary_file"] = SimpleUploadedFile("area.geojson", content)
        answer = client.post(reverse("admin:communities_community_change", args=[community.pk]), values)
        community.refresh_from_db()
        return answer.status_code, community.boundary

    return send


def test_boundary_comes_from_a_file(upload):
    feature = {"type": "Feature", "properties": {"name": "x"}, "geometry": AREA}
    assert upload(b"\xef\xbb\xbf" + json.dumps(feature).encode()) == (302, AREA)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"[" * 100_000, b"{}", b"NaN", b" " * 2_000_001, b"PK\x03\x04",
     json.dumps(square(2, 2, 3, 3)).encode(), json.dumps(square(113, 23, 115, 25)).encode(),
     b'{"type": "Polygon", "coordinates": [[[1e999, 1], [1, 2], [2, 2], [1e999, 1]]]}',
     b'{"type": "Polygon", "coordinates": [[[NaN, 1], [1, 2], [2, 2], [NaN, 1]]]}'],
    ids=range(11),
)  # fmt: skip
def test_file_without_a_good_boundary_is_refused(content, upload):
    assert upload(content) == (200, None)


def test_only_the_administrator_sets_boundaries(upload, district):
    assert upload(json.dumps(AREA).encode(), district.street.leader) == (302, None)  # to the log-in of the set-up
    assert upload(json.dumps(AREA).encode(), district.other.admin) == (404, None)


@pytest.mark.parametrize(
    ("url", "hosts"),
    [
        ("", []),
        ("https://t{s}.tianditu.gov.cn/vec_w/wmts?x={x}", ["https://*.tianditu.gov.cn"]),
        ("http://10.0.0.5:8080/{z}/{x}/{y}.png", ["http://10.0.0.5:8080"]),
        ("https://tiles.example.org/{z}/{x}/{y}.png", ["https://tiles.example.org"]),
    ],
)
def test_browser_may_load_tiles_from_their_host_alone(url, hosts):
    assert tile_hosts(url) == hosts
