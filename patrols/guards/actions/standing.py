"""A watch is stood, on the phone: arrive, take over, leave; or somebody is absent, or another one gets the watch."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.found import MOST_ID
from citymgmt.people.models import User
from citymgmt.photos.actions import keep_uploads, received
from citymgmt.refusals import Invalid, WrongState
from citymgmt.worktime.journal import in_order
from patrols.guards import lifecycle
from patrols.guards.actions.frame import act, checked_note
from patrols.guards.journal import Journal
from patrols.guards.lifecycle import ABSENCE, ABSENT, ARRIVE, ASSIGN, DONE, LEAVE, PLANNED, PRESENT, RELIEVED
from patrols.guards.models import GuardEvent, GuardWatch, WatchPhoto
from patrols.guards.querysets import standing_at
from patrols.rounds.nearness import Nearness, nearness
from patrols.teams.actions import Position
from patrols.teams.actions.attendance import checked_position
from patrols.teams.actions.frame import member_of
from patrols.teams.actions.planning import leaves_between
from patrols.teams.models import DOOR_OPENS

MOST_PHOTOS = 3
EARLY_LEAVE = timedelta(minutes=10)  # before the end; who leaves earlier says why


@dataclass(frozen=True)
class Arrival:
    """How somebody says to be at a post: where the device is, or one's word with a note; `relieves` is the id of the
    watch that is taken over.
    """

    position: Position | None = None
    is_by_word: bool = False
    note: str = ""
    relieves: int | None = None


def arrive(
    *, pk: int, by: User, at: datetime, told: Arrival, photos: Iterable[bytes] = (), request_key: str | None = None
) -> GuardEvent:
    """Arrive at the post of one's watch, or of an open one of the team, from an hour before it until its end. Who is
    relieved has then left, as has one's own watch before. Of the position only metres and accuracy are kept.

    Raises: NotFound, NotPermitted, KeyReused, WrongState (another's watch, too early, too late, on guard elsewhere),
    Invalid (too far away, by word without a note, nobody there to relieve, photos).
    """
    with received(photos, MOST_PHOTOS) as uploads:

        def body(journal: Journal, watch: GuardWatch, moment: datetime) -> Mapping[str, Any]:
            _check_may_arrive(watch, by, at)
            how = {**_how(watch, told), "user_id": by.pk, "arrived_at": moment}
            relieved = _relieved(watch, by, told)
            if relieved is not None:
                how["relieves_id"] = relieved.pk
                _end(journal, relieved, by, moment)
            return {"to": PRESENT, "note": checked_note(told.note, is_needed=told.is_by_word), "changes": how}

        given = {"word": told.is_by_word, "note": told.note, "relieves": told.relieves}
        return act(
            ARRIVE,
            pk=pk,
            by=by,
            at=at,
            permission="guard.stand",
            given={**given, "photos": [one.digest for one in uploads]},
            body=body,
            then=lambda event: keep_uploads(WatchPhoto, uploads, event.at, watch_id=event.guard_watch_id, by=by),
            request_key=request_key,
        )


def _check_may_arrive(watch: GuardWatch, by: User, at: datetime) -> None:
    """Raises: WrongState."""
    if watch.user_id not in (None, by.pk):
        raise WrongState(_("This is the watch of %(who)s.") % {"who": watch.user})
    _check_state(watch, PLANNED)
    opens = watch.starts_at - DOOR_OPENS
    if at < opens:
        when = f"{timezone.localtime(opens):%Y-%m-%d %H:%M}"
        raise WrongState(_("One arrives at this post from %(when)s on.") % {"when": when})
    elsewhere = GuardWatch.objects.filter(user=by, state=PRESENT).exclude(post=watch.post_id).first()
    if elsewhere is not None:
        raise WrongState(_("You are on guard at another post: leave %(post)s first.") % {"post": elsewhere.post})
    if watch.user_id is None:
        _check_free(watch, by)


def _check_state(watch: GuardWatch, *states: str) -> None:
    """Raises: WrongState."""
    if watch.state not in states:
        now = _(lifecycle.STATES[watch.state].label)
        raise WrongState(_("This is not possible: the watch is now “%(state)s”.") % {"state": now}, state=watch.state)


def _how(watch: GuardWatch, told: Arrival) -> dict[str, Any]:
    """The columns that say how somebody arrived. Raises: Invalid."""
    near = _nearness(watch, told.position)
    known = {"metres": near.metres, "accuracy_m": near.accuracy_m} if near and near.is_known else {}
    if near is not None and near.is_within(watch.post.radius_m):
        return {"is_by_word": False, **known}
    if not told.is_by_word:
        raise Invalid(_why_not(near))
    return {"is_by_word": True, **known}


def _nearness(watch: GuardWatch, position: Position | None) -> Nearness | None:
    if position is None:
        return None
    checked_position(position)
    return nearness((position.longitude, position.latitude), watch.post.point, position.accuracy_m)


def _why_not(near: Nearness | None) -> str:
    if near is None or not near.is_known:
        return _("The telephone does not know where you are. Arrive by your word and write why.")
    told = {"metres": near.metres}
    return _("You are about %(metres)s m away from the post. Go there, or arrive by your word and write why.") % told


def _relieved(watch: GuardWatch, by: User, told: Arrival) -> GuardWatch | None:
    """The watch that this one takes over, its row locked. Raises: Invalid (nobody stands there on it)."""
    there = standing_at(watch.post_id, but=watch.pk).select_for_update(of=("self",), no_key=True)
    own = there.filter(user=by).first()
    if told.relieves is None or own is not None:
        return own
    found = there.filter(pk=told.relieves if 0 < told.relieves < MOST_ID else 0).first()
    if found is None or (found.hours_id, found.on) == (watch.hours_id, watch.on):
        raise Invalid(fields={"relieves": _("Nobody is there to be relieved on this watch.")})
    return found


def _end(journal: Journal, watch: GuardWatch, by: User, moment: datetime) -> None:
    """Record that a watch ended because the next one has come."""
    at = in_order(watch, moment)
    journal.record(watch, RELIEVED, at=at, by=by, to=DONE, changes={"left_at": at})


def leave_post(*, pk: int, by: User, at: datetime, note: str = "", request_key: str | None = None) -> GuardEvent:
    """Leave the post; who leaves more than ten minutes before the end says why.

    Raises: NotFound, NotPermitted, KeyReused, WrongState (not on guard), Invalid (no reason).
    """

    def body(journal: Journal, watch: GuardWatch, moment: datetime) -> Mapping[str, Any]:
        if watch.user_id != by.pk:
            raise WrongState(_("This is the watch of %(who)s.") % {"who": watch.user or "–"})
        _check_state(watch, PRESENT)
        is_early = watch.ends_at - at > EARLY_LEAVE
        return {"to": DONE, "note": checked_note(note, is_needed=is_early), "changes": {"left_at": moment}}

    given = {"note": note}
    return act(LEAVE, pk=pk, by=by, at=at, permission="guard.stand", given=given, body=body, request_key=request_key)


def report_absence(*, pk: int, by: User, at: datetime, reason: str, request_key: str | None = None) -> GuardEvent:
    """Say why nobody comes, or came, to a watch; it climbs the ladder no further, and its leader is told.

    Raises: NotFound, NotPermitted, KeyReused, WrongState (somebody came), Invalid (no reason).
    """

    def body(journal: Journal, watch: GuardWatch, moment: datetime) -> Mapping[str, Any]:
        _check_state(watch, *lifecycle.WAITING)
        return {"to": ABSENT, "note": checked_note(reason, "reason", is_needed=True)}

    given = {"reason": reason}
    return act(ABSENCE, pk=pk, by=by, at=at, permission="guard.excuse", given=given, body=body, request_key=request_key)


def assign_watch(
    *, pk: int, by: User, at: datetime, user: int, reason: str, request_key: str | None = None
) -> GuardEvent:
    """Give a watch that has not begun to another member of the team, with a reason; planning leaves it so.

    Raises: NotFound, NotPermitted, KeyReused, WrongState (it has begun), Invalid (no reason; the person is away, has
    another watch at these hours, is not of the team).
    """

    def body(journal: Journal, watch: GuardWatch, moment: datetime) -> Mapping[str, Any]:
        _check_state(watch, PLANNED, ABSENT)
        if watch.starts_at <= at:
            raise WrongState(_("This watch has begun. What happened stays as it was."))
        person = member_of(watch.team, user, "user")
        _check_free(watch, person)
        changes = {"user_id": person.pk, "is_by_hand": True}
        return {"to": PLANNED, "note": checked_note(reason, "reason", is_needed=True), "changes": changes}

    given = {"user": user, "reason": reason}
    return act(ASSIGN, pk=pk, by=by, at=at, permission="guard.plan", given=given, body=body, request_key=request_key)


def _check_free(watch: GuardWatch, person: User) -> None:
    """Refuse whoever is away or has another watch at these hours. Raises: Invalid."""
    if leaves_between([person.pk], watch.on, watch.on):
        raise Invalid(fields={"user": _("%(who)s is away on that day.") % {"who": person}})
    others = GuardWatch.objects.filter(user=person, period__overlap=watch.period, state__in=(PLANNED, PRESENT, DONE))
    if others.exclude(pk=watch.pk).exists():
        raise Invalid(fields={"user": _("%(who)s has another watch at these hours.") % {"who": person}})
