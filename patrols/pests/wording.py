"""Indices, limits and verdicts in the reader's language."""

from collections.abc import Iterable
from fractions import Fraction

from django.utils.translation import gettext as _

from cases.statistics.rounding import as_points
from patrols.pests.indices import INDICES, METHODS, Index
from patrols.pests.limits import Limit, Verdict

NONE = "–"


def shown(found: Fraction | None) -> str:
    """A value to two decimals, half up; a dash where there is none."""
    return NONE if found is None else as_points(found)


def most_told(limit: Limit) -> str:
    """The most that an index may be."""
    if limit.most is None:
        return _("no limit known")
    most = format(limit.most.normalize(), "f")
    return f"< {most}" if limit.is_below else f"≤ {most}"


def formula(index: Index) -> str:
    """How an index is divided, in words."""
    method = METHODS[index.method]
    words = {"effort": method.sampled, "positive": method.positive, "counted": method.counted}
    above, below = _(words[index.numerator]), _(words[index.denominator])
    if index.denominator == "effort" and method.minutes:
        below = f"({below} × {_(method.minutes)})"
    return f"{above} ÷ {below}" if index.scale == 1 else f"{above} × {index.scale} ÷ {below}"


def verdict_told(verdict: Verdict) -> str:
    """The level reached, or why there is none."""
    if verdict.unsurveyed:
        return _("No level yet. Not surveyed: %(indices)s.") % {"indices": _names(verdict.unsurveyed)}
    if verdict.level:
        return _("Every limit known of level %(level)s is kept.") % {"level": verdict.level}
    if verdict.broken:
        return _("Above the limits of level C: %(indices)s.") % {"indices": _names(i.index for i in verdict.broken)}
    return _("No limit is known.")


def _names(codes: Iterable[str]) -> str:
    return _(", ").join(_(INDICES[code].label) for code in codes)
