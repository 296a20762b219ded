"""WGS-84 and GCJ-02: literal values, an exact way back, and distances."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citymgmt.coordinates import around, distance_m, gcj02, is_shifted, wgs84

in_china = st.tuples(st.floats(73.5, 136), st.floats(3, 54))
MICRON_M = 1e-6


@pytest.mark.parametrize(
    ("point", "shown"),
    [
        ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),  # published with coordtransform
        ((121.4737, 31.2304), (121.47822305927693, 31.22845773757727)),
        ((139.7, 35.6), (139.7, 35.6)),  # Tokyo
        ((-0.1276, 51.5072), (-0.1276, 51.5072)),  # London
    ],
)
def test_where_a_map_in_gcj02_shows_a_point(point, shown):
    assert gcj02(*point) == pytest.approx(shown, abs=1e-12)


def test_shift_in_shanghai_is_481_metres():
    assert distance_m((121.4737, 31.2304), gcj02(121.4737, 31.2304)) == pytest.approx(481.247, abs=0.001)


@settings(deadline=None)  # a busy machine is no fault
@given(in_china)
def test_there_and_back_is_the_same_point(point):
    assert distance_m(point, wgs84(*gcj02(*point))) < MICRON_M


@settings(deadline=None)
@given(in_china)
def test_back_and_there_is_the_same_point(point):
    assert distance_m(point, gcj02(*wgs84(*point))) < MICRON_M


def test_in_the_seam_at_the_western_edge_where_no_place_is_shown_a_point_stays():
    assert wgs84(72.005, 30) == pytest.approx((72.005, 30), abs=1e-12)


@settings(deadline=None)
@given(st.tuples(st.floats(-180, 71), st.floats(-90, 90)))
def test_outside_china_nothing_is_shifted(point):
    assert (is_shifted(*point), gcj02(*point), wgs84(*point)) == (False, point, point)


@pytest.mark.parametrize(
    ("one", "other", "metres"),
    [
        ((0, 0), (0, 1), 111_195.080),
        ((0, 0), (180, 0), 20_015_114.442),
        ((113.3265, 23.1366), (113.3265, 23.1366), 0),
        ((113.3265, 23.1366), (113.3270, 23.1366), 51.126),
    ],
)
def test_distance_on_the_sphere(one, other, metres):
    assert distance_m(one, other) == pytest.approx(metres, abs=0.001)


@settings(deadline=None)
@given(in_china, st.floats(0, 360), st.floats(0, 50))
def test_box_holds_every_point_within_the_radius(point, angle, metres):
    from math import cos, radians, sin

    north = metres / 111_195.08
    other = (point[0] + north * sin(radians(angle)) / cos(radians(point[1])), point[1] + north * cos(radians(angle)))
    (west, south), (east, up) = around(*point, 50)
    if distance_m(point, other) <= 50:
        assert west <= other[0] <= east
        assert south <= other[1] <= up
