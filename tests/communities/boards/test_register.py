"""Boards are entered, moved and taken down."""

from decimal import Decimal
from typing import Any

import pytest

from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, WrongState
from communities.boards import actions
from communities.boards.actions import BoardTold
from communities.models import Board
from tests.communities.boards.boards import NOW, ONE_DAY, TODAY, Square
from tests.office import District, china
from tests.racing import race

GATE = BoardTold("北门")


def put_up(square: Square, **given: Any) -> Any:
    told = {"by": square.street.clerk, "at": NOW, "community": square.community.pk, "told": GATE, **given}
    return actions.put_up_board(**told)


def test_a_new_board_waits_three_working_days_for_its_first_photo(square: Square) -> None:
    board = square.board
    assert (board.state, board.outdated_on, board.due_at) == ("renew", TODAY, china("2026-03-09 09:00"))
    assert (board.next_check_at, board.version, square.kinds()) == (board.due_at, 1, ["board_put_up"])


@pytest.mark.parametrize("who", ["clerk", "leader", "officer"])
def test_who_enters_and_moves_and_takes_down(square: Square, who: str) -> None:
    by = getattr(square.street, who)
    board = put_up(square, by=by, told=BoardTold(" 北门 ", Decimal("113.5"), Decimal("23.1"))).board
    assert (board.place, board.longitude, board.latitude) == ("北门", Decimal("113.5"), Decimal("23.1"))
    actions.change_board(by=by, at=NOW, pk=board.pk, told=BoardTold("东门"))
    actions.take_down_board(by=by, at=NOW, pk=board.pk, reason="围墙拆除")
    board.refresh_from_db()
    assert (board.place, board.longitude, board.state, board.next_check_at) == ("东门", None, "down", None)


@pytest.mark.parametrize("who", ["admin", "teamleader", "member", "secadmin", "auditor"])
def test_who_does_not(square: Square, who: str) -> None:
    by = getattr(square.street, who)
    with pytest.raises(NotPermitted):
        put_up(square, by=by)
    with pytest.raises(NotPermitted if who == "admin" else NotFound):
        actions.change_board(by=by, at=NOW, pk=square.board.pk, told=GATE)
    assert square.kinds() == ["board_put_up"]


def test_an_officer_enters_only_in_the_own_community(square: Square) -> None:
    other = square.street.officer2
    with pytest.raises(NotPermitted):
        put_up(square, by=other)
    with pytest.raises(NotFound):
        actions.take_down_board(by=other, at=NOW, pk=square.board.pk, reason="x")
    with pytest.raises(NotFound):
        put_up(square, by=square.district.other.clerk)
    with pytest.raises(NotFound):
        put_up(square, community=0)
    with pytest.raises(NotFound):
        actions.take_down_board(by=other, at=NOW, pk=0, reason="x")


@pytest.mark.parametrize(
    ("told", "field", "sentence"),
    [
        (BoardTold("  "), "place", "Please fill this in."),
        (BoardTold("长" * 121), "place", "At most 120 characters."),
        (BoardTold("南门宣传栏"), "place", "A board of this place is entered already."),
        (BoardTold("北门", Decimal(1)), "longitude", "Give both coordinates or none."),
        (BoardTold("北门", Decimal(1), Decimal(91)), "longitude", "This point does not lie on the earth."),
    ],
)
def test_what_is_refused(square: Square, english: None, told: BoardTold, field: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        put_up(square, told=told)
    assert refused.value.fields == {field: [sentence]}


def test_a_place_may_stay_and_is_free_again_once_the_board_is_down(square: Square, english: None) -> None:
    by = square.street.clerk
    actions.change_board(by=by, at=NOW, pk=square.board.pk, told=BoardTold("南门宣传栏"))
    with pytest.raises(Invalid) as refused:
        actions.take_down_board(by=by, at=NOW, pk=square.board.pk, reason=" ")
    assert refused.value.fields == {"reason": ["Please fill this in."]}
    actions.take_down_board(by=by, at=NOW, pk=square.board.pk, reason="损坏")
    with pytest.raises(WrongState):
        actions.change_board(by=by, at=NOW, pk=square.board.pk, told=GATE)
    assert put_up(square, told=BoardTold("南门宣传栏")).board.pk != square.board.pk


def test_a_resend_acts_once(square: Square) -> None:
    first, again = (put_up(square, request_key="a") for _ in range(2))
    assert (first.pk, Board.objects.count()) == (again.pk, 2)
    with pytest.raises(KeyReused):
        put_up(square, request_key="a", told=BoardTold("西门"))


def test_a_board_taken_down_at_once_twice_goes_once(committed: District, media: Any) -> None:
    from tests.communities.boards.boards import square_of

    square = square_of(committed)

    def take_down() -> Any:
        given = {"pk": square.board.pk, "reason": "损坏"}
        return actions.take_down_board(by=square.street.clerk, at=NOW + ONE_DAY, **given)

    answers = race([take_down] * 2)
    assert sorted(type(one).__name__ for one in answers) == ["BoardEvent", "WrongState"]
    assert square.kinds() == ["board_put_up", "board_take_down"]
