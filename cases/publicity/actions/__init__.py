"""Use cases of publicity: the only door through which its rows are written."""

from cases.publicity.actions.forums import ForumTold, act_on_forum, plan_forum, revise_forum
from cases.publicity.actions.importing import Imported, import_items
from cases.publicity.actions.planning import plan_items, revise_item
from cases.publicity.actions.retiming import retime_publicity
from cases.publicity.actions.stepping import act_on_item
from cases.publicity.actions.suggesters import erase_suggester, forget_suggesters, look_at_suggester
from cases.publicity.actions.suggestions import SuggestionTold, act_on_suggestion, enter_suggestion
from cases.publicity.told import ItemTold

__all__ = [
    "ForumTold",
    "Imported",
    "ItemTold",
    "SuggestionTold",
    "act_on_forum",
    "act_on_item",
    "act_on_suggestion",
    "enter_suggestion",
    "erase_suggester",
    "forget_suggesters",
    "import_items",
    "look_at_suggester",
    "plan_forum",
    "plan_items",
    "retime_publicity",
    "revise_forum",
    "revise_item",
]
