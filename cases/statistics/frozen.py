"""What a frozen evaluation holds: how it is read from what is counted now, and how pages read it back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db import connection
from django.utils import translation

from cases.statistics import sql
from cases.statistics.indicators import Weight
from cases.statistics.measures import MEASURES
from cases.statistics.models import COLUMN_OF, CaseFact, Counted, Dimension, Evaluation, FrozenFact, StageLimit
from cases.statistics.named import Keyed, in_order
from cases.statistics.periods import Period
from cases.statistics.querysets import NOTHING, Counts
from cases.statistics.scoring import current_scoring
from citymgmt.people.models import SubDistrict, in_language

Sums = dict[str, dict[str, dict[str, int]]]  # dimension, key, measure
LANGUAGES = ("zh-hans", "en")


def in_period(subdistrict_id: int, period: Period) -> dict[str, Any]:
    """What `sql.COUNTING_IN_PERIOD` asks for."""
    return {"subdistrict": subdistrict_id, "starts": period.first, "ends": period.last}


def sums_now(subdistrict_id: int, period: Period) -> Sums:
    """What counts in the period now, without zeros."""
    sums: Sums = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(sql.SUMS_IN_PERIOD, in_period(subdistrict_id, period))
        for dimension, key, *counts in cursor.fetchall():
            found = {code: count for code, count in zip(sql.OF_PERIODS, counts, strict=True) if count}
            if found:
                sums[dimension][key] = found
    return dict(sums)


def names_now(subdistrict: SubDistrict, sums: Sums) -> dict[str, list[list[str]]]:
    """The keys of each dimension in order, as [key, Chinese name, English name]."""
    names = {dimension: _named(dimension, keys) for dimension, keys in sums.items() if dimension != Dimension.ALL}
    return names | {Dimension.ALL.value: [["", subdistrict.name_zh, subdistrict.name_en]]}


def _named(dimension: str, keys: Iterable[str]) -> list[list[str]]:
    told: dict[str, list[str]] = {}
    for language in LANGUAGES:
        with translation.override(language):
            for thing in in_order(dimension, keys):
                told.setdefault(thing.key, [thing.key]).append(thing.name)
    return list(told.values())


def formula_now() -> dict[str, Any]:
    """The composite score that leads now; empty when none does."""
    scoring = current_scoring()
    if scoring is None:
        return {}
    parts = [[weight.indicator, str(weight.points)] for weight in scoring.weights]
    return {name: getattr(scoring.formula, name) for name in ("code", "name_zh", "name_en", "source")} | {
        "parts": parts
    }


def limits_now() -> dict[str, int]:
    """The minutes of each stage."""
    return dict(StageLimit.objects.values_list("stage", "minutes"))


def counts_of(evaluation: Evaluation, dimension: str) -> dict[str, Counts]:
    """The counts of each key of a dimension, as they were."""
    return {key: {**NOTHING, **counts} for key, counts in evaluation.sums.get(dimension, {}).items()}


def things_of(evaluation: Evaluation, dimension: str) -> list[Keyed]:
    """The keys of a dimension with the names that they had, in their order."""
    return [Keyed(key, in_language(zh, en)) for key, zh, en in evaluation.names.get(dimension, [])]


def name_then(evaluation: Evaluation, dimension: str, key: str) -> str:
    """The name that a key had; the key itself when it is not in the evaluation."""
    return next((thing.name for thing in things_of(evaluation, dimension) if thing.key == key), key)


def weights_of(evaluation: Evaluation) -> tuple[Weight, ...]:
    """The weights of the composite score that led then; none when none did."""
    return tuple(Weight(indicator, Fraction(points)) for indicator, points in evaluation.formula.get("parts", []))


def formula_name(evaluation: Evaluation) -> str:
    """The name of the composite score that led then; empty when none did."""
    formula: Mapping[str, Any] = evaluation.formula
    return in_language(formula["name_zh"], formula["name_en"]) if formula else ""


def limits_of(evaluation: Evaluation) -> list[tuple[str, int]]:
    """The stages with the minutes of office time that they could take, as [wording, minutes]."""
    return [(str(stage.label), evaluation.limits[stage]) for stage in StageLimit.Stage if stage in evaluation.limits]


@dataclass(frozen=True)
class Difference:
    """How a case counts today unlike then: measures gained and lost, amounts that changed, and the dimensions of which
    it now has another key.
    """

    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    changed: tuple[tuple[str, int, int], ...] = ()  # measure, then, now
    moved: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.gained or self.lost or self.changed or self.moved)


def difference(then: FrozenFact, now: CaseFact, period: Period) -> Difference:
    """How a case counts in the period now unlike then. What stands at a moment is not compared: it always changes."""
    before, after = (amounts_in(fact, period) for fact in (then, now))
    return Difference(
        tuple(code for code in after if code not in before),
        tuple(code for code in before if code not in after),
        tuple((code, before[code], after[code]) for code in before if after.get(code, before[code]) != before[code]),
        tuple(str(one) for one, column in COLUMN_OF.items() if getattr(then, column) != getattr(now, column)),
    )


def amounts_in(fact: Counted, period: Period) -> dict[str, int]:
    """The measures in which a fact counts in the period, and how much, in the order of the table of measures."""
    return {
        code: getattr(fact, code) if code in sql.AMOUNTS else 1
        for code in sql.OF_PERIODS
        if code in fact.measures and _is_within(period, getattr(fact, f"{MEASURES[code].cohort}_on"))
    }


def _is_within(period: Period, day: date | None) -> bool:
    return day is not None and period.first <= day <= period.last
