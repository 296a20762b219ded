"""The cleanliness rate (保洁率) with the interval in which it may lie, and when a blind spot is over; pure.

No official formula of the rate was found: here it is the looks that were clean, divided by all looks. Source of the
interval: E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of the American
Statistical Association 22 (1927), 209-212; it stays within 0 and 1, and says something of few looks and of all clean.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

Z95 = 1.959963984540054  # the 97.5th percentile of the normal distribution: 95 % two-sided
CLEAN_TO_END = 3  # looks running after which a blind spot is no longer watched


@dataclass(frozen=True)
class Rate:
    """Clean looks of all looks, as shares from 0 to 1: the rate, and the interval of 95 %."""

    clean: int
    looks: int
    share: float
    low: float
    high: float


def rate(clean: int, looks: int, z: float = Z95) -> Rate | None:
    """The rate with its Wilson interval; None without a look. Raises: ValueError (more clean than looks)."""
    if not 0 <= clean <= looks:
        raise ValueError("more clean than looks")
    if not looks:
        return None
    share, spread = clean / looks, z * z / looks
    centre = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / looks + spread / (4 * looks)) / (1 + spread)
    low = 0.0 if clean == 0 else max(0.0, centre - half)
    high = 1.0 if clean == looks else min(1.0, centre + half)
    return Rate(clean, looks, share, low, high)


def clean_running(looks: Sequence[bool]) -> int:
    """How many of the last looks running, oldest first, found a place clean."""
    count = 0
    for is_clean in reversed(looks):
        if not is_clean:
            break
        count += 1
    return count


def is_watched(looks: Sequence[bool]) -> bool:
    """Whether a blind spot stays watched: until three looks running found it clean."""
    return clean_running(looks) < CLEAN_TO_END
