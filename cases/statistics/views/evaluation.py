"""The evaluation: every indicator and the composite score, by community, department, team, officer or source."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cases.statistics import figures
from cases.statistics.forms import EvaluationForm
from cases.statistics.indicators import INDICATORS, Indicator, Weight, score
from cases.statistics.measures import MEASURES
from cases.statistics.models import Dimension
from cases.statistics.named import Keyed, in_order
from cases.statistics.querysets import NOTHING, Counts, backlog_by, is_of_department, sums_by, tallies_of, within
from cases.statistics.scoring import current_scoring
from cases.statistics.sources import sources_of
from cases.statistics.views.opening import counted_anew, freezing, presets_of
from cases.views.lists.pages import PortalRequest, needs
from citymgmt.people.permissions import allows

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


@needs("statistics.view")
@counted_anew
def evaluation(request: PortalRequest) -> HttpResponse:
    """The table of a period; the best score first."""
    form = EvaluationForm(request.GET, on=request.on, of_department=is_of_department(request.user))
    is_valid = form.is_valid()
    period, dimension = form.asked, form.dimension
    scoring = current_scoring()
    weights = scoring.weights if scoring else ()
    tallies = tallies_of(request.user, request.on).filter(dimension=dimension)
    counts, late = sums_by(within(tallies, period), "key"), backlog_by(tallies, request.on)
    told = defined(weights)
    context = {
        "form": form,
        "presets": presets_of(form),
        "kept": urlencode({"by": dimension}),
        "period": period,
        "by_label": Dimension(dimension).label,
        "formula": scoring.formula if scoring else None,
        "formula_sources": sources_of(scoring.formula.source) if scoring else (),
        "rows": ranked(
            in_order(dimension, counts.keys() | late.keys()),
            counts,
            weights,
            lambda measure, key: figures.counted_url(measure, period, dimension, key),
            lambda key: [(late.get(key, 0), figures.backlog_url(request.on, dimension, key))],
        ),
        **told,
        "beside": [*told["beside"], _("backlog")],
        "backlog": figures.backlog_figure(sum(late.values()), request.on),
        **freezing(request, period),
        "dimension": dimension,
        "may_see_chain": allows(request.user, "chain.view"),
    }
    return render(request, "statistics/evaluation.html", context, status=200 if is_valid else 422)


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
