"""The wording of messages, by kind, rendered late in the reader's language. Apps add theirs with `register`."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

_wordings: dict[str, Any] = {}


class _Given(dict[str, Any]):
    """The parameters of a message; one that is missing leaves its place empty."""

    def __missing__(self, name: str) -> str:
        return ""


def register(kind: str, subject: Any) -> None:
    """Give messages of `kind` a lazy subject with %(name)s places for the message's parameters."""
    _wordings[kind] = subject


def subject_of(kind: str, params: Mapping[str, Any]) -> str:
    """The subject line of a message in the active language, on one line."""
    wording = _wordings.get(kind) or gettext("News of %(number)s")
    return " ".join((str(wording) % _Given(params)).split())
