"""The criteria of readiness that the portal comes with, read from `seed/criteria.json`: a proposal to begin with."""

import json
from dataclasses import dataclass
from pathlib import Path

from communities.areas.readiness import Criterion


@dataclass(frozen=True)
class Standard:
    """A version of the criteria; number 0 is the one that the portal comes with. Ready is who reaches `threshold`."""

    number: int
    threshold: int
    criteria: tuple[Criterion, ...]


def _read(path: Path) -> Standard:
    told = json.loads(path.read_text("utf-8"))
    return Standard(0, told["threshold"], tuple(Criterion.of(one) for one in told["criteria"]))


SEEDED = _read(Path(__file__).parent / "seed" / "criteria.json")
