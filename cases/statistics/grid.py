"""The cells in which a map gathers points: squares of degrees that halve with each zoom of the map. Pure.

Degrees are WGS-84. A cell is 64 pixels wide on a map of its zoom, so a window of any size holds a few hundred.
"""

from dataclasses import dataclass
from math import floor

MOST_CELLS = 400  # of one answer
DEEPEST = 22
WIDEST = 90.0  # degrees of a cell at zoom 0


def size_of(zoom: int) -> float:
    """How wide and high a cell is, in degrees."""
    return WIDEST / 2**zoom


@dataclass(frozen=True)
class Cells:
    """The cells of a zoom from a column to a column and from a row to a row, all included."""

    zoom: int
    west: int
    south: int
    east: int
    north: int

    @property
    def size(self) -> float:
        """How wide and high each is, in degrees."""
        return size_of(self.zoom)

    @property
    def count(self) -> int:
        """How many."""
        return (self.east - self.west + 1) * (self.north - self.south + 1)


@dataclass(frozen=True)
class Box:
    """A rectangle of degrees."""

    west: float
    south: float
    east: float
    north: float

    def at(self, zoom: int) -> Cells:
        """The cells of a zoom that it touches."""
        size = size_of(zoom)
        return Cells(zoom, *(floor(edge / size) for edge in (self.west, self.south, self.east, self.north)))


def cells_over(box: Box, zoom: int) -> Cells:
    """The cells over a box, of this zoom or of the next coarser one of which there are at most MOST_CELLS."""
    return next(cells for one in range(zoom, -1, -1) if (cells := box.at(one)).count <= MOST_CELLS)
