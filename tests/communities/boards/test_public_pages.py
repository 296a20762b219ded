"""What anybody may read: who answers, who acts today, how to reach them; nothing private in it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from psycopg2.extras import DateRange

from citymgmt.people.models import User
from citymgmt.photos.actions import process_photos
from communities.actions import assign_officer, end_assignment, grant_leave
from communities.boards import actions
from communities.boards.actions import CardTold, PortraitTold
from communities.models import Community, KeyPlace, OfficerAssignment
from tests.communities.boards.boards import CARD, NOW, ONE_DAY, TODAY, Square
from tests.office import SINCE, user
from tests.photos.pictures import photo

LIST = "/boards/"
MOST = 12


@pytest.fixture(autouse=True)
def present(moment: Callable[[Any], None]) -> None:
    """Wednesday morning."""


def page_of(square: Square) -> str:
    return reverse("public_boards:community", args=[square.community.code])


def shown(client: Client, address: str, status: int = 200) -> str:
    """The words of a page for somebody without a log-in, in English."""
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == status, address
    main = answer.content.decode().split("<main", 1)[1].split("</main>")[0]
    words = re.sub(r"<script.*?</script>|<[^>]+>", " ", main, flags=re.DOTALL)
    return " ".join(words.split())


def by_leader(square: Square, **more: Any) -> dict[str, Any]:
    return {"by": square.street.leader, "at": NOW, **more}


def with_deputy(square: Square) -> User:
    deputy = square.street.officer2
    assign_officer(**by_leader(square), community=square.community, user=deputy, part="deputy", from_on=TODAY)
    actions.save_card(**by_leader(square), username=deputy.username, told=CardTold("020-80002222"))
    User.objects.filter(pk=deputy.pk).update(display_name="林秀英")
    return deputy


def test_the_page_of_a_community(square: Square, client: Client) -> None:
    User.objects.filter(pk=square.officer.pk).update(display_name="陈志远", office_phone="13800138000")
    Community.objects.filter(pk=square.community.pk).update(office_phone="020-7", office_address="一号")
    words = shown(client, page_of(square))
    for one in ("陈志远", CARD.phone, CARD.badge_number, CARD.duties, CARD.hours, "020-7", "一号", "020-12345"):
        assert one in words
    for private in (square.officer.username, "13800138000", "@example.org"):
        assert private not in words
    html = client.get(page_of(square)).content.decode()
    assert f'href="tel:{CARD.phone}"' in html
    assert f'href="/report/?community={square.community.code}"' in html


def test_a_log_in_name_never_stands_for_a_name(square: Square, client: Client) -> None:
    User.objects.filter(pk=square.officer.pk).update(display_name="")
    for address in (LIST, page_of(square)):
        words = shown(client, address)
        assert ("name to follow" in words, square.officer.username in words) == (True, False)


def test_on_leave_the_deputy_acts(square: Square, client: Client) -> None:
    with_deputy(square)
    assert "Deputy 林秀英 020-80002222" in shown(client, page_of(square))
    grant_leave(**by_leader(square), user=square.officer, from_on=TODAY, until_on=TODAY)
    words = shown(client, page_of(square))
    assert "on leave today" in words
    assert "Acting today: 林秀英 · 020-80002222" in words
    assert "Acting today: 林秀英" in shown(client, LIST)


def test_on_leave_without_a_deputy(square: Square, client: Client) -> None:
    grant_leave(**by_leader(square), user=square.officer, from_on=TODAY, until_on=TODAY)
    assert "Nobody stands in today. Please call the office." in shown(client, page_of(square))
    deputy = with_deputy(square)
    grant_leave(**by_leader(square), user=deputy, from_on=TODAY, until_on=TODAY)
    assert "Nobody stands in today." in shown(client, page_of(square))


def test_a_vacant_post_is_said_plainly(square: Square, client: Client) -> None:
    Community.objects.filter(pk=square.community.pk).update(office_phone="020-7")
    assignment = square.community.assignments.get(user=square.officer)
    end_assignment(**by_leader(square), assignment=assignment, last_on=TODAY - ONE_DAY)
    words = shown(client, page_of(square))
    assert ("The post is vacant" in words, "020-7" in words, CARD.phone in words) == (True, True, False)
    assert "post vacant" in shown(client, LIST)
    with_deputy(square)
    assert "Acting today: 林秀英" in shown(client, page_of(square))


def test_what_is_not_there(square: Square, client: Client) -> None:
    Community.objects.filter(pk=square.community.pk).update(is_active=False)
    for code in (square.community.code, "440106001009", "x"):
        shown(client, reverse("public_boards:community", args=[code]), 404)
        shown(client, reverse("public_boards:portrait", args=[code]), 404)
    assert square.community.name_zh not in shown(client, LIST)


def test_a_portrait_is_served_while_it_stands_on_a_board(square: Square, client: Client) -> None:
    address = reverse("public_boards:portrait", args=[square.community.code])
    assert client.get(address).status_code == 404
    told = {"username": square.officer.username, "told": CARD, "portrait": PortraitTold(photo(90, 120), TODAY)}
    actions.save_card(**by_leader(square), **told)
    assert client.get(address).status_code == 404  # not developed yet
    process_photos(now=timezone.now)
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"], answer.content[:3]) == (200, "image/jpeg", b"\xff\xd8\xff")
    assert address in client.get(page_of(square)).content.decode()
    assert client.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304
    assignment = square.community.assignments.get(user=square.officer)
    end_assignment(**by_leader(square), assignment=assignment, last_on=TODAY - ONE_DAY)
    assert client.get(address).status_code == 404
    other = reverse("public_boards:portrait", args=[square.street.communities[1].code])
    assert client.get(other).status_code == 404


SQUARE_OF_EARTH = {
    "type": "Polygon",
    "coordinates": [[[113.3, 23.1], [113.4, 23.1], [113.4, 23.2], [113.3, 23.2], [113.3, 23.1]]],
}


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("", ["甲街第1社区", "甲街第2社区", "乙街第1社区", "乙街第2社区"]),
        ("?q=甲街第", ["甲街第1社区", "甲街第2社区"]),
        ("?q=440106002001", ["乙街第1社区"]),
        ("?q=榕荫路16号", ["甲街第2社区"]),
        ("?q=圩街", ["乙街第2社区"]),
        ("?q=无此地", []),
        ("?longitude=113.35&latitude=23.15", ["乙街第1社区"]),
        ("?longitude=1&latitude=1", []),
        ("?longitude=113.35", ["甲街第1社区", "甲街第2社区", "乙街第1社区", "乙街第2社区"]),
    ],
)
def test_finding(square: Square, client: Client, question: str, found: list[str]) -> None:
    street, other = square.street, square.district.other
    Community.objects.filter(pk=street.communities[1].pk).update(office_address="榕荫路16号")
    Community.objects.filter(pk=other.communities[0].pk).update(boundary=SQUARE_OF_EARTH)
    KeyPlace.objects.create(community=other.communities[1], kind="street", name_zh="旧圩街")
    words = shown(client, LIST + question)
    assert re.findall(r"[甲乙]街第\d社区", words) == found
    assert ("You stand in this community" in words) is ("longitude=113.35&" in question)


@pytest.mark.parametrize("question", ["?longitude=200&latitude=1", "?q=" + "x" * 61, "?latitude=x"])
def test_what_cannot_be_read_is_said(square: Square, client: Client, question: str) -> None:
    assert "This could not be read." in shown(client, LIST + question, 422)


def test_queries_do_not_grow(square: Square, client: Client) -> None:
    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        return len(found)

    addresses = [LIST, f"{LIST}?q=社区", f"{LIST}?longitude=113.35&latitude=23.15", page_of(square)]
    few = [cost(one) for one in addresses]
    for number in range(10):
        code = f"4401060010{number + 10}"
        place = {"name_zh": f"新{number}社区", "subdistrict": square.street.subdistrict}
        community = Community.objects.create(code=code, **place)
        for part in ("officer", "deputy"):
            person = user(f"new{part}{number}", "officer", subdistrict=square.street.subdistrict)
            OfficerAssignment.objects.create(community=community, user=person, part=part, period=DateRange(SINCE, None))
            actions.save_card(**by_leader(square), username=person.username, told=CARD)
    many = [cost(one) for one in addresses]
    assert (many, max(many) <= MOST) == (few, True)


def test_who_is_logged_in_reads_the_same(square: Square, client: Client, get: Callable[..., Any]) -> None:
    for person in (None, square.street.clerk, square.district.liaison):
        get(person, LIST)
        get(person, page_of(square))


def test_a_leave_that_is_over_is_forgotten(square: Square, client: Client, moment: Callable[[Any], None]) -> None:
    grant_leave(**by_leader(square), user=square.officer, from_on=TODAY, until_on=TODAY)
    moment(NOW + timedelta(days=1))
    assert "on leave" not in shown(client, page_of(square))
