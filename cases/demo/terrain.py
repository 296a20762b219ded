"""The ground plan of the demo district: a tessellation of irregular communities, the same each time it is made.

A lattice over all streets; each of its corners, and one bend in each of its lines, is moved a little by a number
that follows from its place. Neighbours share corners and bends, also across streets, so that the communities cover
their street without gap or overlap.
"""

import zlib
from itertools import pairwise

WIDTH, HEIGHT = 0.006, 0.005  # of a cell, in degrees (some 600 m)
ORIGIN = (113.331, 23.124)  # longitude and latitude of the lattice's corner (0, 0)
SHIFT = 0.12  # how far a corner or a bend may move, as a share of the cell
INNER = (0.15, 0.85)  # this part of a cell lies in its community whatever the shifts

Corner = tuple[float, float]
Ring = list[list[float]]


def cell_at(corner: Corner) -> tuple[int, int]:
    """Column and row of the cell whose south-west corner this is."""
    return round((corner[0] - ORIGIN[0]) / WIDTH), round((corner[1] - ORIGIN[1]) / HEIGHT)


def outline(column: int, row: int) -> Ring:
    """The ring of a cell's community, counter-clockwise, in WGS-84 degrees; each side has one bend."""
    corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1), (column, row)]
    ring: Ring = []
    for (x, y), (u, v) in pairwise(corners):
        ring += [_moved(x, y), _moved((x + u) / 2, (y + v) / 2)]
    return [*ring, ring[0]]


def inside(column: int, row: int, east_part: float, north_part: float) -> Corner:
    """A point of the cell's inner part; the shares run from 0 to 1."""
    low, high = INNER
    x, y = (column + low + (high - low) * east_part, row + low + (high - low) * north_part)
    return round(ORIGIN[0] + x * WIDTH, 6), round(ORIGIN[1] + y * HEIGHT, 6)


def _moved(x: float, y: float) -> list[float]:
    """A point of the lattice (in cells) after its shift."""
    return [
        round(ORIGIN[0] + (x + _share(f"east {x} {y}")) * WIDTH, 6),
        round(ORIGIN[1] + (y + _share(f"north {x} {y}")) * HEIGHT, 6),
    ]


def _share(name: str) -> float:
    """A number between -SHIFT and SHIFT that follows from the name alone."""
    return (zlib.crc32(name.encode()) / 2**32 * 2 - 1) * SHIFT
