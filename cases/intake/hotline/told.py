"""An order as the hotline tells it, and how it is kept as text while a sheet waits."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

MOMENTS = ("called_at", "sent_at", "accept_due_at", "finish_due_at")


@dataclass(frozen=True)
class OrderTold:
    """A work order: the five elements (caller, time, address, cause, course; domain 5.2), number, kind and limits.

    `community` is a name; limits that the hotline does not set are None. `line` is the row of its sheet.
    """

    number: str
    kind: str
    urgency: str
    title: str
    called_at: datetime
    sent_at: datetime | None = None
    accept_due_at: datetime | None = None
    finish_due_at: datetime | None = None
    description: str = ""
    community: str = ""
    address: str = ""
    caller: str = ""
    phone: str = ""
    line: int = 0


def as_text(orders: Iterable[OrderTold]) -> str:
    """The orders as JSON."""
    rows = [asdict(order) for order in orders]
    return json.dumps(rows, ensure_ascii=False, default=datetime.isoformat)


def from_text(text: str) -> list[OrderTold]:
    """The orders again; none of an empty text."""
    return [_order(row) for row in json.loads(text or "[]")]


def _order(row: dict[str, str | None]) -> OrderTold:
    moments = {name: datetime.fromisoformat(text) if (text := row[name]) else None for name in MOMENTS}
    return OrderTold(**{**row, **moments})  # type: ignore[arg-type]
