"""The wording of messages, by kind, rendered late in the reader's language. Apps add theirs with `register`."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext

Wording = Callable[[Mapping[str, Any]], tuple[str, str]]
_wordings: dict[str, Any] = {}


def register(kind: str, subject: Any) -> None:
    """Give messages of `kind` a lazy subject with %(name)s places for the message's parameters."""
    _wordings[kind] = subject


def subject_of(kind: str, params: Mapping[str, Any]) -> str:
    """The subject line of a message in the active language."""
    wording = _wordings.get(kind)
    return str(wording) % params if wording else gettext("News of %(number)s") % {"number": params.get("number", "")}
