"""Is every item, forum and suggestion what its history says? The check behind `verify_history` and the fixtures."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from cases import verification
from cases.publicity.journal import differences
from cases.publicity.models import Forum, ForumEvent, ItemEvent, PublicityItem, Suggestion, SuggestionEvent
from citymgmt.history import walked

KINDS: tuple[tuple[str, str, Any, Any], ...] = (
    ("publicity items", "item", PublicityItem, ItemEvent),
    ("forums", "forum", Forum, ForumEvent),
    ("suggestions", "suggestion", Suggestion, SuggestionEvent),
)


def verify_publicity(subject: str, model: Any, events: Any) -> Iterator[tuple[str, list[str]]]:
    """Each of a kind with what its replay and its row say differently."""
    for one, told, _parts in walked(model, subject, events):
        yield f"{subject} {one.pk}", differences(subject, one, told)


def register() -> None:
    """Have the histories of all three checked, when the app is ready."""
    for name, subject, model, events in KINDS:
        verification.register(name, model, partial(verify_publicity, subject, model, events))
