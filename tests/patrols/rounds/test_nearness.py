"""Near a point is who may well stand within 100 metres of it, by a device that knows where it is."""

import pytest

from patrols.rounds.nearness import Nearness, nearness

POINT = (113.2600, 23.1200)


@pytest.mark.parametrize(
    ("metres", "accuracy_m", "is_near"),
    [
        (0, 5, True),
        (100, 0, True),
        (101, 0, False),
        (150, 50, True),
        (151, 50, False),
        (600, 500, True),
        (0, 501, False),
    ],
)
def test_metres_less_what_the_device_may_be_wrong_by(metres: int, accuracy_m: int, is_near: bool) -> None:
    assert Nearness(metres, accuracy_m).is_near is is_near


def test_metres_along_a_meridian_and_a_parallel() -> None:
    # a degree of latitude is 111,195 m on this sphere; of longitude, that times cos(23.12 degrees) = 102,264 m
    assert nearness((113.2600, 23.1210), POINT, 12.4) == Nearness(111, 12)
    assert nearness((113.2630, 23.1200), POINT, 12.6) == Nearness(307, 13)
