"""Rows of an evaluation: units by their score, each rate with what it is made of and where those cases are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from cases.statistics import figures
from cases.statistics.frozen import counts_of, things_of, weights_of
from cases.statistics.indicators import INDICATORS, Indicator, Weight, score
from cases.statistics.measures import MEASURES
from cases.statistics.models import Evaluation
from cases.statistics.named import Keyed
from cases.statistics.querysets import NOTHING, Counts

Address = Callable[[str, str], str]  # of a measure and a key: where the cases are that it counts
BESIDE = ("extensions", "reworks", "suspended", "exempt")  # counts that are shown beside the rates


@dataclass(frozen=True)
class Cell:
    """A rate of a row: as it is shown and exactly, what it is made of, and where those cases are."""

    value: str
    rate: Fraction | None
    numerator: int
    denominator: int
    numerator_url: str
    denominator_url: str


@dataclass(frozen=True)
class Row:
    """A community, department …: its score and place, and its rates."""

    key: str
    name: str
    score: Fraction | None
    rank: int | None
    cells: list[Cell]
    beside: list[tuple[int, str]]

    @property
    def points(self) -> str:
        """The score as it is shown."""
        return figures.points(self.score)


def defined(weights: Sequence[Weight]) -> dict[str, Any]:
    """What stands around the rows: the indicators with their definitions, the counts beside them, and the weights."""
    return {
        "indicators": [(indicator, _(indicator.label), figures.definition_of(indicator)) for indicator in _shown()],
        "beside": [_(MEASURES[code].label) for code in BESIDE],
        "weights": [
            {"label": _goodness(INDICATORS[weight.indicator]), "points": figures.points(weight.points)}
            for weight in weights
        ],
    }


def _goodness(indicator: Indicator) -> str:
    """What of an indicator gives points: the rate, or what it lacks to 1 where less is better."""
    label = _(indicator.label)
    return label if indicator.more_is_better else f"(1 − {label})"


def ranked(
    things: Sequence[Keyed],
    counts: Mapping[Any, Counts],
    weights: Sequence[Weight],
    address: Address,
    more: Callable[[str], list[tuple[int, str]]] = lambda key: [],
) -> list[Row]:
    """The rows with the best score first; equal scores share a place, and who has none comes last without one.

    `more` gives further counts beside the rates of a key, with their addresses.
    """
    told = {thing.key: counts.get(thing.key, NOTHING) for thing in things}
    values = {key: score(weights, found) for key, found in told.items()}
    better = [value for value in values.values() if value is not None]
    return [
        Row(
            thing.key,
            thing.name,
            values[thing.key],
            _rank(values[thing.key], better),
            [_cell(indicator, told[thing.key], thing.key, address) for indicator in _shown()],
            [*((told[thing.key][code], address(code, thing.key)) for code in BESIDE), *more(thing.key)],
        )
        for thing in sorted(things, key=lambda one: (values[one.key] is None, -(values[one.key] or 0)))
    ]


def _rank(value: Fraction | None, values: Sequence[Fraction]) -> int | None:
    return None if value is None else 1 + sum(other > value for other in values)


def _cell(indicator: Indicator, told: Counts, key: str, address: Address) -> Cell:
    value = indicator.of(told)
    return Cell(
        figures.percent(value),
        value,
        told[indicator.numerator],
        told[indicator.denominator],
        address(indicator.numerator, key),
        address(indicator.denominator, key),
    )


def _shown() -> list[Indicator]:
    return list(INDICATORS.values())


def rows_of_frozen(evaluation: Evaluation, dimension: str) -> list[Row]:
    """The rows of a frozen evaluation as they were, each figure with the address of its cases."""
    return ranked(
        things_of(evaluation, dimension),
        counts_of(evaluation, dimension),
        weights_of(evaluation),
        lambda measure, key: figures.frozen_url(evaluation.pk, measure, dimension, key),
    )
