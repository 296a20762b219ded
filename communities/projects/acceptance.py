"""What a public acceptance comes to: enough representatives, enough of them content, counted exactly. Pure.

Source: the needed number and share are local rules (`communities.local_rules`), proposals until an office sets its own.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

SATISFIED, FAIRLY, NOT = "satisfied", "fairly", "not"
VERDICTS = (SATISFIED, FAIRLY, NOT)


@dataclass(frozen=True)
class Count:
    """How many representatives said what."""

    satisfied: int = 0
    fairly: int = 0
    dissatisfied: int = 0

    @property
    def voices(self) -> int:
        """All that said something."""
        return self.satisfied + self.fairly + self.dissatisfied

    @property
    def share(self) -> Fraction | None:
        """Of them the satisfied and fairly satisfied; None without any."""
        return Fraction(self.satisfied + self.fairly, self.voices) if self.voices else None


def counted(verdicts: Iterable[str]) -> Count:
    """The verdicts counted."""
    found = Counter(verdicts)
    return Count(*(found[one] for one in VERDICTS))


def missing(count: Count, needed_voices: int) -> int:
    """How many representatives are missing before anything can be accepted."""
    return max(0, needed_voices - count.voices)


def is_accepted(count: Count, needed_voices: int, needed_percent: int) -> bool:
    """Whether enough representatives came, and at least the needed share of them is content: exactly that share is."""
    if count.share is None or missing(count, needed_voices):
        return False
    return count.share >= Fraction(needed_percent, 100)


def content_needed(voices: int, needed_percent: int) -> int:
    """The fewest of so many representatives that must be content."""
    return -(-voices * needed_percent // 100)
