"""A request that comes twice acts once: its key is written with the event it made, and read before it acts again."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from citymgmt.history import Event
from citymgmt.people.models import User
from citymgmt.prepared import Prepared
from citymgmt.refusals import KeyReused
from citymgmt.worktime.rules import hold_rules

Happening = TypeVar("Happening", bound=Event)


def scoped_key(by: User | None, request_key: str | None) -> str | None:
    """The key as stored: of one person only, so that nobody reads another's answer."""
    return f"{by.pk if by else 0}:{request_key}" if request_key else None


def digest_of(name: str, number: str, given: dict[str, Any]) -> str:
    """What a request asked for, in short, to tell a resend from a different request under the same key.

    Keyed, so that nobody can try out which telephone number, say, was part of it: it outlives what is erased.
    """
    plain = {key: _plain(value) for key, value in given.items() if value not in (None, "", [])}
    text = json.dumps([name, number, plain], sort_keys=True, default=str, ensure_ascii=True)
    return salted_hmac("citymgmt.request", text, algorithm="sha256").hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return getattr(value, "pk", value)


def earlier_answer(events: type[Happening], by: User | None, request_key: str | None, digest: str) -> Happening | None:
    """The event that this very request wrote before, if it did. Raises: KeyReused."""
    key = scoped_key(by, request_key)
    earlier: Happening | None = _by_key(events).first(key) if key else None
    if earlier is not None and earlier.request_digest != digest:
        raise KeyReused
    return earlier


@cache
def _by_key(events: type[Event]) -> Prepared[Any]:
    return Prepared(lambda key: events._default_manager.filter(request_key=key).order_by(), str)


def once(act: Callable[[], Happening], answer: Callable[[], Happening | None]) -> Happening:
    """Act in one transaction that holds the rules of time; when the same key was written elsewhere meanwhile, give its
    `answer`. Raises: KeyReused.
    """
    try:
        with transaction.atomic():
            hold_rules()
            return act()
    except IntegrityError:
        earlier = answer()
        if earlier is None:
            raise
        return earlier


@dataclass(frozen=True)
class Request(Generic[Happening]):
    """A request as its events keep it: whose, under which key, and what it asked for."""

    events: type[Happening]
    by: User | None
    key: str | None
    digest: str

    @property
    def keys(self) -> dict[str, Any]:
        """What the event keeps of it."""
        return {"request_key": scoped_key(self.by, self.key), "request_digest": self.digest}

    def answer(self) -> Happening | None:
        """The event that it wrote before, if it did. Raises: KeyReused."""
        return earlier_answer(self.events, self.by, self.key, self.digest)

    def once(self, act: Callable[[], Happening]) -> Happening:
        """Act, or give the event that it wrote elsewhere meanwhile (`once`). Raises: KeyReused."""
        return once(act, self.answer)
