"""Quarters of a year, in which institutions are visited and counted. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

WRITTEN = re.compile(r"(20[0-9]{2})-([1-4])\Z", re.ASCII)
MONTHS = 3


@dataclass(frozen=True, order=True)
class Quarter:
    """The quarter `number` (1 to 4) of a year."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, MONTHS * (self.number - 1) + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        """The one after it."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def previous(self) -> "Quarter":
        """The one before it."""
        return quarter_of(self.first - timedelta(days=1))


def quarter_of(day: date) -> Quarter:
    """The quarter that holds a day."""
    return Quarter(day.year, (day.month - 1) // MONTHS + 1)


def read_quarter(text: str) -> Quarter | None:
    """The quarter written so, for example 2026-4; None when it is none."""
    found = WRITTEN.match(text)
    return Quarter(int(found[1]), int(found[2])) if found else None
