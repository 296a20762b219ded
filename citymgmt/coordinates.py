"""WGS-84 and GCJ-02 (火星坐标), both ways, and distances. Pure. Points are (longitude, latitude) in degrees.

The portal keeps WGS-84 only. Maps published in China (Amap, Tencent) are in GCJ-02, some 500 m off; a point is
converted where it meets such a map and nowhere else. Source: the published approximation of the official shift,
on the Krasovsky 1940 ellipsoid; outside its rectangle nothing is shifted.
"""

from math import asin, cos, pi, radians, sin, sqrt

Point = tuple[float, float]

EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG
MAJOR_AXIS_M = 6_378_245.0
SQUARED_ECCENTRICITY = 0.00669342162296594323
WEST, EAST, SOUTH, NORTH = 72.004, 137.8347, 0.8293, 55.8271
MOST_ROUNDS, CLOSE_ENOUGH = 30, 1e-13  # of the inverse; degrees


def is_shifted(longitude: float, latitude: float) -> bool:
    """Whether maps in GCJ-02 show this place elsewhere: inside the rectangle around China."""
    return WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH


def gcj02(longitude: float, latitude: float) -> Point:
    """The GCJ-02 position of a WGS-84 position; unchanged outside China."""
    if not is_shifted(longitude, latitude):
        return longitude, latitude
    x, y = longitude - 105.0, latitude - 35.0
    east, north = _eastward(x, y), _northward(x, y)
    phi = radians(latitude)
    flat = 1 - SQUARED_ECCENTRICITY * sin(phi) ** 2
    meridian_m = MAJOR_AXIS_M * (1 - SQUARED_ECCENTRICITY) / (flat * sqrt(flat)) * pi / 180
    parallel_m = MAJOR_AXIS_M / sqrt(flat) * cos(phi) * pi / 180
    return longitude + east / parallel_m, latitude + north / meridian_m


def wgs84(longitude: float, latitude: float) -> Point:
    """The WGS-84 position of a GCJ-02 position: the exact inverse, by iteration; unchanged outside China."""
    x, y = longitude, latitude
    for _round in range(MOST_ROUNDS):
        shifted_x, shifted_y = gcj02(x, y)
        off_x, off_y = longitude - shifted_x, latitude - shifted_y
        if abs(off_x) < CLOSE_ENOUGH and abs(off_y) < CLOSE_ENOUGH:
            break
        x, y = x + off_x, y + off_y
    return x, y


def distance_m(one: Point, other: Point) -> float:
    """Metres between two points on the sphere (haversine)."""
    (x, y), (u, v) = ((radians(degrees) for degrees in point) for point in (one, other))
    half = sin((v - y) / 2) ** 2 + cos(y) * cos(v) * sin((u - x) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(half)))


def around(longitude: float, latitude: float, radius_m: float) -> tuple[Point, Point]:
    """South-west and north-east corner of a box that holds every point within `radius_m` metres (not at a pole)."""
    north = radius_m / EARTH_RADIUS_M * 180 / pi
    east = north / max(cos(radians(latitude)), 0.01)
    return (longitude - east, latitude - north), (longitude + east, latitude + north)


def _waves(value: float) -> float:
    return (20 * sin(6 * value * pi) + 20 * sin(2 * value * pi)) * 2 / 3


def _eastward(x: float, y: float) -> float:
    shift = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + _waves(x)
    shift += (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3
    return shift + (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3


def _northward(x: float, y: float) -> float:
    shift = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + _waves(x)
    shift += (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3
    return shift + (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
