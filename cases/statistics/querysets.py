"""Named questions about figures: what stands now, what counts in a period, how it changed, which cases those are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Aggregate, Exists, F, IntegerField, OuterRef, QuerySet, Sum, Value
from django.db.models.functions import TruncMonth, TruncWeek

from cases.statistics.measures import ALWAYS, MEASURES, STANDING
from cases.statistics.models import COLUMN_OF, CaseFact, Counted, Dimension, Evaluation, FrozenFact, Tally
from cases.statistics.periods import Period, Step, backlog
from cases.statistics.sql import AMOUNTS, ANEW
from citymgmt.people.models import User
from citymgmt.people.permissions import TABLE, Scope, visible_to
from citymgmt.refusals import NotFound

Counts = Mapping[str, int]
Fact = TypeVar("Fact", bound=Counted)
NOTHING: Counts = dict.fromkeys(MEASURES, 0)
FIGURES = ("sums", "names")  # columns of a frozen evaluation that only its own page needs
SHARES = {"median": 0.5, "most": 0.9}


def tallies_of(user: User, on: date) -> QuerySet[Tally]:
    """The tallies that a person may see."""
    return visible_to(user, Tally.objects.all(), on=on)


def is_of_department(user: User) -> bool:
    """Whether what a person sees is what concerns the own department, in all sub-districts."""
    return TABLE["statistics.view"].get(user.role) is Scope.DEPARTMENT


def whole_of(user: User, on: date) -> QuerySet[Tally]:
    """The tallies that together are all that a person may see, each case once."""
    whole = Dimension.DEPARTMENT if is_of_department(user) else Dimension.ALL
    return tallies_of(user, on).filter(dimension=whole)


def within(tallies: QuerySet[Tally], period: Period) -> QuerySet[Tally]:
    """Those of the days of a period."""
    return tallies.filter(on__range=(period.first, period.last))


def standing(tallies: QuerySet[Tally]) -> QuerySet[Tally]:
    """Those of what stands now."""
    return tallies.filter(on=ALWAYS)


def sums(tallies: QuerySet[Tally], measures: Iterable[str] = MEASURES) -> Counts:
    """The sum of each of these measures, 0 where there is nothing."""
    found = tallies.aggregate(**_sums(measures))
    return {code: found[f"sum_{code}"] or 0 for code in measures}


def sums_of_periods(
    tallies: QuerySet[Tally], periods: Sequence[Period], measures: Iterable[str] = MEASURES
) -> list[Counts]:
    """The sums of several periods, which may overlap, in one query."""
    wanted = list(measures)
    piles = [
        within(tallies, period).order_by().values(place=Value(place)).annotate(**_sums(wanted))
        for place, period in enumerate(periods)
    ]
    found: dict[int, Any] = {row["place"]: row for row in piles[0].union(*piles[1:], all=True)}
    return [{code: found.get(place, {}).get(f"sum_{code}") or 0 for code in wanted} for place in range(len(piles))]


BACKLOG = "suspended_since"  # counted over `periods.backlog` it is the backlog


def backlog_by(tallies: QuerySet[Tally], on: date) -> dict[Any, int]:
    """How many cases are a backlog (积存) on a day, suspended for more than 60 natural days; only keys with any."""
    found = sums_by(within(tallies, backlog(on)), "key", measures=(BACKLOG,))
    return {key: counts[BACKLOG] for key, counts in found.items() if counts[BACKLOG]}


def sums_by(tallies: QuerySet[Tally], *names: str, measures: Iterable[str] = MEASURES) -> dict[Any, Counts]:
    """The sums by the values of these columns; by one column its values are the keys, else tuples."""
    wanted = list(measures)
    rows = tallies.order_by().values_list(*names).annotate(**_sums(wanted))
    size = len(names)
    return {row[0] if size == 1 else row[:size]: dict(zip(wanted, row[size:], strict=True)) for row in rows}


def _sums(measures: Iterable[str]) -> dict[str, Sum]:
    return {f"sum_{code}": Sum(code) for code in measures}


BEGINS = {Step.DAY: F("on"), Step.WEEK: TruncWeek("on"), Step.MONTH: TruncMonth("on")}


def trend(tallies: QuerySet[Tally], period: Period, measures: Iterable[str]) -> dict[date, Counts]:
    """The sums by the day with which each step of the period begins (`Period.steps`), where there are any."""
    return sums_by(within(tallies, period).annotate(step=BEGINS[period.step]), "step", measures=measures)


@dataclass(frozen=True)
class Anew:
    """How far the counting by changed rules has come: `done` of `total` cases; 0 of 0 before it begins."""

    done: int = 0
    total: int = 0

    @classmethod
    def of(cls, waits: bool, done: int | None, total: int | None) -> "Anew | None":
        """What `sql.ANEW` tells; None when every figure is counted by the rules that hold."""
        if waits or done is None or total is None:  # a change that waits has it begin once more
            return cls() if waits else None
        return cls(done, total)


def counting_anew() -> Anew | None:
    """How far it has come; None when every figure is counted by the rules that hold. One small query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {ANEW}")
        return Anew.of(*cursor.fetchone())


