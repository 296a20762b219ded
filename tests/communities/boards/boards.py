"""A community with a notice board, for tests: Wednesday morning, the officer's card is kept, the board is confirmed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from citymgmt.people.models import User
from communities.boards import actions
from communities.boards.actions import BoardTold, CardTold
from communities.boards.querysets import contents_on
from communities.models import Board, BoardEvent, Community
from tests.office import District, Street, china
from tests.photos.pictures import photo

NOW = china("2026-03-04 09:00")  # a Wednesday
TODAY = date(2026, 3, 4)
ONE_DAY = timedelta(days=1)
CARD = CardTold("020-80001111", "粤A0017", "日常巡查、受理投诉", "周一至周五 9:00-12:00")


@dataclass
class Square:
    """The first street's first community, and its board at the south gate."""

    district: District
    board: Board

    @property
    def street(self) -> Street:
        return self.district.street

    @property
    def community(self) -> Community:
        return self.street.communities[0]

    @property
    def officer(self) -> User:
        return self.street.officer

    def digest(self, on: date = TODAY) -> str:
        """Of what its boards must show on a day."""
        place = Community.objects.select_related("subdistrict").get(pk=self.community.pk)
        return contents_on([place], on)[place.pk].digest

    def confirm(self, at: datetime = NOW, by: User | None = None, **given: Any) -> BoardEvent:
        """The board is confirmed by the officer, who saw what it must show."""
        told = {"seen": self.digest(), "photo": photo(), **given}
        return actions.confirm_board(by=by or self.officer, at=at, pk=self.board.pk, **told)

    def now(self) -> Board:
        """The board as it is in the database."""
        self.board.refresh_from_db()
        return self.board

    def kinds(self) -> list[str]:
        """What happened to the board, in order."""
        return list(self.board.events.order_by("seq").values_list("kind", flat=True))


def square_of(district: District) -> Square:
    """A board that was entered and is not confirmed yet; the officer's card is kept."""
    street = district.street
    given = {"by": street.leader, "at": NOW}
    actions.save_card(**given, username=street.officer.username, told=CARD)
    actions.save_office(**given, phone="020-12345", hours="周一至周五 8:30-17:30")
    event = actions.put_up_board(**given, community=street.communities[0].pk, told=BoardTold("南门宣传栏"))
    return Square(district, Board.objects.get(pk=event.board_id))
