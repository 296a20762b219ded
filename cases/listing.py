"""The list of cases as an address asks for it: the same rows, order and columns for pages, exports and the worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case as CaseWhen
from django.db.models import IntegerField, QuerySet, Value, When
from django.http import QueryDict

from cases.keyset import Key, keys_of
from cases.list_forms import CaseListFilter
from cases.models import Case
from cases.querysets import seen_by
from cases.search import is_number, numbered, with_number_end
from citymgmt.people.models import User

NEWEST_FIRST = "-created_at"


@dataclass(frozen=True)
class Asker:
    """Who asks for a list, at which moment and on which local day; a request is one as well."""

    user: User
    at: datetime
    on: date


def asked_list(query: QueryDict, asker: Any) -> CaseListFilter:
    """What a query string asks for, of the cases that the asker sees."""
    return CaseListFilter(query, seen_by(asker.user, asker.on).order_by(NEWEST_FIRST, "-id"), request=asker)


def ordered(rows: QuerySet[Case], asked: dict[str, Any]) -> tuple[QuerySet[Case], list[Key]]:
    """The rows and the keys of their order: as asked, else newest first, with whose number is searched before all."""
    ordering = asked.get("ordering") or []
    keys = keys_of(Case, ordering or [NEWEST_FIRST])
    words = asked.get("q") or ""
    if ordering or not is_number(words):
        return rows, keys
    is_named = CaseWhen(When(numbered(words), then=Value(1)), default=Value(0), output_field=IntegerField())
    return with_number_end(rows).annotate(is_named=is_named), [Key("is_named", IntegerField(), True), *keys]


def in_order(rows: QuerySet[Case], keys: Sequence[Key]) -> QuerySet[Case]:
    """The rows in the order of the list's pages."""
    return rows.order_by(*(key.term(False) for key in keys), "-id")
