"""What items, forums and suggestions say of themselves: when they are due, their ladders, what each step writes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cases.publicity import notices
from cases.publicity.lifecycle import FORUM, ITEM, OPEN, OUT, PLANNED, SUGGESTION, Life
from cases.publicity.models import Forum, ForumEvent, ItemEvent, PublicityItem, Suggestion, SuggestionEvent
from citymgmt import history
from citymgmt.worktime import journal, sweep
from citymgmt.worktime.clock import Limit, Unit
from citymgmt.worktime.journal import Effect, taken
from citymgmt.worktime.ladder import Due, Timing, next_due
from citymgmt.worktime.rules import Rules
from citymgmt.worktime.terms import begun_anew, due_after, due_on, end_of

OF_ITEMS, OF_FORUMS, OF_ANSWERS, OF_DOING = "publicity", "forum", "answer", "adopted"
USUAL_ANSWER = Limit(10, Unit.WORKING_DAY)  # where the ladder says nothing
NOTHING_DUE: Mapping[str, Any] = {
    "due_at": None, "limit_value": None, "limit_unit": "", "counted_from": None, "is_due_provisional": False,
    **begun_anew(None),
}  # fmt: skip


def timing_of(thing: Any, anchor: datetime | None) -> Timing:
    """What a ladder needs of a thing that is due by the office's day."""
    return Timing(anchor, None, Unit.WORKING_DAY, thing.rung, thing.rung_at, thing.watched_from)


class ItemJournal(journal.Journal[PublicityItem, ItemEvent]):
    """The journal of publicity items."""

    subject = ITEM.subject
    event_model = ItemEvent

    def find_due(self, thing: PublicityItem) -> Due | None:
        """The next step of the ladder while something is due."""
        return next_due(OF_ITEMS, timing_of(thing, thing.due_at), frozenset(), self.rules)

    def tell(self) -> None:
        """Tell whom the notice table names."""
        notices.ITEMS.enqueue(self.events, self.rules)


class ForumJournal(journal.Journal[Forum, ForumEvent]):
    """The journal of forums."""

    subject = FORUM.subject
    event_model = ForumEvent

    def find_due(self, thing: Forum) -> Due | None:
        """The next step of the ladder while the record is missing."""
        return next_due(OF_FORUMS, timing_of(thing, thing.due_at), frozenset(), self.rules)

    def tell(self) -> None:
        """Tell whom the notice table names."""
        notices.FORUMS.enqueue(self.events, self.rules)


class SuggestionJournal(journal.Journal[Suggestion, SuggestionEvent]):
    """The journal of suggestions: the ladder of answers counts from the day on which one was received, that of adopted
    ones from the day by which they are to be carried out.
    """

    subject = SUGGESTION.subject
    event_model = SuggestionEvent

    def find_due(self, thing: Suggestion) -> Due | None:
        """The next step of its ladder while something is due."""
        if thing.state == OPEN:
            return next_due(OF_ANSWERS, timing_of(thing, thing.counted_from), frozenset(), self.rules)
        return next_due(OF_DOING, timing_of(thing, thing.due_at), frozenset(), self.rules)

    def tell(self) -> None:
        """Tell whom the notice table names."""
        notices.SUGGESTIONS.enqueue(self.events, self.rules)


# --- deadlines -----------------------------------------------------------------------------------------------
def due_of_item(state: str, planned_on: date, until_on: date | None, at: datetime, rules: Rules) -> dict[str, Any]:
    """The columns of an item's deadline, with its ladder begun anew: the planned day while it is planned (today at the
    earliest), then the day by which it is taken down; none without one.
    """
    days = {PLANNED: max(planned_on, timezone.localdate(at)), OUT: until_on}
    day = days.get(state)
    return {**due_on(day, rules), **begun_anew(at if day else None)}


def due_of_forum(held_at: datetime, at: datetime, rules: Rules) -> dict[str, Any]:
    """The columns of a forum's deadline: the end of its day."""
    return {**due_on(timezone.localdate(held_at), rules), **begun_anew(at)}


def answer_due(received_on: date, at: datetime, rules: Rules) -> dict[str, Any]:
    """The columns of the deadline of an answer, by the delay of the first step of its ladder, which is data; counted
    from the end of the day on which it was received, but never from later than now.
    """
    since = min(at, end_of(received_on, rules))
    return {**due_after(*limit_of_answers(rules), since, rules), **begun_anew(at)}


def limit_of_answers(rules: Rules) -> tuple[int, str]:
    """Within how much of which unit suggestions are answered."""
    steps = sorted(rules.ladders.get(OF_ANSWERS, ()), key=lambda step: step.position)
    limit = next((step.delay for step in steps if step.delay), None) or USUAL_ANSWER
    return limit.value, limit.unit.value


# --- settling ------------------------------------------------------------------------------------------------
def _effects(life: Life, names: Mapping[str, str]) -> Mapping[str, Effect]:
    """What steps of the ladders write, by the effect that their rows name."""

    def effect(kind: str) -> Effect:
        def write(journal_: Any, thing: Any, due: Due) -> None:
            journal_.record(thing, kind, at=due.at, changes=taken(due))

        return write

    return {name: effect(life.kind(action)) for name, action in names.items()}


PLAIN = {"urge": "urge", "supervise": "supervise"}
EFFECTS: Mapping[type, Mapping[str, Effect]] = {
    ItemJournal: _effects(ITEM, PLAIN),
    ForumJournal: _effects(FORUM, PLAIN),
    SuggestionJournal: _effects(
        SUGGESTION, {**PLAIN, "urge_doing": "urge_doing", "supervise_doing": "supervise_doing"}
    ),
}
SettleBatch = Callable[[Sequence[Any], datetime, Rules], None]


def _settling(kind: type[journal.Journal[Any, Any]]) -> SettleBatch:
    """Settles locked rows of the sweep."""

    def settle_batch(things: Sequence[Any], now: datetime, rules: Rules) -> None:
        journal.settle_batch(kind(things, rules), now, EFFECTS[kind])

    return settle_batch


settle_items, settle_forums, settle_suggestions = (
    _settling(kind) for kind in (ItemJournal, ForumJournal, SuggestionJournal)
)

# --- what row and history say differently --------------------------------------------------------------------
FACTS = ("id", "subdistrict_id", "made_at", "next_check_at")
FOLDED: Mapping[str, Any] = {
    ITEM.subject: history.columns_but(PublicityItem, *FACTS),
    FORUM.subject: history.columns_but(Forum, *FACTS),
    SUGGESTION.subject: history.columns_but(
        Suggestion, *FACTS, "community_id", "forum_id", "way", "text", "received_on"
    ),
}


def differences(subject: str, thing: Any, events: Sequence[Any]) -> list[str]:
    """What the replay of a thing's events and its row say differently; empty when they agree."""
    return history.differences(subject, list(events), thing, FOLDED[subject], {})


def register() -> None:
    """Have the sweep settle all three, when the app is ready."""
    sweep.register("publicity items", PublicityItem, settle_items)
    sweep.register("forums", Forum, settle_forums)
    sweep.register("suggestions", Suggestion, settle_suggestions)