@dataclass(frozen=True)
class Asked:
    """Which cases a figure counts: a measure, in a period unless it stands now, of one key of a dimension or of all."""

    measure: str
    period: Period | None = None
    dimension: str = Dimension.ALL
    key: str = ""


def facts_counted(user: User, on: date, asked: Asked) -> QuerySet[CaseFact]:
    """The facts that a figure counts, of what the person may see; as many as it says, unless it counts amounts."""
    return _counting(visible_to(user, CaseFact.objects.all(), on=on), asked)


def _counting(facts: QuerySet[Fact], asked: Asked) -> QuerySet[Fact]:
    facts = facts.filter(measures__contains=[asked.measure])
    cohort = MEASURES[asked.measure].cohort
    if cohort != STANDING and asked.period is not None:
        facts = facts.filter(**{f"{cohort}_on__range": (asked.period.first, asked.period.last)})
    if asked.dimension in COLUMN_OF:
        facts = facts.filter(**{COLUMN_OF[asked.dimension]: asked.key})
    return facts


def length_counted(user: User, on: date, asked: Asked) -> int:
    """How many these facts are: read from the tallies where they hold just that, which takes no longer for many cases
    than for few; else the facts are counted.
    """
    tallies = whole_of(user, on)
    if asked.dimension != Dimension.ALL:
        tallies = tallies_of(user, on).filter(dimension=asked.dimension, key=asked.key)
    is_standing = MEASURES[asked.measure].cohort == STANDING
    is_told = asked.measure not in AMOUNTS and (is_standing or asked.period is not None)
    if not is_told or (is_of_department(user) and asked.dimension not in (Dimension.ALL, Dimension.DEPARTMENT)):
        return facts_counted(user, on, asked).count()
    days = standing(tallies) if asked.period is None or is_standing else within(tallies, asked.period)
    return sums(days, [asked.measure])[asked.measure]


def amount_counted(user: User, on: date, asked: Asked) -> int | None:
    """How much the cases that a figure counts add up to; None when it counts the cases themselves."""
    if asked.measure not in AMOUNTS:
        return None
    return facts_counted(user, on, asked).aggregate(amount=Sum(asked.measure))["amount"] or 0


def evaluations_of(user: User, on: date) -> QuerySet[Evaluation]:
    """The frozen evaluations that a person may see, without their figures, the one frozen last first."""
    seen = visible_to(user, Evaluation.objects.all(), on=on)
    is_replaced = Exists(Evaluation.objects.filter(replaces=OuterRef("pk")))
    found = seen.defer(*FIGURES).select_related("frozen_by", "published_by").annotate(is_replaced=is_replaced)
    return found.order_by("-frozen_at", "-pk")


def visible_evaluation(user: User, pk: int, on: date) -> Evaluation:
    """The frozen evaluation of this id, if the person may see it. Raises: NotFound."""
    seen = visible_to(user, Evaluation.objects.filter(pk=pk), on=on) if 0 < pk < 2**63 else Evaluation.objects.none()
    related = seen.select_related("subdistrict", "frozen_by", "published_by", "replaces", "replaced_by")
    found = related.defer(*(f"{one}__{column}" for one in ("replaces", "replaced_by") for column in FIGURES)).first()
    if found is None:
        raise NotFound
    return found


def published_of(subdistrict_id: int, period: Period) -> Evaluation | None:
    """The published evaluation of a period that holds: that which no other replaces."""
    of_period = Evaluation.objects.filter(subdistrict_id=subdistrict_id, starts=period.first, ends=period.last)
    return of_period.filter(published_at__isnull=False, replaced_by=None).defer(*FIGURES).first()


def frozen_counted(evaluation: Evaluation, asked: Asked) -> QuerySet[FrozenFact]:
    """The facts that a figure of a frozen evaluation counts; as many as the figure says, unless it counts amounts."""
    return _counting(evaluation.facts.all(), asked)


def minutes_to_handle(user: User, on: date, period: Period) -> tuple[int | None, int | None]:
    """The median and the 90th percentile of the natural minutes from dispatch to handling, of what was handled and
    dispatched in the period; None when nothing was.
    """
    facts = visible_to(user, CaseFact.objects.all(), on=on).filter(
        dispatched_on__range=(period.first, period.last), minutes_to_handle__isnull=False
    )
    found = facts.aggregate(**{name: Percentile("minutes_to_handle", share=share) for name, share in SHARES.items()})
    return found["median"], found["most"]


class Percentile(Aggregate):
    """The smallest value that at least the given share of all values does not exceed."""

    template = "percentile_disc(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = IntegerField()
