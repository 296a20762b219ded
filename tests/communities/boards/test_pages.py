"""Pages with which the office keeps boards: lists, forms, photos, sheets; who sees what, and at which cost."""

import io
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from citymgmt.papers.fonts import PangoMissing
from citymgmt.photos.actions import process_photos
from communities.boards import actions
from communities.boards.actions import BoardTold, CardTold
from communities.models import Board, Portrait, PublicCard, PublicOffice
from tests.communities.boards.boards import CARD, NOW, ONE_DAY, Square
from tests.photos.pictures import photo

LIST, CARDS, OFFICE = "/communities/boards/", "/communities/boards/cards/", "/communities/boards/office/"
MOST = 12


@pytest.fixture(autouse=True)
def present(moment: Callable[[Any], None]) -> None:
    """Wednesday morning."""


def upload(width: int = 120, height: int = 90) -> SimpleUploadedFile:
    return SimpleUploadedFile("x.jpg", photo(width, height), "image/jpeg")


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_list_shows_what_waits_first(confirmed: Square, get: Callable[..., Any]) -> None:
    street = confirmed.street
    actions.put_up_board(by=street.clerk, at=NOW, community=street.communities[1].pk, told=BoardTold("菜市场"))
    answer = get(street.clerk, LIST)
    assert [row.board.place for row in answer.context["rows"]] == ["菜市场", "南门宣传栏"]
    assert ("1 board to renew" in words(answer), answer.context["may_keep"]) == (True, False)
    assert len(answer.context["communities"]) == 2
    own = get(confirmed.officer, LIST).context
    assert ([row.board.place for row in own["rows"]], len(own["communities"])) == (["南门宣传栏"], 1)
    admin = get(street.admin, LIST).context
    assert (len(admin["rows"]), admin["communities"], admin["may_keep"], admin["may_confirm"]) == (2, [], True, False)
    assert get(confirmed.district.other.clerk, LIST).context["rows"] == []
    get(street.teamleader, LIST, 403)


def test_a_board_that_was_not_renewed_in_time_is_marked(
    square: Square, get: Callable[..., Any], moment: Callable[[Any], None]
) -> None:
    moment(NOW + 7 * ONE_DAY)
    assert [row.is_late for row in get(square.street.clerk, LIST).context["rows"]] == [True]


def test_a_board_is_entered_moved_and_taken_down(square: Square, send: Callable[..., Any]) -> None:
    clerk = square.street.clerk
    new = f"{LIST}in/{square.community.code}/new/"
    answer = send(clerk, new, place="北门", longitude="113.5", latitude="23.1")
    board = Board.objects.get(place="北门")
    assert (answer.status_code, answer["Location"]) == (302, board.get_absolute_url())
    assert send(clerk, new, place="北门").status_code == 422
    page = board.get_absolute_url()
    assert send(clerk, f"{page}change/", place="东门", longitude="", latitude="")["Location"] == page
    assert send(clerk, f"{page}take-down/", reason="拆除")["Location"] == LIST
    board.refresh_from_db()
    assert (board.place, board.state) == ("东门", "down")
    refused = send(clerk, f"{page}change/", place="西门")
    assert (refused.status_code, "This board was taken down." in words(refused)) == (409, True)


def test_a_board_is_confirmed_and_shows_its_photo(
    square: Square, send: Callable[..., Any], get: Callable[..., Any]
) -> None:
    page = square.board.get_absolute_url()
    assert send(square.officer, f"{page}confirm/").status_code == 422
    answer = send(square.officer, f"{page}confirm/", photos=upload(), note="已张贴")
    assert (answer["Location"], square.now().state) == (page, "right")
    assert "being prepared" in words(get(square.officer, page))
    process_photos(now=timezone.now)
    shown = get(square.officer, page)
    shot = shown.context["history"][0].photos[0]
    assert shot.thumbnail_url in shown.content.decode()
    assert get(square.officer, shot.url)["Content-Type"] == "image/jpeg"
    get(square.officer, shot.url.replace("picture", "x"), 404)
    get(square.street.officer2, shot.url, 404)
    get(square.street.officer2, page, 404)


def test_what_changed_while_the_form_was_open_is_said(square: Square, client: Client) -> None:
    client.force_login(square.officer)
    page = f"{square.board.get_absolute_url()}confirm/"
    form = client.get(page).context["form"]
    told = {"seen": form["seen"].value(), "request_key": form["request_key"].value(), "photos": upload()}
    actions.save_card(by=square.street.admin, at=NOW, username=square.officer.username, told=CardTold("020-1234567"))
    answer = client.post(page, told)
    assert (answer.status_code, "Print the new sheet." in words(answer)) == (409, True)


