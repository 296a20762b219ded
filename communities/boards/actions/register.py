"""The register of boards: which stand where."""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.bulk import next_id
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import Invalid
from citymgmt.worktime.repeats import digest_of, earlier_answer, once, scoped_key
from citymgmt.worktime.rules import current_rules
from citymgmt.written import faults_of
from communities.boards.actions.frame import act
from communities.boards.journal import NO_LADDER, Journal, to_be_renewed
from communities.boards.lifecycle import CHANGE, DOWN, PUT_UP, RENEW, TAKE_DOWN
from communities.boards.querysets import boards_of
from communities.models import Board, BoardEvent, Community
from communities.models.boards import LONGEST_PLACE
from communities.querysets import locked_community

LONGEST_REASON = 200  # characters


@dataclass(frozen=True)
class BoardTold:
    """Where a board stands, in words, and on the map where that is known (WGS-84 degrees)."""

    place: str
    longitude: Decimal | None = None
    latitude: Decimal | None = None


def put_up_board(
    *, by: User, at: datetime, community: int, told: BoardTold, request_key: str | None = None
) -> BoardEvent:
    """Enter a board that stands in a community. Until somebody confirms it with a photo, it is to be renewed.

    Raises: NotFound, NotPermitted, KeyReused, Invalid.
    """
    digest = digest_of(PUT_UP, str(community), asdict(told))
    answer = partial(earlier_answer, BoardEvent, by, request_key, digest)

    def act_now() -> BoardEvent:
        place = locked_community(community)
        earlier = answer()
        if earlier is not None:
            return earlier
        require(by, "board.place", place, on=timezone.localdate(at))
        board, rules = Board(id=next_id(Board), community=place, state=RENEW), current_rules()
        journal = Journal([board], rules)
        changes = {**_columns(place, told), **to_be_renewed(at, rules)}
        keys: dict[str, Any] = {"request_key": scoped_key(by, request_key), "request_digest": digest}
        event = journal.record(board, PUT_UP, at=at, by=by, to=RENEW, changes=changes, **keys)
        journal.write()
        return event

    return once(act_now, answer)


def change_board(*, by: User, at: datetime, pk: int, told: BoardTold, request_key: str | None = None) -> BoardEvent:
    """Say anew where a board stands. Raises: NotFound, NotPermitted, KeyReused, WrongState, Invalid."""

    def body(journal: Journal, board: Board, moment: datetime) -> dict[str, Any]:
        return {"changes": _columns(board.community, told, but=board.pk)}

    given = asdict(told)
    return act(CHANGE, pk=pk, by=by, at=at, permission="board.place", given=given, body=body, request_key=request_key)


def take_down_board(*, by: User, at: datetime, pk: int, reason: str, request_key: str | None = None) -> BoardEvent:
    """Note that a board stands no longer, and why. Raises: NotFound, NotPermitted, KeyReused, WrongState, Invalid."""

    def body(journal: Journal, board: Board, moment: datetime) -> dict[str, Any]:
        faults = faults_of(reason.strip(), LONGEST_REASON, is_needed=True)
        if faults:
            raise Invalid(fields={"reason": faults})
        return {"to": DOWN, "note": reason.strip(), "changes": NO_LADDER}

    given, permission = {"reason": reason}, "board.place"
    return act(TAKE_DOWN, pk=pk, by=by, at=at, permission=permission, given=given, body=body, request_key=request_key)


def _columns(community: Community, told: BoardTold, but: int = 0) -> dict[str, Any]:
    """The columns that say where a board stands. Raises: Invalid."""
    place = told.place.strip()
    faults: dict[str, Any] = {}
    if written := faults_of(place, LONGEST_PLACE, is_needed=True):
        faults["place"] = written
    elif boards_of(community).filter(place=place).exclude(pk=but).exists():
        faults["place"] = _("A board of this place is entered already.")
    if (told.longitude is None) != (told.latitude is None):
        faults["longitude"] = _("Give both coordinates or none.")
    elif told.longitude is not None and told.latitude is not None and not _is_on_earth(told.longitude, told.latitude):
        faults["longitude"] = _("This point does not lie on the earth.")
    if faults:
        raise Invalid(fields=faults)
    return {"place": place, "longitude": told.longitude, "latitude": told.latitude}


def _is_on_earth(longitude: Decimal, latitude: Decimal) -> bool:
    return abs(longitude) <= 180 and abs(latitude) <= 90
