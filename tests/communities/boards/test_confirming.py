"""A board is confirmed with a photo, as it was seen."""

from typing import Any

import pytest
from django.utils import timezone

from citymgmt.photos.actions import process_photos
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Stale, WrongState
from communities.boards import actions
from communities.models import BoardPhoto
from tests.communities.boards.boards import CARD, NOW, ONE_DAY, Square, square_of
from tests.office import District
from tests.photos.pictures import photo
from tests.racing import race


def test_a_confirmed_board_waits_for_nothing(square: Square) -> None:
    event = square.confirm(note="已张贴")
    board = square.now()
    assert (board.state, board.due_at, board.outdated_on, board.next_check_at) == ("right", None, None, None)
    assert (board.confirmed_digest, board.confirmed_at, event.note) == (square.digest(), NOW, "已张贴")
    process_photos(now=timezone.now)
    shot = BoardPhoto.objects.get()
    assert (shot.event, shot.by, shot.is_ready, "南门宣传栏" in shot.label) == (event, square.officer, True, True)


@pytest.mark.parametrize("who", ["clerk", "leader", "officer"])
def test_who_confirms(square: Square, who: str) -> None:
    square.confirm(by=getattr(square.street, who))
    assert square.now().state == "right"


@pytest.mark.parametrize(
    ("who", "refusal"), [("admin", NotPermitted), ("officer2", NotFound), ("teamleader", NotFound)]
)
def test_who_does_not(square: Square, who: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        square.confirm(by=getattr(square.street, who))
    with pytest.raises(NotFound):
        square.confirm(by=square.district.other.clerk)
    assert square.kinds() == ["board_put_up"]


def test_what_is_refused(square: Square, english: None) -> None:
    for given, fields in (
        ({"photo": None}, {"photos": ["A photo must show the board as it stands."]}),
        ({"photo": b"x"}, {"photos": ["Photo 1: This is no photo: JPEG, PNG, WebP and HEIC can be read."]}),
        ({"note": "长" * 201}, {"note": ["At most 200 characters."]}),
    ):
        with pytest.raises(Invalid) as refused:
            square.confirm(**given)
        assert refused.value.fields == fields
    actions.take_down_board(by=square.street.clerk, at=NOW, pk=square.board.pk, reason="损坏")
    with pytest.raises(WrongState):
        square.confirm()
    assert BoardPhoto.objects.count() == 0


def test_who_saw_an_earlier_content_confirms_nothing(square: Square) -> None:
    seen = square.digest()
    told = {"told": actions.CardTold("020-80002222")}
    actions.save_card(by=square.street.admin, at=NOW, username=square.officer.username, **told)
    with pytest.raises(Stale):
        square.confirm(seen=seen)
    assert square.now().state == "renew"


def test_a_right_board_can_be_confirmed_anew(confirmed: Square) -> None:
    later = NOW + ONE_DAY
    confirmed.confirm(later)
    assert (confirmed.now().confirmed_at, confirmed.kinds().count("board_confirm")) == (later, 2)


def test_a_resend_acts_once(square: Square) -> None:
    first, again = (square.confirm(request_key="a") for _ in range(2))
    assert (first.pk, BoardPhoto.objects.count()) == (again.pk, 1)
    with pytest.raises(KeyReused):
        square.confirm(request_key="a", photo=photo(90, 60))


def test_sent_twice_at_once_it_acts_once(committed: District, media: Any) -> None:
    square = square_of(committed)
    answers = race([lambda: square.confirm(request_key="a").pk] * 2)
    assert (len(set(answers)), square.kinds(), BoardPhoto.objects.count()) == (1, ["board_put_up", "board_confirm"], 1)


def test_a_card_saved_while_a_board_is_confirmed_is_never_missed(committed: District, media: Any) -> None:
    """Whoever comes second sees what the first did: the board is right with the new card, or waits."""
    square = square_of(committed)
    seen = square.digest()
    new = actions.CardTold(**{**vars(CARD), "phone": "020-80003333"})
    given = {"by": square.street.admin, "at": NOW, "username": square.officer.username, "told": new}
    race([lambda: square.confirm(seen=seen), lambda: actions.save_card(**given)])
    assert square.now().state == "renew"
