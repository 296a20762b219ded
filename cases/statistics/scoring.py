"""The composite score that leads the evaluation, with its weights as data."""

from dataclasses import dataclass
from fractions import Fraction

from cases.statistics.indicators import Counts, Weight, score
from cases.statistics.models import Formula, FormulaPart
from citymgmt.people.kept import Kept


@dataclass(frozen=True)
class Scoring:
    """A composite score: its name, source and weights."""

    formula: Formula
    weights: tuple[Weight, ...]

    def of(self, counts: Counts) -> Fraction | None:
        """The score in points; None when nothing of it can be judged."""
        return score(self.weights, counts)


def _read_scoring() -> Scoring | None:
    formula = Formula.objects.prefetch_related("parts").filter(is_default=True).first()
    if formula is None:
        return None
    return Scoring(formula, tuple(Weight(part.indicator, Fraction(part.points)) for part in formula.parts.all()))


current_scoring = Kept(_read_scoring, Formula, FormulaPart)
