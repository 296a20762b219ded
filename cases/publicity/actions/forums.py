"""Forums are planned, held with a record of who came and what was said, or called off."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.publicity.actions.frame import FARTHEST, FORUMS, perform
from cases.publicity.journal import NOTHING_DUE, due_of_forum
from cases.publicity.lifecycle import FORUM, FORUM_KEEP, GROUPS, HELD
from cases.publicity.models import Forum, ForumEvent
from cases.publicity.models.forums import (
    LONGEST_INVITED,
    LONGEST_PERSON,
    LONGEST_PLACE,
    LONGEST_RECORD,
    LONGEST_TOPIC,
    MOST_PEOPLE,
)
from cases.publicity.models.items import LONGEST_NOTE
from citymgmt.faults import EARLIEST, carried_faults, line_faults, number_faults, refuse, stripped
from citymgmt.people.models import User
from citymgmt.people.permissions import require_role
from citymgmt.refusals import NotFound
from citymgmt.worktime.repeats import Request, digest_of
from citymgmt.worktime.rules import current_rules
from communities.placed import communities_for

LINES = {"place": LONGEST_PLACE, "topic": LONGEST_TOPIC, "chair": LONGEST_PERSON, "invited": LONGEST_INVITED}
TEXTS = {"note": LONGEST_NOTE, "record": LONGEST_RECORD}
DOABLE = ("hold", "correct", "call_off")


@dataclass(frozen=True)
class ForumTold:
    """A forum as a person plans it; `community` is its id."""

    community: int
    held_at: datetime
    place: str
    topic: str
    chair: str
    invited: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the row."""
        told = stripped(self)
        return {"community_id": told.pop("community"), **told}


def plan_forum(*, by: User, at: datetime, told: ForumTold, request_key: str | None = None) -> ForumEvent:
    """Plan a forum of a community; a resend acts once. Raises: NotPermitted, KeyReused, Invalid."""
    require_role(by, FORUM_KEEP)
    request = Request(ForumEvent, by, request_key, digest_of(FORUM.kind("plan"), "", dict(vars(told))))

    def act() -> ForumEvent:
        if (earlier := request.answer()) is not None:
            return earlier
        _check(told, by, at)
        forum = FORUMS.new(at, subdistrict=by.subdistrict)
        journal = FORUMS.kind.journal([forum], current_rules())
        changes = {**told.columns, **due_of_forum(told.held_at, at, journal.rules)}
        event: ForumEvent = journal.record(forum, FORUM.kind("plan"), at=at, by=by, changes=changes, **request.keys)
        journal.write()
        return event

    return request.once(act)


def _check(told: ForumTold, by: User, at: datetime) -> None:
    """Raises: Invalid."""
    on = timezone.localdate(at)
    faults: dict[str, Any] = line_faults(told, LINES, ("place", "topic", "chair"))
    if not EARLIEST <= timezone.localdate(told.held_at) <= on + FARTHEST:
        faults["held_at"] = _("Choose a day at most two years ahead.")
    is_known = 0 < told.community < 2**31
    if not (is_known and communities_for(by, FORUM_KEEP, on).filter(pk=told.community).exists()):
        faults["community"] = _("Choose one of these.")
    refuse(faults)


def revise_forum(
    *, pk: int, by: User, at: datetime, told: ForumTold, version: int | None = None, request_key: str | None = None
) -> ForumEvent:
    """Change what was planned; on another day its record is due anew.

    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, Invalid.
    """

    def body(journal: Any, forum: Forum, moment: datetime) -> dict[str, Any]:
        _check(told, by, at)
        due = due_of_forum(told.held_at, moment, journal.rules) if told.held_at != forum.held_at else {}
        return {"changes": {**told.columns, **due}}

    asked: dict[str, Any] = {"version": version, "request_key": request_key, "given": vars(told)}
    return perform(FORUMS, FORUM.steps["revise"], pk=pk, by=by, at=at, body=body, **asked)


def act_on_forum(
    name: str,
    *,
    pk: int,
    by: User,
    at: datetime,
    version: int | None = None,
    request_key: str | None = None,
    photos: Iterable[bytes] = (),
    **given: Any,
) -> ForumEvent:
    """Record that a forum was held, correct its record, or call it off; a resend acts once.

    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, Invalid (also: it has not begun yet).
    """
    step = FORUM.steps.get(name)
    if step is None or name not in DOABLE:
        raise NotFound

    def body(journal: Any, forum: Forum, moment: datetime) -> dict[str, Any]:
        refuse(carried_faults(step.carries, step.may_carry, given, TEXTS))
        if step.target != HELD and name != "correct":
            return {"changes": dict(NOTHING_DUE)}
        _check_record(forum, given, moment)
        counts = {group: given[group] for group in GROUPS}
        return {"changes": {"record": given["record"].strip(), **counts, **NOTHING_DUE}}

    asked: dict[str, Any] = {"version": version, "request_key": request_key, "given": given, "photos": photos}
    return perform(FORUMS, step, pk=pk, by=by, at=at, body=body, **asked)


def _check_record(forum: Forum, given: Mapping[str, Any], at: datetime) -> None:
    """Raises: Invalid."""
    faults: dict[str, Any] = {group: number_faults(given[group], MOST_PEOPLE) for group in GROUPS}
    if at < forum.held_at:
        faults["record"] = _("It begins at %(when)s: record it once it was held.") % {
            "when": f"{timezone.localtime(forum.held_at):%Y-%m-%d %H:%M}"
        }
    if not any(faults.values()) and not any(given[group] for group in GROUPS):
        faults["residents"] = _("Somebody was there: say how many.")
    refuse(faults)
