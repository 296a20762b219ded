"""How rates and scores are rounded wherever they are shown: half up. Pure."""

from fractions import Fraction


def tenths_of_percent(value: Fraction) -> int:
    """A rate in tenths of a percent."""
    return (value * 1000 + Fraction(1, 2)).__floor__()


def hundredths(value: Fraction) -> int:
    """A score in hundredths of a point."""
    return (value * 100 + Fraction(1, 2)).__floor__()


def as_percent(value: Fraction, sign: str = " %") -> str:
    """A rate, not negative, in percent to one decimal."""
    tenths = tenths_of_percent(value)
    return f"{tenths // 10}.{tenths % 10}{sign}"


def as_points(value: Fraction) -> str:
    """A score, not negative, to two decimals."""
    whole = hundredths(value)
    return f"{whole // 100}.{whole % 100:02d}"
