"""Bring the cases of an old ledger in, many at a time, each with its own times. They climb no ladder."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.begin import next_number
from cases.history import Journal
from cases.models import Case, Category
from citymgmt.bulk import insert_models
from citymgmt.people.models import SubDistrict, User
from citymgmt.people.permissions import require_role
from citymgmt.refusals import Invalid, NotFound
from citymgmt.worktime.rules import current_rules
from communities.models import Community


@dataclass(frozen=True)
class LedgerRow:
    """A case of an old ledger: what it was, when it was opened, due and closed."""

    external_ref: str
    description: str
    opened_at: datetime
    due_at: datetime | None = None
    closed_at: datetime | None = None
    address: str = ""
    community: Community | None = None
    category: Category | None = None
    longitude: Any = None
    latitude: Any = None


@transaction.atomic
def import_cases(*, subdistrict: SubDistrict, rows: Sequence[LedgerRow], by: User | None) -> int:
    """Bring the rows in that are not there yet (by `external_ref`) and return how many they were.

    Each becomes one event "import"; an open one is not watched, so that nobody is urged for the past. `by` None
    is the portal. Imports into one sub-district wait for each other. Raises: NotPermitted, NotFound, Invalid.
    """
    if by is not None:
        require_role(by, "ledger.import")
        if by.subdistrict_id != subdistrict.pk:
            raise NotFound
    for row in rows:
        _check(row, subdistrict)
    SubDistrict.objects.select_for_update(no_key=True).get(pk=subdistrict.pk)
    fresh = _not_there_yet(subdistrict, rows)
    cases = [
        _new_case(subdistrict, row, number) for row, number in zip(fresh, _numbers(subdistrict, fresh), strict=True)
    ]
    insert_models(cases)
    journal = Journal(cases, current_rules())
    for case, row in zip(cases, fresh, strict=True):
        journal.record(case, "import", at=row.closed_at or row.opened_at, by=by, **_outcome(row))
    journal.write()
    return len(cases)


def _check(row: LedgerRow, subdistrict: SubDistrict) -> None:
    if not row.external_ref or not row.description.strip():
        raise Invalid(_("A case of a ledger needs its number there and a description."))
    if row.community is not None and row.community.subdistrict_id != subdistrict.pk:
        raise Invalid(_("This community belongs to another sub-district."))
    if any(moment is not None and moment < row.opened_at for moment in (row.due_at, row.closed_at)):
        raise Invalid(_("A case cannot be due or closed before it was opened."))


def _not_there_yet(subdistrict: SubDistrict, rows: Sequence[LedgerRow]) -> list[LedgerRow]:
    """The rows whose number is new, each number once, in their order."""
    first = {row.external_ref: row for row in reversed(rows)}
    known = Case.objects.filter(subdistrict=subdistrict, external_ref__in=first)
    there = set(known.values_list("external_ref", flat=True))
    return [row for row in reversed(first.values()) if row.external_ref not in there]


def _numbers(subdistrict: SubDistrict, rows: Sequence[LedgerRow]) -> list[str]:
    """A new case number for each row, of the day on which it was opened; days ascending, against deadlocks."""
    days = [timezone.localdate(row.opened_at) for row in rows]
    first_moment = {timezone.localdate(row.opened_at): row.opened_at for row in rows}
    given: dict[date, list[str]] = {}
    for day, count in sorted(Counter(days).items()):
        prefix, _hyphen, serial = next_number(subdistrict, first_moment[day], count).rpartition("-")
        given[day] = [f"{prefix}-{int(serial) + offset:04d}" for offset in reversed(range(count))]
    return [given[day].pop() for day in days]


def _new_case(subdistrict: SubDistrict, row: LedgerRow, number: str) -> Case:
    return Case(
        number=number,
        subdistrict=subdistrict,
        description=row.description.strip(),
        address=row.address,
        longitude=row.longitude,
        latitude=row.latitude,
        source=Case.Source.LEDGER,
        external_ref=row.external_ref,
        created_at=row.opened_at,
        state="reported",
    )


def _outcome(row: LedgerRow) -> dict[str, Any]:
    changes = {
        "community_id": row.community.pk if row.community else None,
        "category_id": row.category.pk if row.category else None,
        "filed_at": row.opened_at,
        "due_at": row.due_at,
    }
    if row.closed_at is None:
        return {"to": "handling" if row.due_at else "accepted", "changes": changes}
    late = row.due_at is not None and row.closed_at > row.due_at
    kind = Case.CloseKind.OVERDUE if late else Case.CloseKind.NORMAL
    return {
        "to": "closed",
        "changes": {**changes, "handled_at": row.closed_at, "closed_at": row.closed_at, "close_kind": kind.value},
    }
