"""Why a request of a program is refused: wordings are English source strings, translated at the edge. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

BAD_REQUEST, FORBIDDEN, NOT_FOUND = 400, 403, 404


@dataclass(frozen=True)
class Fault:
    """What is wrong: a code for programs, a sentence for people with what is filled into it, and the HTTP status."""

    code: str
    sentence: Any
    status: int = BAD_REQUEST
    told: Mapping[str, Any] = field(default_factory=dict)


class Faulty(Exception):
    """A request that cannot be answered, with all that is wrong with it."""

    def __init__(self, faults: Sequence[Fault], headers: Mapping[str, str] | None = None) -> None:
        super().__init__(", ".join(fault.code for fault in faults))
        self.faults, self.headers = faults, headers or {}

    @property
    def status(self) -> int:
        """The status of all where they agree, else 400: the standard has no finer one."""
        found = {fault.status for fault in self.faults}
        return found.pop() if len(found) == 1 else BAD_REQUEST
