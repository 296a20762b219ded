"""A board is confirmed: somebody saw that it shows what it must, and a photo shows it."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.people.models import User
from citymgmt.photos.actions import keep_uploads, received
from citymgmt.refusals import Invalid, Stale
from citymgmt.written import faults_of
from communities.boards.actions.frame import act
from communities.boards.journal import NO_LADDER, Journal
from communities.boards.lifecycle import CONFIRM, RIGHT
from communities.boards.querysets import contents_on
from communities.models import Board, BoardEvent, BoardPhoto

LONGEST_NOTE = 200  # characters


def confirm_board(
    *,
    by: User,
    at: datetime,
    pk: int,
    seen: str,
    photo: bytes | None,
    note: str = "",
    request_key: str | None = None,
) -> BoardEvent:
    """Confirm with a photo that a board shows what it must. `seen` is the digest of what that was when somebody went to
    look; when it has changed since, the board is not confirmed. A board that is right can be confirmed anew.

    Raises: NotFound, NotPermitted, KeyReused, WrongState (taken down), Stale (it must show something else by now),
    Invalid (no photo, or one that is none).
    """
    if photo is None:
        raise Invalid(fields={"photos": _("A photo must show the board as it stands.")})
    with received([photo], 1) as uploads:

        def body(journal: Journal, board: Board, moment: datetime) -> dict[str, Any]:
            digest = contents_on([board.community], timezone.localdate(at))[board.community_id].digest
            if seen != digest:
                raise Stale(_("What this board must show has changed in the meantime. Print the new sheet."))
            if faults := faults_of(note.strip(), LONGEST_NOTE):
                raise Invalid(fields={"note": faults})
            changes = {**NO_LADDER, "confirmed_digest": digest, "confirmed_at": moment}
            return {"to": RIGHT, "note": note.strip(), "changes": changes}

        return act(
            CONFIRM,
            pk=pk,
            by=by,
            at=at,
            permission="board.confirm",
            given={"seen": seen, "note": note, "photo": uploads[0].digest},
            body=body,
            then=lambda event: keep_uploads(BoardPhoto, uploads, event.at, event=event, by=by),
            request_key=request_key,
        )
