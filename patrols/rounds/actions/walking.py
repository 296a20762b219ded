"""Walking a round, on the phone: start, check in at a point, skip one, finish. Every request may come twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from citymgmt.people.models import User
from citymgmt.photos.actions import Upload, received
from citymgmt.refusals import Invalid, NotFound, WrongState
from patrols.rounds.actions.frame import act, checked_note, skipped
from patrols.rounds.actions.photos import MOST_PHOTOS
from patrols.rounds.lifecycle import TRANSITIONS
from patrols.rounds.models import PatrolRound, RoundEvent, Visit
from patrols.rounds.nearness import Nearness, nearness
from patrols.rounds.querysets import MOST_POINTS, walked_by
from patrols.teams.actions import Position
from patrols.teams.actions.attendance import checked_position
from patrols.teams.models import DOOR_OPENS


@dataclass(frozen=True)
class CheckIn:
    """How somebody says to be at a point: where the device is, the code on the sign, or one's word with a note."""

    position: Position | None = None
    code: str = ""
    is_by_word: bool = False
    note: str = ""


def start_round(*, pk: int, by: User, at: datetime, request_key: str | None = None) -> RoundEvent:
    """Begin to walk a round, from an hour before its shift on; late as well, until it has ended as missed.

    Raises: NotFound, NotPermitted, KeyReused, WrongState (too early; another round is being walked; not appointed).
    """

    def body(round_: PatrolRound, moment: datetime) -> dict[str, Any]:
        _check_walks_none(by)
        opens = round_.starts_at - DOOR_OPENS
        if at < opens:
            when = f"{timezone.localtime(opens):%Y-%m-%d %H:%M}"
            raise WrongState(_("This round can be started from %(when)s on.") % {"when": when})
        return {"changes": {"walker_id": by.pk, "started_at": moment}}

    try:
        return act(TRANSITIONS["start"], body, pk=pk, by=by, at=at, asked={}, request_key=request_key)
    except IntegrityError:  # the person started another round at the same moment
        _check_walks_none(by)
        raise


def _check_walks_none(by: User) -> None:
    other = walked_by(by)
    if other is not None:
        raise WrongState(_("You are walking another round: finish %(round)s first.") % {"round": other})


def see_point(
    *,
    pk: int,
    ordinal: int,
    by: User,
    at: datetime,
    told: CheckIn,
    photos: Iterable[bytes] = (),
    request_key: str | None = None,
) -> RoundEvent:
    """Check in at a point of the round that one walks; of the position only metres and accuracy are kept.

    Raises: NotFound, NotPermitted, KeyReused, WrongState (not the walker, no longer ahead), Invalid (too far away; by
    word without a note; another code; too many photos, or one that is none).
    """

    def body(round_: PatrolRound, moment: datetime) -> dict[str, Any]:
        visit = _ahead(round_, ordinal, by)
        columns = {"state": Visit.State.SEEN.value, "at": moment, **_how(visit, told)}
        return {"parts": [(visit, columns)], "note": columns["note"]}

    with received(photos, MOST_PHOTOS) as uploads:
        return act(
            TRANSITIONS["see"],
            body,
            pk=pk,
            by=by,
            at=at,
            asked=_asked(ordinal, told, uploads),
            request_key=request_key,
            uploads=uploads,
        )


def _asked(ordinal: int, told: CheckIn, uploads: Sequence[Upload]) -> dict[str, Any]:
    """What tells a resend from another request; a resend may come from a few steps further on."""
    photos = [one.digest for one in uploads]
    return {"ordinal": ordinal, "code": told.code, "word": told.is_by_word, "note": told.note, "photos": photos}


def _ahead(round_: PatrolRound, ordinal: int, by: User) -> Visit:
    """The point that the walker of the round has still ahead. Raises: NotFound, WrongState."""
    _check_walker(round_, by)
    visit = round_.visits.select_related("point").filter(ordinal=ordinal).first() if ordinal < MOST_POINTS else None
    if visit is None:
        raise NotFound
    if visit.state != Visit.State.AHEAD:
        told = {"point": visit.point, "state": visit.get_state_display()}
        raise WrongState(_("%(point)s: already %(state)s.") % told)
    return visit


