"""One row by its id, or the refusal that there is none."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from citymgmt.refusals import NotFound

M = TypeVar("M", bound=Model)
MOST_ID = 2**31


def id_in(text: str) -> int:
    """The id that an address or a field names. Raises: NotFound."""
    if not (text.isascii() and text.isdigit() and len(text) < 11):
        raise NotFound
    return int(text)


def one_of(rows: QuerySet[M], pk: int) -> M:
    """The row of this id. Raises: NotFound."""
    found = rows.filter(pk=pk).first() if 0 < pk < MOST_ID else None
    if found is None:
        raise NotFound
    return found
