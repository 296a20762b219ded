"""What taking a sheet in would do, row by row: new, known already, or wrong."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.intake.hotline.actions.taking import community_named
from cases.intake.hotline.models import HotlineSheet
from cases.intake.hotline.querysets import known_numbers
from cases.intake.hotline.reading import Fault
from cases.intake.hotline.told import OrderTold, from_text
from cases.masking import masked_name, masked_phone
from cases.models import Case
from communities.models import Community

STATES: Mapping[str, tuple[Promise | str, str]] = {  # label, tone of its badge
    "new": (_("new"), "active"),
    "known": (_("known already"), "done"),
    "wrong": (_("wrong"), "alert"),
}


@dataclass(frozen=True)
class PreviewRow:
    """A row of a sheet: what it is, and of a known number the case."""

    line: int
    state: str
    order: OrderTold | None = None
    case: Case | None = None
    sentence: str = ""

    @property
    def label(self) -> Promise | str:
        """What it is, in words."""
        return STATES[self.state][0]

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return STATES[self.state][1]

    @property
    def caller(self) -> str:
        """Who called, masked."""
        return f"{masked_name(self.order.caller)} {masked_phone(self.order.phone)}".strip() if self.order else ""


@dataclass(frozen=True)
class Preview:
    """The rows of a sheet in their order."""

    rows: list[PreviewRow]

    def of_state(self, state: str) -> list[PreviewRow]:
        """The rows of a state; all for an unknown one."""
        return [row for row in self.rows if row.state == state] if state in STATES else self.rows

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each state."""
        return {state: len(self.of_state(state)) for state in STATES}


def preview_of(sheet: HotlineSheet) -> Preview:
    """What the sheet holds now; of one that is taken in, the wrong rows."""
    orders = from_text(sheet.rows)
    known = known_numbers(sheet.subdistrict, (order.number for order in orders))
    rows = [PreviewRow(fault.line, "wrong", sentence=fault.text) for fault in (Fault(*told) for told in sheet.faults)]
    for order in orders:
        case = known.get(order.number)
        rows.append(PreviewRow(order.line, "known" if case else "new", order, case))
    return Preview(sorted(rows, key=lambda row: row.line))


def places_of(sheet: HotlineSheet, rows: list[PreviewRow]) -> list[tuple[PreviewRow, Community | None]]:
    """The rows, each with the community that its name means."""
    return [(row, community_named(sheet.subdistrict, row.order.community) if row.order else None) for row in rows]
