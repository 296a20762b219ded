"""Text that the database holds encrypted, so that neither a copy of it nor a backup tells who somebody is.

Fernet (AES-128 in CBC mode with HMAC-SHA-256) by `cryptography`. The first key of PERSONAL_DATA_KEYS seals, each of
them opens: a new key is put in front, `manage.py reseal` seals all anew, then the old one can go.
"""

import logging
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast
from django.db.models.lookups import Exact

UNREADABLE = "⚠"  # what is read of a text whose key is gone
BATCH = 500
logger = logging.getLogger(__name__)


@lru_cache(maxsize=4)
def _sealer(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def sealer() -> MultiFernet:
    """What seals by the first key and opens by each. Raises: ValueError for a key that is none."""
    return _sealer(tuple(settings.PERSONAL_DATA_KEYS))


def seal(text: str) -> str:
    """The text as the database holds it; nothing stays nothing."""
    return sealer().encrypt(text.encode()).decode() if text else ""


def unseal(token: str) -> str:
    """What was sealed; UNREADABLE when no key opens it, which the log tells."""
    try:
        return sealer().decrypt(token.encode()).decode() if token else ""
    except InvalidToken:
        logger.error("a sealed text cannot be read: its key is not among PERSONAL_DATA_KEYS")
        return UNREADABLE


class SealedText(models.TextField):
    """A text that is sealed on its way into the database. It cannot be searched, compared or sorted there."""

    def get_prep_value(self, value: Any) -> Any:
        """Sealed."""
        return seal(value) if isinstance(value, str) else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Opened."""
        return unseal(value) if isinstance(value, str) else value

    def get_lookup(self, lookup_name: str) -> Any:
        """None but the question whether there is one: each sealing of the same text is another."""
        return super().get_lookup(lookup_name) if lookup_name in ("isnull", "exact") else None


def sealed_fields() -> Iterator[tuple[type[models.Model], str]]:
    """Every model of the portal with each of its sealed fields."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedText):
                yield model, field.attname


def reseal() -> Iterator[tuple[str, int]]:
    """Seal all that is sealed by another than the first key anew, in batches; gives each column and how many rows.

    What no key opens stays as it is. A run that is broken off is run again.
    """
    for model, name in sealed_fields():
        count, after = 0, 0
        while batch := _batch(model, name, after):
            count, after = count + _reseal(model, name, batch), max(pk for pk, _token in batch)
        yield f"{model._meta.db_table}.{name}", count


def _batch(model: type[models.Model], name: str, after: int) -> list[tuple[int, str]]:
    """Ids and tokens of the rows after an id, as they lie there."""
    raw = model._default_manager.annotate(token=_raw(name))
    return list(raw.filter(pk__gt=after).order_by("pk").values_list("pk", "token")[:BATCH])


@transaction.atomic
def _reseal(model: type[models.Model], name: str, batch: list[tuple[int, str]]) -> int:
    first = Fernet(settings.PERSONAL_DATA_KEYS[0])
    fresh = {token: rotated for _pk, token in batch if token and (rotated := _rotated(first, token))}
    for pk, token in batch:
        if token in fresh:  # by the token: what was changed meanwhile is sealed by the first key already
            still = model._default_manager.filter(Q(Exact(_raw(name), token)), pk=pk)
            still.update(**{name: Value(fresh[token], models.TextField())})
    return len(fresh)


def _raw(name: str) -> Func:
    """A column as it lies there."""
    return Cast(F(name), models.TextField())


def _rotated(first: Fernet, token: str) -> str:
    """The token of the same text by the first key; empty when it is by that already, or when nothing opens it."""
    try:
        first.decrypt(token.encode())
    except InvalidToken:
        text = unseal(token)
        return "" if text == UNREADABLE else first.encrypt(text.encode()).decode()
    return ""
