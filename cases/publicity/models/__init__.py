"""Data of publicity: items, forums, suggestions, who made these, and photos of all of them."""

from cases.publicity.models.forums import Forum, ForumEvent
from cases.publicity.models.items import ItemEvent, PublicityItem
from cases.publicity.models.photos import PublicityPhoto
from cases.publicity.models.suggestions import Suggester, SuggesterLook, Suggestion, SuggestionEvent

__all__ = [
    "Forum",
    "ForumEvent",
    "ItemEvent",
    "PublicityItem",
    "PublicityPhoto",
    "Suggester",
    "SuggesterLook",
    "Suggestion",
    "SuggestionEvent",
]
