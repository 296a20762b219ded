"""Five classes in which a map shades the values of communities. Pure.

Class 1 is the best or the least, class 5 the worst or the most: what is dark is where to look first.
"""

from bisect import bisect_left
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from citymgmt.wording import gettext_noop

CLASSES = 5
OF_RATES = (
    gettext_noop("best"),
    gettext_noop("good"),
    gettext_noop("middle"),
    gettext_noop("weak"),
    gettext_noop("worst"),
)
OF_COUNTS = (
    gettext_noop("fewest"),
    gettext_noop("few"),
    gettext_noop("middle"),
    gettext_noop("many"),
    gettext_noop("most"),
)
K = TypeVar("K", bound=Hashable)


def classes_of(values: Mapping[K, Fraction], *, more_is_better: bool) -> dict[K, int]:
    """The class of each, 1 to 5: quantiles, by how many stand strictly before it. Equal values share a class."""
    placed = {key: -value if more_is_better else value for key, value in values.items()}
    order, last = sorted(placed.values()), max(len(placed) - 1, 1)
    return {key: 1 + min(CLASSES - 1, CLASSES * bisect_left(order, value) // last) for key, value in placed.items()}


@dataclass(frozen=True)
class Band:
    """A class that occurs: its lowest and highest value, and how many have it."""

    number: int
    lowest: Fraction
    highest: Fraction
    count: int


def bands_of(values: Mapping[K, Fraction], classes: Mapping[K, int]) -> list[Band]:
    """The classes that occur, the first one first."""
    found = []
    for number in sorted(set(classes.values())):
        inside = [values[key] for key, of in classes.items() if of == number]
        found.append(Band(number, min(inside), max(inside), len(inside)))
    return found
