"""Recurrence (回潮): a closed case followed by a new one of the same disorder at the same place. Pure.

The same place is within 50 metres, or the same key place. The earth is cut into cells a little larger than that, so
that what is near lies in the same cell or one of the eight around it. Source: product.md C4.
"""

from collections.abc import Iterator
from datetime import timedelta
from math import floor

NEAR_M = 50
SOON, LATER = timedelta(days=7), timedelta(days=30)
CELL_LATITUDE, CELL_LONGITUDE = 0.0005, 0.0009  # degrees: 55 m, and 50 m or more as far north as 56°
_ROW = 1_000_000


def cell_of(longitude: float, latitude: float) -> int:
    """The cell of a point in degrees (WGS-84)."""
    return floor(latitude / CELL_LATITUDE) * _ROW + floor(longitude / CELL_LONGITUDE)


def cells_around(cell: int) -> Iterator[int]:
    """The cell and the eight around it."""
    for row in (-_ROW, 0, _ROW):
        for column in (-1, 0, 1):
            yield cell + row + column
