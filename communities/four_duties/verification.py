"""Is every sheet of duties what its history says? The check behind `verify_history` and behind the tests' fixture."""

from collections.abc import Iterator

from citymgmt.history import walked
from communities.four_duties.journal import differences
from communities.models import DutyAnswer, DutySheet, SheetEvent


def verify_duties(*, after: int = 0) -> Iterator[tuple[str, list[str]]]:
    """Each sheet with what its replay and its rows say differently, in batches of ids after `after`."""
    for one, events, answers in walked(DutySheet, "sheet", SheetEvent, [DutyAnswer], after=after):
        yield f"sheet of duties {one.pk}", differences(one, events, answers)
