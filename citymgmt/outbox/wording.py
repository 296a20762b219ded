"""The wording of messages, by kind, rendered late in the reader's language. Apps add theirs with `register`."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from citymgmt.people.models import NoticeGroup, in_language

_wordings: dict[str, Any] = {}
_groups: dict[str, str] = {}


class _Given(dict[str, Any]):
    """The parameters of a message, in the reader's language where one has an `…_en` beside it.

    One that is missing leaves its place empty.
    """

    def __getitem__(self, name: str) -> str:
        return in_language(str(self.get(name, "")), str(self.get(f"{name}_en", "")))


def register(kind: str, subject: Any, group: str = NoticeGroup.WORK.value) -> None:
    """Give messages of `kind` a lazy subject with %(name)s places for the message's parameters, and their group.

    Raises ValueError when another app has worded this kind: its messages would read like these.
    """
    if _wordings.setdefault(kind, subject) is not subject:
        raise ValueError(f"messages of the kind {kind!r} are worded already")
    _groups[kind] = group


def group_of(kind: str) -> str:
    """The group of messages of this kind; new work for one that nobody registered."""
    return _groups.get(kind, NoticeGroup.WORK.value)


def subject_of(kind: str, params: Mapping[str, Any]) -> str:
    """The subject line of a message in the active language, on one line."""
    wording = _wordings.get(kind) or gettext("News of %(number)s")
    return " ".join((str(wording) % _Given(params)).split())
