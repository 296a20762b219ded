"""What tests of the counting share: the tallies as plain code sums them from the facts, and what is kept."""

from collections import Counter

from cases.statistics.measures import ALWAYS, COHORTS, MEASURES, STANDING
from cases.statistics.models import COLUMN_OF, CaseFact, Dimension, Stale, Tally
from cases.statistics.verification import differences

AMOUNTS = ("extensions", "extension_hours", "reworks", "overdue_percent")
Sums = dict[tuple[object, ...], int]  # sub-district, dimension, key, day, measure


def kept_sums() -> Sums:
    """What the tallies hold, without zeros."""
    return {
        (tally.subdistrict_id, tally.dimension, tally.key, tally.on, code): getattr(tally, code)
        for tally in Tally.objects.order_by("pk")
        for code in MEASURES
        if getattr(tally, code)
    }


def summed() -> Sums:
    """The same, added up fact by fact."""
    sums: Counter[tuple[object, ...]] = Counter()
    for fact in CaseFact.objects.order_by("pk"):
        keys = {Dimension.ALL: "", **{one: getattr(fact, column) for one, column in COLUMN_OF.items()}}
        days = {STANDING: ALWAYS, **{code: getattr(fact, f"{code}_on") for code in COHORTS}}
        for code in fact.measures:
            amount = getattr(fact, code) if code in AMOUNTS else 1
            for dimension, key in keys.items():
                if key is not None:
                    sums[fact.subdistrict_id, dimension.value, str(key), days[MEASURES[code].cohort], code] += amount
    return {place: count for place, count in sums.items() if count}


def assert_counted() -> None:
    """Nothing waits, each fact is what its history says, and each tally the sum of its facts."""
    assert list(differences()) == []
    assert kept_sums() == summed()
    assert Stale.objects.count() == 0


def tally(dimension: str, key: object, measure: str) -> int:
    """How much stands in the tallies of a key, over all days."""
    return sum(Tally.objects.filter(dimension=dimension, key=str(key)).values_list(measure, flat=True))
