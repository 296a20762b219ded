"""Which metres of which streets are looked at: a stratified random sample that anybody can draw again; pure.

A stratum is a class of road. Points are shared out by the length of each stratum, at least one to each, the remainders
to the largest. Within a stratum its segments are laid end to end by code and cut into as many stretches of one length
as it has points; in each stretch one metre is drawn, so that points lie spread and a long segment is met more often.

Numbers come from SHA-256 of "seed/class/ordinal": no generator of a language is needed to draw them again.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from itertools import accumulate

MOST_POINTS = 500


@dataclass(frozen=True)
class Segment:
    """A street segment: its code, its class of road (1 the most important) and its length in metres, above 0."""

    code: str
    road_class: int
    length_m: int


@dataclass(frozen=True)
class Point:
    """Where somebody looks: the ordinal within its class, from 1, a segment and the metre from its beginning."""

    road_class: int
    ordinal: int
    code: str
    metre: int


def lengths(segments: Sequence[Segment]) -> Mapping[int, int]:
    """The metres of each class, the most important first."""
    found: dict[int, int] = {}
    for one in sorted(segments, key=lambda segment: segment.road_class):
        found[one.road_class] = found.get(one.road_class, 0) + one.length_m
    return found


def shared(count: int, metres: Mapping[int, int]) -> Mapping[int, int]:
    """How many of `count` points each class gets: one each, the others by length, remainders to the largest, then to
    the most important class.

    Raises: ValueError (fewer points than classes).
    """
    if count < len(metres):
        raise ValueError("fewer points than classes")
    whole, others = sum(metres.values()), count - len(metres)
    exact = {road_class: Fraction(others * length, whole) for road_class, length in metres.items()}
    found = {road_class: 1 + part.__floor__() for road_class, part in exact.items()}
    left = count - sum(found.values())
    for road_class in sorted(exact, key=lambda one: (-(exact[one] % 1), one))[:left]:
        found[road_class] += 1
    return found


def lot(seed: str, road_class: int, ordinal: int, below: int) -> int:
    """A number from 0 to `below` - 1: SHA-256 of "seed/class/ordinal" as a fraction of 2**256, times `below`."""
    drawn = int.from_bytes(sha256(f"{seed}/{road_class}/{ordinal}".encode()).digest())
    return drawn * below >> 256


def drawn(segments: Sequence[Segment], count: int, seed: str) -> list[Point]:
    """The points of a sample, by class and ordinal; the order in which segments are given changes nothing.

    Raises: ValueError (fewer points than classes, or more than metres of a class).
    """
    points: list[Point] = []
    for road_class, number in shared(count, lengths(segments)).items():
        rows = sorted((one for one in segments if one.road_class == road_class), key=lambda segment: segment.code)
        points += _in_class(road_class, rows, number, seed)
    return points


def _in_class(road_class: int, rows: Sequence[Segment], number: int, seed: str) -> list[Point]:
    *begins, whole = accumulate((one.length_m for one in rows), initial=0)
    if number > whole:
        raise ValueError("more points than metres")
    found = []
    for n in range(number):
        first, after = whole * n // number, whole * (n + 1) // number
        metre = first + lot(seed, road_class, n + 1, after - first)
        there = bisect_right(begins, metre) - 1  # the last segment that begins by then
        found.append(Point(road_class, n + 1, rows[there].code, metre - begins[there]))
    return found
