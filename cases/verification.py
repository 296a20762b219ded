"""Is every case what its history says? The check behind `verify_history` and behind the tests' fixture.

Other rooms that keep histories register their own check.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Model

from cases.history import differences
from cases.models import Case, CaseEvent, Escalation, TimeRequest

BATCH = 500
Verify = Callable[[], Iterator[tuple[str, list[str]]]]


class Check(NamedTuple):
    """The check of a kind of history: of which rows, and what gives the name of each with its differences."""

    model: type[Model]
    verify: Verify


_others: dict[str, Check] = {}


def register(name: str, model: type[Model], verify: Verify) -> None:
    """Have other histories checked too, when their app is ready; `name` says what they are of, in the plural."""
    _others[name] = Check(model, verify)


def histories() -> Mapping[str, Check]:
    """The checks of all histories by what they are of."""
    return {"cases": Check(Case, verify_history), **_others}


def verify_history(*, after: int = 0) -> Iterator[tuple[str, list[str]]]:
    """Each case's number with what its replay and its rows say differently, in batches of ids after `after`."""
    while cases := list(Case.objects.filter(pk__gt=after).order_by("pk")[:BATCH]):
        ids = [case.pk for case in cases]
        events = _by_case(CaseEvent.objects.filter(case_id__in=ids).order_by("case_id", "seq"))
        parts = _by_case([*Escalation.objects.filter(case_id__in=ids), *TimeRequest.objects.filter(case_id__in=ids)])
        untrue = _with_untrue_text(ids)
        for case in cases:
            yield case.number, differences(case, events[case.pk], parts[case.pk]) + untrue[case.pk]
        after = ids[-1]


def _by_case(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found


def _with_untrue_text(ids: list[int]) -> dict[int, list[str]]:
    """A sentence for each case whose searched text is not what the case says."""
    found: dict[int, list[str]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM unnest(%s::bigint[]) AS id LEFT JOIN cases_casetext ON case_id = id"
            " WHERE text IS DISTINCT FROM case_search_text(id)",
            [ids],
        )
        for (pk,) in cursor.fetchall():
            found[pk].append("text: what is searched is not what the case says")
    return found
