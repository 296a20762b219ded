"""Is every item, forum and suggestion what its history says? The check behind `verify_history` and the fixtures."""

from collections.abc import Iterator
from typing import Any

from cases.publicity.journal import differences
from cases.publicity.models import Forum, ForumEvent, ItemEvent, PublicityItem, Suggestion, SuggestionEvent
from citymgmt.history import walked

KINDS: tuple[tuple[str, Any, Any], ...] = (
    ("item", PublicityItem, ItemEvent),
    ("forum", Forum, ForumEvent),
    ("suggestion", Suggestion, SuggestionEvent),
)


def verify_publicity() -> Iterator[tuple[str, list[str]]]:
    """Each of them with what its replay and its row say differently."""
    for subject, model, events in KINDS:
        for one, told, _parts in walked(model, subject, events):
            yield f"{subject} {one.pk}", differences(subject, one, told)
