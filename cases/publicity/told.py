"""A publicity item as somebody tells of it: a person by a form, or a row of a list."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class ItemTold:
    """A publicity item as a person plans it; regulation, institution and `responsible` are ids, no one is oneself."""

    kind: str
    theme: str
    planned_on: date
    quantity: int
    until_on: date | None = None
    unit: str = ""
    address: str = ""
    longitude: Decimal | None = None
    latitude: Decimal | None = None
    regulation: int | None = None
    institution: int | None = None
    maker: str = ""
    responsible: int | None = None
