"""What the map of figures tells of each community: its value of a rate or count, and the class of its shade."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from cases.statistics import figures
from cases.statistics.indicators import INDICATORS
from cases.statistics.measures import MEASURES
from cases.statistics.models import Dimension
from cases.statistics.periods import Period
from cases.statistics.querysets import NOTHING, Counts
from cases.statistics.shading import OF_COUNTS, OF_RATES, bands_of, classes_of
from cases.statistics.sources import Source
from cases.statistics.wording import NONE
from communities.models import Community


@dataclass(frozen=True)
class Shown:
    """An indicator or a measure as a map shows it; `measures` are those of which it is made, numerator first."""

    code: str
    label: str
    definition: str
    measures: tuple[str, ...]
    more_is_better: bool
    words: tuple[str, ...]
    of: Callable[[Counts], Fraction | None]
    written: Callable[[Fraction | None], str]
    sources: tuple[Source, ...] = ()


def shown_of(code: str) -> Shown:
    """The indicator or measure of this code; of a count less comes first."""
    if code in INDICATORS:
        rate = INDICATORS[code]
        parts, told = (rate.numerator, rate.denominator), figures.definition_of(rate)
        way, written = rate.more_is_better, figures.percent
        return Shown(code, _(rate.label), told, parts, way, OF_RATES, rate.of, written, rate.documents)
    told = figures.definition_of_measure(code)
    label = _(MEASURES[code].label)
    return Shown(code, label, told, (code,), False, OF_COUNTS, lambda counts: Fraction(counts[code]), _count)


def _count(value: Fraction | None) -> str:
    return NONE if value is None else str(int(value))


@dataclass(frozen=True)
class Place:
    """A community on the map: its value in words, its class (0: there is nothing to judge), and where its cases are."""

    community: Community
    value: str
    number: int
    word: str
    parts: tuple[tuple[str, str], ...]  # wording with number, and the address of those cases

    @property
    def tone(self) -> str:
        """How the map shades it."""
        return f"class-{self.number}"


@dataclass(frozen=True)
class Key:
    """A line of the legend."""

    number: int
    word: str
    reach: str
    count: int


def places_of(
    communities: Sequence[Community], counts: dict[int, Counts], shown: Shown, period: Period
) -> tuple[list[Place], list[Key]]:
    """The communities in their order, and the legend: the classes that occur, then those without a value."""
    told = {one.pk: counts.get(one.pk, NOTHING) for one in communities}
    values = {pk: value for pk, of in told.items() if (value := shown.of(of)) is not None}
    classes = classes_of(values, more_is_better=shown.more_is_better)
    places = [
        Place(
            one,
            shown.written(values.get(one.pk)),
            classes.get(one.pk, 0),
            _word(shown, classes.get(one.pk, 0)),
            _parts(shown, told[one.pk], period, str(one.pk)),
        )
        for one in communities
    ]
    keys = [
        Key(band.number, _word(shown, band.number), _reach(shown, band.lowest, band.highest), band.count)
        for band in bands_of(values, classes)
    ]
    without = len(communities) - len(values)
    return places, [*keys, *([Key(0, _word(shown, 0), NONE, without)] if without else [])]


def _word(shown: Shown, number: int) -> str:
    return _(shown.words[number - 1]) if number else _("nothing to judge")


def _reach(shown: Shown, lowest: Fraction, highest: Fraction) -> str:
    low, high = shown.written(lowest), shown.written(highest)
    return low if low == high else f"{low} – {high}"


def _parts(shown: Shown, counts: Counts, period: Period, key: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            f"{_(MEASURES[code].label)} {counts[code]}",
            figures.counted_url(code, period, Dimension.COMMUNITY, key) if counts[code] else "",
        )
        for code in shown.measures
    )