def test_the_community_shows_its_boards_to_whom_they_concern(square: Square, get: Callable[..., Any]) -> None:
    page = f"/communities/{square.community.code}/"
    for person, sees in (
        (square.street.clerk, True),
        (square.street.admin, True),
        (square.officer, True),
        (square.street.officer2, False),
        (square.street.teamleader, False),
    ):
        answer = get(person, page)
        assert ("南门宣传栏" in answer.content.decode(), answer.context["sees_boards"]) == (sees, sees)


def test_cards_are_kept(square: Square, send: Callable[..., Any], get: Callable[..., Any]) -> None:
    leader, person = square.street.leader, square.street.officer2
    assert "no card yet" in words(get(leader, CARDS))
    page = f"{CARDS}{person.username}/"
    assert send(leader, page, phone="13800138000").status_code == 422
    answer = send(leader, page, phone="020-80003333", duties="巡查", photos=upload(90, 120), consent_on="2026-03-04")
    assert (answer["Location"], PublicCard.objects.get(user=person).duties) == (page, "巡查")
    get(leader, f"{page}portrait/", 404)
    assert "Consent given on 2026-03-04. being prepared" in words(get(leader, page))
    process_photos(now=timezone.now)
    assert get(leader, f"{page}portrait/")["Content-Type"] == "image/jpeg"
    assert "with consent" in words(get(leader, CARDS))
    withdrawn = send(leader, page, action=f"{page}withdraw/")
    assert (withdrawn["Location"], Portrait.objects.count()) == (page, 0)
    get(square.street.clerk, page, 403)
    get(square.district.other.leader, page, 404)


def test_the_office_is_kept(square: Square, send: Callable[..., Any], get: Callable[..., Any]) -> None:
    admin = square.street.admin
    PublicOffice.objects.all().delete()
    assert "No supervision phone is entered" in words(get(admin, CARDS))
    assert send(admin, OFFICE, phone="020-55556666", hours="9:00")["Location"] == CARDS
    assert PublicOffice.objects.get().phone == "020-55556666"
    assert get(admin, OFFICE).context["form"]["phone"].value() == "020-55556666"
    get(square.street.clerk, OFFICE, 403)


def text_of(pdf: bytes) -> list[str]:
    """The words of each page of a PDF."""
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def test_sheets_are_printed(square: Square, get: Callable[..., Any]) -> None:
    sheet = f"{LIST}sheets/a3/{square.community.code}/"
    answer = get(square.officer, sheet)
    (page,) = text_of(answer.content)
    assert answer["Content-Type"] == "application/pdf"
    for one in ("社区城市管理责任人公示牌", square.community.name_zh, CARD.phone, CARD.badge_number, "020-12345"):
        assert one in page
    assert len(text_of(get(square.street.clerk, f"{LIST}sheets/a4/").content)) == 2
    for person, address in (
        (square.officer, f"{LIST}sheets/a5/"),
        (square.street.officer2, sheet),
        (square.street.teamleader, sheet),
        (square.district.other.clerk, sheet),
    ):
        get(person, address, 404)
    get(square.street.teamleader, f"{LIST}sheets/a4/", 403)


def test_without_pango_the_sheet_says_so(
    square: Square, get: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(posters: Any, size: str) -> bytes:
        raise PangoMissing

    monkeypatch.setattr("communities.boards.views.printing.poster_pdf", fail)
    answer = get(square.street.clerk, f"{LIST}sheets/a4/", 503)
    assert "the server lacks the text library Pango" in words(answer)


def test_queries_do_not_grow(confirmed: Square, client: Client) -> None:
    board, street = confirmed.board, confirmed.street
    pages = {
        LIST: street.leader,
        CARDS: street.leader,
        f"{CARDS}{street.officer.username}/": street.leader,
        board.get_absolute_url(): street.leader,
        f"{board.get_absolute_url()}confirm/": street.leader,
        f"/communities/{confirmed.community.code}/": street.leader,
    }

    def costs() -> dict[str, int]:
        found = {}
        for address, person in pages.items():
            client.force_login(person)
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            found[address] = len(queries)
        return found

    few = costs()
    for number in range(10):
        actions.put_up_board(
            by=street.clerk, at=NOW, community=confirmed.community.pk, told=BoardTold(f"{number}号宣传栏")
        )
        confirmed.confirm(NOW + (number + 1) * ONE_DAY, photo=photo(64 + number, 32))
    many = costs()
    assert ({one for one in many if many[one] > few[one]}, max(many.values()) <= MOST) == (set(), True)
