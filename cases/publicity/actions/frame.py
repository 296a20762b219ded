"""The frame of every action of the room: its three kinds of things, their versions and stages, their photos."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from cases.publicity import lifecycle
from cases.publicity.journal import (
    ForumJournal,
    ItemJournal,
    SuggestionJournal,
    settle_forums,
    settle_items,
    settle_suggestions,
)
from cases.publicity.lifecycle import Life
from cases.publicity.models import (
    Forum,
    ForumEvent,
    ItemEvent,
    PublicityItem,
    PublicityPhoto,
    Suggestion,
    SuggestionEvent,
)
from cases.publicity.querysets import locked_forum, locked_item, locked_suggestion
from citymgmt.bulk import next_id
from citymgmt.people.models import User
from citymgmt.photos.actions import keep_uploads, received
from citymgmt.refusals import Invalid
from citymgmt.wording import gettext_noop
from citymgmt.worktime import acting
from citymgmt.worktime.acting import Asked, Kind, Recorded, check_of, step_of
from citymgmt.worktime.steps import Step

MOST_PHOTOS = 6  # of an event
FARTHEST = timedelta(days=731)  # that anything is planned ahead
NOT_NOW = gettext_noop("“%(action)s” is not possible: it is now “%(state)s”.")
Body = Callable[[Any, Any, datetime], Recorded]  # given the journal, the thing and the moment


@dataclass(frozen=True)
class Room:
    """A kind of thing of the room, as its actions know it; `photo` names its events in photos."""

    life: Life
    kind: Kind[Any, Any]
    model: type[Any]
    photo: str

    def new(self, at: datetime, **facts: Any) -> Any:
        """A thing that is not in the database yet."""
        row = self.model(state=next(iter(self.life.stages)), made_at=at, **facts)
        row.pk = next_id(self.model)
        return row


def _room(life: Life, model: type[Any], events: type[Any], journal: Any, settle: Any, locked: Any) -> Room:
    kind: Kind[Any, Any] = Kind(journal, events, settle, locked, lambda pk: model.objects.filter(pk=pk))
    return Room(life, kind, model, f"{life.subject}_event")


ITEMS = _room(lifecycle.ITEM, PublicityItem, ItemEvent, ItemJournal, settle_items, locked_item)
FORUMS = _room(lifecycle.FORUM, Forum, ForumEvent, ForumJournal, settle_forums, locked_forum)
SUGGESTIONS = _room(
    lifecycle.SUGGESTION, Suggestion, SuggestionEvent, SuggestionJournal, settle_suggestions, locked_suggestion
)


def perform(
    room: Room,
    step: Step,
    *,
    pk: int,
    by: User,
    at: datetime,
    version: int | None,
    request_key: str | None,
    given: Mapping[str, Any],
    body: Body,
    photos: Iterable[bytes] = (),
    needs_photo: Callable[[Any], bool] = lambda thing: False,
) -> Any:
    """Do an action on a thing that somebody saw in that version; `body` says what is recorded of it. Photos are kept
    with its event; where `needs_photo` says so there must be one.

    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, Invalid.
    """
    with received(photos, MOST_PHOTOS) as uploads:

        def shown(journal: Any, thing: Any, moment: datetime) -> Recorded:
            told = body(journal, thing, moment)
            if needs_photo(thing) and not uploads:
                raise Invalid(fields={"photos": _("A photo is needed: it shows that it was done.")})
            return told

        told = {**given, "photos": [one.digest for one in uploads]}
        return acting.act(
            room.kind,
            Asked(room.life.kind(step.action), pk, by, at, step.permission, told, request_key),
            step_of(step, given, shown),
            check=check_of(step, version, room.life.stages, NOT_NOW),
            then=lambda event: keep_uploads(PublicityPhoto, uploads, at, by=by, **{room.photo: event}),
        )
