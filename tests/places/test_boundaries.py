"""What a boundary may be, and which community a point lies in."""

import pytest
import shapely
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from shapely.geometry import shape

from cases.demo import names
from cases.demo.people import cell
from cases.demo.terrain import INNER, inside, outline
from communities.boundaries import area_km2, check_boundary, geometry_in
from communities.models import Community
from communities.places import community_at


def square(west, south, east, north):
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.fixture
def two(district):
    """The first street's communities side by side: 001 from 113.30 to 113.31, 002 from there to 113.32."""
    first, second = district.street.communities
    Community.objects.filter(pk=first.pk).update(boundary=square(113.30, 23.10, 113.31, 23.11))
    Community.objects.filter(pk=second.pk).update(boundary=square(113.31, 23.10, 113.32, 23.11))
    return district.street


@pytest.mark.parametrize(
    ("boundary", "sentence"),
    [
        (square(113.30, 23.10, 113.31, 23.11), None),
        ({"type": "MultiPolygon", "coordinates": [square(113.3, 23.1, 113.31, 23.11)["coordinates"]]}, None),
        (None, None),
        (square(23.10, 113.30, 23.11, 113.31), "A point of the boundary lies off the earth."),
        (square(23.10, 53.30, 23.11, 53.31),
         "The boundary lies outside China: are longitude and latitude in this order?"),
        (square(113, 23, 114, 24), "A community of 11338.8316 km² cannot be."),
        (square(113, 23, 113.000001, 23.000001), "A community of 0.0000 km² cannot be."),
        (
            {"type": "Polygon", "coordinates": [[[113, 23], [113.1, 23.1], [113.1, 23], [113, 23.1], [113, 23]]]},
            "The lines of the boundary cross or touch themselves (Self-intersection[113.05 23.05]).",
        ),
        ({"type": "Polygon", "coordinates": [[[113, 23], [114, 24], [113, 23]]]},
         "A ring of the boundary has at least four points and ends where it began."),
        ({"type": "Point", "coordinates": [113, 23]}, "A boundary is a Polygon or a MultiPolygon."),
    ],
)  # fmt: skip
def test_what_a_boundary_may_be(boundary, sentence):
    if sentence is None:
        check_boundary(boundary)
        return
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        check_boundary(boundary)
    assert refused.value.messages == [sentence]


def test_area_of_a_square_kilometre():
    assert area_km2(shape(square(113.30, 23.10, 113.30978, 23.10899))) == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize(
    "document",
    [
        square(113, 23, 113.1, 23.1),
        {"type": "Feature", "properties": {"a": 1}, "geometry": square(113, 23, 113.1, 23.1)},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": square(113, 23, 113.1, 23.1)}]},
    ],
)
def test_geometry_is_taken_out_of_a_document(document):
    assert geometry_in(document) == square(113, 23, 113.1, 23.1)


def test_heights_are_left_out():
    ring = [[113, 23, 5], [113.1, 23, 5], [113.1, 23.1, 5], [113, 23, 5]]
    found = geometry_in({"type": "Polygon", "coordinates": [ring]})
    assert found["coordinates"] == [[[113, 23], [113.1, 23], [113.1, 23.1], [113, 23]]]


@pytest.mark.parametrize("document", [[], 5, None, {"features": []}, {"features": [{}, {}]}, {"geometry": None}, "x"])
def test_document_without_one_area_is_refused(document):
    with pytest.raises(ValidationError):
        geometry_in(document)


@pytest.mark.parametrize(
    ("point", "code"),
    [
        ((113.305, 23.105), "440106001001"),
        ((113.315, 23.105), "440106001002"),
        ((113.31, 23.105), "440106001001"),  # on the border: the lower code
        ((113.30, 23.10), "440106001001"),  # a corner
        ((113.3200001, 23.105), None),
        ((0, 0), None),
        ((180, 90), None),
    ],
)
def test_point_finds_its_community(point, code, two):
    found = community_at(two.subdistrict.pk, *point)
    assert (Community.objects.get(pk=found).code if found else None) == code


def test_other_sub_district_finds_nothing(two, district):
    assert community_at(district.other.subdistrict.pk, 113.305, 23.105) is None


def test_change_of_a_boundary_counts_at_once(two):
    first = two.communities[0]
    assert community_at(two.subdistrict.pk, 113.305, 23.105) == first.pk
    Community.objects.filter(pk=first.pk).update(boundary=square(113.20, 23.10, 113.21, 23.11))
    assert community_at(two.subdistrict.pk, 113.305, 23.105) is None
    assert community_at(two.subdistrict.pk, 113.205, 23.105) == first.pk


def test_inactive_community_holds_no_point(two):
    Community.objects.filter(pk=two.communities[0].pk).update(is_active=False)
    assert community_at(two.subdistrict.pk, 113.305, 23.105) is None


def test_known_boundaries_are_not_read_again(two):
    community_at(two.subdistrict.pk, 113.305, 23.105)
    with CaptureQueriesContext(connection) as asked:
        community_at(two.subdistrict.pk, 113.315, 23.105)
    assert [query["sql"].count("boundary") for query in asked] == [0]


def cells():
    return [cell(street, index) for street in names.STREETS for index in range(len(street.communities))]


def test_demo_communities_are_good_boundaries_without_gap_or_overlap():
    areas = []
    for at in cells():
        boundary = {"type": "Polygon", "coordinates": [outline(*at)]}
        check_boundary(boundary)
        areas.append(shape(boundary))
    whole = shapely.union_all(areas)
    assert (whole.geom_type, len(whole.interiors)) == ("Polygon", 0)
    assert sum(area.area for area in areas) == pytest.approx(whole.area, rel=1e-9)
    assert all(len(set(map(tuple, outline(*at)))) == 8 for at in cells())


@pytest.mark.parametrize("share", [(0, 0), (0, 1), (1, 0), (1, 1), (0.5, 0)])
def test_inner_part_of_a_demo_community_lies_in_it(share):
    for at in cells():
        ring = {"type": "Polygon", "coordinates": [outline(*at)]}
        assert shape(ring).contains(shapely.Point(*inside(*at, *share))), (at, share, INNER)