def _check_walker(round_: PatrolRound, by: User) -> None:
    if round_.walker_id != by.pk:
        raise WrongState(_("%(who)s is walking this round.") % {"who": round_.walker})


def _how(visit: Visit, told: CheckIn) -> dict[str, Any]:
    """The columns that say how somebody checked in. Raises: Invalid."""
    note = checked_note(told.note)
    if told.code:
        if told.code != visit.point.code:
            raise Invalid(_("This is the code of another point."))
        return {"way": Visit.Way.CODE.value, "note": note}
    near = _nearness(visit, told.position)
    known = {"metres": near.metres, "accuracy_m": near.accuracy_m} if near and near.is_known else {}
    if near is not None and near.is_near:
        return {"way": Visit.Way.POSITION.value, "note": note, **known}
    if not told.is_by_word:
        raise Invalid(_why_not(near))
    return {"way": Visit.Way.WORD.value, "note": checked_note(told.note, is_needed=True), **known}


def _nearness(visit: Visit, position: Position | None) -> Nearness | None:
    if position is None:
        return None
    checked_position(position)
    point = (float(visit.point.longitude), float(visit.point.latitude))
    return nearness((position.longitude, position.latitude), point, position.accuracy_m)


def _why_not(near: Nearness | None) -> str:
    if near is None or not near.is_known:
        return _("The telephone does not know where you are. Check in by your word and write why, or scan the sign.")
    told = {"metres": near.metres}
    return _("You are about %(metres)s m away from the point. Go there, or check in by your word and write why.") % told


def skip_point(
    *, pk: int, ordinal: int, by: User, at: datetime, note: str, request_key: str | None = None
) -> RoundEvent:
    """Leave a point out of the round that one walks, and say why.

    Raises: NotFound, NotPermitted, KeyReused, WrongState (not the walker, no longer ahead), Invalid (no reason).
    """

    def body(round_: PatrolRound, moment: datetime) -> dict[str, Any]:
        reason = checked_note(note, is_needed=True)
        return {"parts": [skipped(_ahead(round_, ordinal, by), moment, reason)], "note": reason}

    asked = {"ordinal": ordinal, "note": note}
    return act(TRANSITIONS["skip"], body, pk=pk, by=by, at=at, asked=asked, request_key=request_key)


def finish_round(*, pk: int, by: User, at: datetime, note: str = "", request_key: str | None = None) -> RoundEvent:
    """End the round that one walks. What is still ahead is skipped for the reason in `note`, which is then needed.

    Raises: NotFound, NotPermitted, KeyReused, WrongState (not the walker; no point was seen), Invalid (no reason).
    """

    def body(round_: PatrolRound, moment: datetime) -> dict[str, Any]:
        _check_walker(round_, by)
        visits = list(round_.visits.order_by("ordinal"))
        if not any(one.state == Visit.State.SEEN for one in visits):
            raise WrongState(_("No point was seen: this round was not walked. Your team leader can excuse it."))
        ahead = [one for one in visits if one.state == Visit.State.AHEAD]
        if ahead and not note.strip():
            raise Invalid(fields={"note": _still_ahead(len(ahead))})
        reason = checked_note(note)
        parts = [skipped(one, moment, reason) for one in ahead]
        return {"changes": {"ended_at": moment}, "parts": parts, "note": reason}

    return act(TRANSITIONS["finish"], body, pk=pk, by=by, at=at, asked={"note": note}, request_key=request_key)


def _still_ahead(count: int) -> str:
    told = ngettext(
        "%(count)s point is still ahead: say why it is left out.",
        "%(count)s points are still ahead: say why they are left out.",
        count,
    )
    return told % {"count": count}
