"""Are the statistics what a recount from the cases and their histories gives?"""

from collections.abc import Iterator

from django.db import connection

from cases.models import Case
from cases.statistics import sql
from cases.statistics.facts import facts_of, stage_rules
from cases.statistics.models import CaseFact, CountedUntil

BATCH = 500


def differences() -> Iterator[str]:
    """A line for each case whose fact is not what its history says, and each tally that is not the sum of its facts.

    Cases that changed since they were counted differ; count them first (`actions.catch_up`).
    """
    yield from _wrong_facts()
    yield from _wrong_tallies()


def _wrong_facts() -> Iterator[str]:
    rules, as_of, after = stage_rules(), CountedUntil.objects.get(pk=1).as_of, 0
    while cases := list(Case.objects.filter(pk__gt=after).order_by("pk")[:BATCH]):
        kept = CaseFact.objects.in_bulk([case.pk for case in cases])
        for case, told in zip(cases, facts_of(cases, as_of, rules), strict=True):
            wrong = _wrong_columns(kept.get(case.pk), told)
            if wrong:
                yield f"case {case.number}: {', '.join(wrong)}"
        after = cases[-1].pk


def _wrong_columns(kept: CaseFact | None, told: CaseFact) -> list[str]:
    if kept is None:
        return ["never counted"]
    names = [field.attname for field in CaseFact._meta.concrete_fields]
    return [
        f"{name}: kept {getattr(kept, name)!r}, recount {getattr(told, name)!r}"
        for name in names
        if getattr(kept, name) != getattr(told, name)
    ]


def _wrong_tallies() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql.WRONG_TALLIES)
        for subdistrict, dimension, key, on in cursor.fetchall():
            yield f"sub-district {subdistrict}, {dimension} {key or '-'}, {on:%Y-%m-%d}: the sum is wrong"
