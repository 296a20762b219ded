"""The cells by which what is near is found: literal cells, and that nothing near is missed."""

import random
from datetime import timedelta

import pytest

from cases.statistics.recurrence import LATER, NEAR_M, SOON, cell_of, cells_around
from citymgmt.coordinates import around


def test_how_near_and_how_soon_is_again() -> None:
    assert (50, timedelta(days=7), timedelta(days=30)) == (NEAR_M, SOON, LATER)


@pytest.mark.parametrize(
    ("longitude", "latitude", "cell"),
    [
        (0.0, 0.0, 0),
        (0.00089, 0.00049, 0),
        (0.00091, 0.00049, 1),
        (0.00089, 0.00051, 1_000_000),
        (-0.00001, -0.00001, -1_000_001),
        (113.3301, 23.1302, 46_260_125_922),
    ],
)
def test_the_cell_of_a_point(longitude: float, latitude: float, cell: int) -> None:
    assert cell_of(longitude, latitude) == cell


def test_a_cell_and_the_eight_around_it() -> None:
    assert list(cells_around(5_000_007)) == [
        4_000_006, 4_000_007, 4_000_008,
        5_000_006, 5_000_007, 5_000_008,
        6_000_006, 6_000_007, 6_000_008,
    ]  # fmt: skip


def test_the_cells_around_a_point_hold_all_within_50_metres() -> None:
    chance = random.Random(3)
    for _turn in range(2000):
        longitude, latitude = chance.uniform(73, 135), chance.uniform(3, 54)
        (west, south), (east, north) = around(longitude, latitude, 50)
        corners = {cell_of(x, y) for x in (west, longitude, east) for y in (south, latitude, north)}
        assert corners <= set(cells_around(cell_of(longitude, latitude)))
