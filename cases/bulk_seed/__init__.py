"""Many consistent cases for measurements: a few made by the portal's own actions, the rest copied from them in SQL.

A prototype is a case whose history was written by actions and by the ladder; a copy differs in its number,
house and words, so `verify_history` accepts all of them. Never for a database that an office works with: copies have
no messages, and they go past the one door for writes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cases.bulk_seed.copies import analyse, kept_of_cases, multiply
from cases.bulk_seed.office import measured_district
from cases.bulk_seed.prototypes import Timeframe, due_prototypes, settled_prototypes

Progress = Callable[[int], object]


@dataclass(frozen=True)
class Seeded:
    """How many cases there are more, and how many of them the sweep will settle at the moment asked for."""

    case_count: int
    due_count: int


def seed_bulk(*, case_count: int, due_count: int, days: int, at: datetime, step: str, progress: Progress) -> Seeded:
    """Add `case_count` cases reported within `days` before `at`; of them `due_count` take one step of the ladder.

    `step` is "urge" (L1) or "escalate" (L2, with an escalation); the other cases have nothing due at `at`.
    `progress` is told how many cases have been added, again and again.
    """
    district = measured_district()
    frame = Timeframe(at=at, days=days)
    due = due_prototypes(district, frame, step, min(due_count, 20))
    rest = settled_prototypes(district, frame, min(case_count - due_count, max(20, min(400, case_count // 100))))
    for kept in kept_of_cases:
        kept.prepare(at)
    for prototypes, count in ((rest, case_count - due_count), (due, due_count)):
        progress(len(prototypes))
        multiply(prototypes, count - len(prototypes), progress)
    for kept in kept_of_cases:
        kept.finish()
    analyse()
    return Seeded(case_count, due_count)
