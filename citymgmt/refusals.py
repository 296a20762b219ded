"""Why something was not done: refusals with a code and a sentence for people.

Actions raise them; one mapper each for pages (`middleware.refusals_as_pages`) and for the API
(`api.problem_response`) turns them into an answer.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Something was refused; nothing was written."""

    status = 400
    code = "refused"
    sentence: str | Any = _("This cannot be done.")

    def __init__(self, sentence: Any = None, *, code: str = "", retry_after: int | None = None, **details: Any) -> None:
        self.sentence = sentence or self.sentence
        self.headers = {} if retry_after is None else {"Retry-After": str(retry_after)}  # seconds
        self.code = code or self.code
        self.details = details
        super().__init__(self.sentence)

    def __str__(self) -> str:
        return str(self.sentence)


class NotFound(Refusal):
    """The thing does not exist, or lies outside the person's scope: the two must look the same."""

    status = 404
    code = "not_found"
    sentence: Any = _("There is nothing here under this address.")


class NotPermitted(Refusal):
    """The person sees the thing but may not do this."""

    status = 403
    code = "not_permitted"
    sentence: Any = _("Your role does not include this.")


class WrongState(Refusal):
    """The thing is in a state in which this cannot happen."""

    status = 409
    code = "wrong_state"
    sentence: Any = _("This is not possible in the present state.")


class Stale(Refusal):
    """Somebody else changed the thing since it was read."""

    status = 409
    code = "stale"
    sentence: Any = _("Somebody else has changed this in the meantime.")


class Invalid(Refusal):
    """What was given cannot be accepted; `fields` maps a field to its sentences."""

    status = 422
    code = "invalid"
    sentence: Any = _("Please correct what is marked.")

    def __init__(self, sentence: Any = None, *, fields: Mapping[str, Any] | None = None, **details: Any) -> None:
        super().__init__(sentence, **details)
        self.fields = {name: [text] if not isinstance(text, list) else text for name, text in (fields or {}).items()}
        if self.fields and sentence is None:
            self.sentence = "; ".join(str(text) for texts in self.fields.values() for text in texts)


class KeyReused(Refusal):
    """An idempotency key came again with another content."""

    status = 422
    code = "key_reused"
    sentence: Any = _("This request key was already used for something else.")


@contextmanager
def refusing(refusal: Refusal, *constraints: str) -> Iterator[None]:
    """Refuse what one of these constraints of the database refuses; any other error goes on as it is, for it means
    something else. Raises: the refusal.
    """
    try:
        yield
    except IntegrityError as error:
        if constraint_of(error) not in constraints:
            raise
        raise refusal from error


def constraint_of(error: IntegrityError) -> str:
    """The name of the constraint that something broke; empty when the error names none."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""


def mark(form: Any, refusal: Refusal) -> None:
    """Put the sentences of a refusal to their fields; those of fields the form lacks go to its head."""
    fields = refusal.fields if isinstance(refusal, Invalid) else {}
    for name, sentences in fields.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, str(sentence))
    if not fields:
        form.add_error(None, str(refusal))
