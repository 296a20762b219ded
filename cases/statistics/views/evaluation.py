"""The evaluation: every indicator and the composite score, by community, department, team, officer or source."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cases.statistics import figures
from cases.statistics.forms import EvaluationForm
from cases.statistics.indicators import INDICATORS, Indicator
from cases.statistics.measures import MEASURES
from cases.statistics.models import Dimension
from cases.statistics.named import in_order
from cases.statistics.periods import Period
from cases.statistics.querysets import NOTHING, Counts, is_of_department, sums_by, tallies_of, within
from cases.statistics.scoring import Scoring, current_scoring
from cases.statistics.views.opening import counted_anew, presets_of
from cases.views.lists.pages import PortalRequest, needs

BESIDE = ("extensions", "reworks", "suspended", "exempt")  # counts that are shown beside the rates


@dataclass(frozen=True)
class Cell:
    """A rate of a row: its value, what it is made of, and where those cases are."""

    value: str
    share: float | None
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
    counts = sums_by(within(tallies_of(request.user, request.on), period).filter(dimension=dimension), "key")
    context = {
        "form": form,
        "presets": presets_of(form),
        "kept": urlencode({"by": dimension}),
        "period": period,
        "by_label": Dimension(dimension).label,
        "formula": scoring.formula if scoring else None,
        "weights": [
            {"label": _(INDICATORS[weight.indicator].label), "points": figures.points(weight.points)}
            for weight in (scoring.weights if scoring else ())
        ],
        "rows": ranked(dimension, counts, scoring, period),
        "indicators": [(indicator, _(indicator.label), figures.definition_of(indicator)) for indicator in _shown()],
        "beside": [_(MEASURES[code].label) for code in BESIDE],
    }
    return render(request, "statistics/evaluation.html", context, status=200 if is_valid else 422)


def ranked(dimension: str, counts: dict[Any, Counts], scoring: Scoring | None, period: Period) -> list[Row]:
    """The rows with the best score first; equal scores share a place, and who has none comes last without one."""
    scored = [(keyed, counts.get(keyed.key, NOTHING)) for keyed in in_order(dimension, counts)]
    values = {keyed.key: (scoring.of(told) if scoring else None) for keyed, told in scored}
    order = sorted(scored, key=lambda one: (values[one[0].key] is None, -(values[one[0].key] or 0)))
    better = [value for value in values.values() if value is not None]
    return [
        Row(
            keyed.key,
            keyed.name,
            values[keyed.key],
            _rank(values[keyed.key], better),
            [_cell(indicator, told, period, dimension, keyed.key) for indicator in _shown()],
            [(told[code], figures.counted_url(code, period, dimension, keyed.key)) for code in BESIDE],
        )
        for keyed, told in order
    ]


def _rank(value: Fraction | None, values: Sequence[Fraction]) -> int | None:
    return None if value is None else 1 + sum(other > value for other in values)


def _cell(indicator: Indicator, told: Counts, period: Period, dimension: str, key: str) -> Cell:
    value = indicator.of(told)
    numerator, denominator = (
        figures.counted_url(part, period, dimension, key) for part in (indicator.numerator, indicator.denominator)
    )
    return Cell(
        figures.percent(value),
        figures.as_number(value),
        told[indicator.numerator],
        told[indicator.denominator],
        numerator,
        denominator,
    )


def _shown() -> list[Indicator]:
    return list(INDICATORS.values())
