"""Is somebody at a point? From where the device says that it is, and how sure it is of that. Pure.

The limit is the portal's own: a street corner, and the error of a telephone between high houses.
"""

from dataclasses import dataclass

from citymgmt.coordinates import Point, distance_m

NEAR_M = 100  # metres to a point, less what the device may be wrong by
UNSURE_M = 500  # a device that may be wrong by more does not know where it is


@dataclass(frozen=True)
class Nearness:
    """How far from a point somebody stands, and how sure that is, both in whole metres."""

    metres: int
    accuracy_m: int

    @property
    def is_known(self) -> bool:
        """Whether the device knows where it is."""
        return self.accuracy_m <= UNSURE_M

    @property
    def is_near(self) -> bool:
        """Whether the person may well stand at the point."""
        return self.is_within(NEAR_M)

    def is_within(self, metres: int) -> bool:
        """Whether the person may well stand within so many metres."""
        return self.is_known and self.metres - self.accuracy_m <= metres


def nearness(place: Point, point: Point, accuracy_m: float) -> Nearness:
    """Of a place (WGS-84 degrees, known to so many metres) to a point."""
    return Nearness(round(distance_m(place, point)), round(accuracy_m))
