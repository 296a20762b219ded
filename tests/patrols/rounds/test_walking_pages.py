"""Pages of walking: what is next, refusals in place, signs that are scanned, photos, who sees what is whose."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.actions import process_photos
from citymgmt.people.models import User
from patrols.rounds.actions.walking import CheckIn, see_point
from patrols.rounds.models import PatrolRound, RoundEvent, VisitPhoto
from patrols.rounds.querysets import visits_of
from tests.cases.list_pages import words
from tests.hostile.pages import forms_of
from tests.office import china
from tests.patrols.rounds.walks import Walk, near
from tests.patrols.teams import NOW, ONE_DAY, TODAY
from tests.photos.pictures import photo

Get = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("moment")


@pytest.fixture
def get(client: Client) -> Get:
    def answer(person: User, address: str, status: int = 200) -> Any:
        client.force_login(person)
        found = client.get(address)
        assert found.status_code == status, address
        return found

    return answer


@pytest.fixture
def send(client: Client) -> Get:
    """The answer to a form of a page, found by the end of its address, sent as it stands but for what is typed."""

    def answer(person: User, page: str, action: str = "", **typed: Any) -> Any:
        client.force_login(person)
        found = [one for one in forms_of(client.get(page).content.decode()) if one.method == "post"]
        form = next(one for one in found if (one.action.endswith(action) if action else not one.action))
        return client.post(form.action or page, {n: raw.decode() for n, raw in form.fields.items()} | typed)

    return answer


def position(walk: Walk, ordinal: int = 1, **told: float) -> dict[str, Any]:
    """As static/js/checkin.js fills it in."""
    return vars(near(walk.points[ordinal - 1], **told))


# --- the round -----------------------------------------------------------------------------------------------------
def test_a_round_from_its_start_to_its_end(walk: Walk, get: Get, send: Get) -> None:
    found, me = walk.round(), walk.walker
    page = found.get_absolute_url()
    assert send(me, page, "/start/")["Location"] == page
    assert "Next: 1. 榕荫肉菜市场" in words(get(me, page))
    assert "Next:" not in words(get(walk.crew.members[1], page))
    assert send(me, page, "/points/1/see/", **position(walk), photos=[])["Location"] == page
    assert "Next: 2. 东门公交站" in words(get(me, page))
    assert "Next: 3. 文昌社区中心" in words(get(me, f"{page}?point=3"))
    assert send(me, f"{page}?point=3", "/points/3/skip/", usual="1", note="后门也关了")["Location"] == page
    assert "Leave out the last point and finish" in words(get(me, page))
    refused = send(me, page, "/finish/", usual="", note="")
    assert (refused.status_code, "1 point is still ahead" in words(refused)) == (422, True)
    assert send(me, page, "/finish/", usual="2")["Location"] == page
    told = words(get(walk.crew.clerk, page))
    for text in (
        "by position, 20 m away (±15 m)",
        "building site: no way through 后门也关了",
        "heavy rain or typhoon",
        "Check in at the point 2026-03-02 09:00 · member1 · 榕荫肉菜市场 · by position, 20 m away (±15 m)",
    ):
        assert text in told
    assert [one.state for one in visits_of(found)] == ["seen", "skipped", "skipped"]


def test_too_far_away_the_form_says_how_far_and_takes_ones_word(walk: Walk, send: Get) -> None:
    page = walk.running().get_absolute_url()
    refused = send(walk.walker, page, "/points/1/see/", **position(walk, metres=350))
    assert (refused.status_code, words(refused).count("You are about 350 m away")) == (422, 1)
    nothing = send(walk.walker, page, "/points/1/see/")
    assert "does not know where you are" in words(nothing)
    for wrong in ({"longitude": "nan"}, {"longitude": "x"}, {"latitude": "91"}):
        assert send(walk.walker, page, "/points/1/see/", **position(walk) | wrong).status_code == 422
    send(walk.walker, page, "/points/1/see/", is_by_word="on", note="手机没有信号")
    assert visits_of(PatrolRound.objects.get())[0].way == "word"


def test_who_was_slower_is_told_and_led_back(walk: Walk, client: Client) -> None:
    found = walk.running()
    page = found.get_absolute_url()
    client.force_login(walk.walker)
    forms = {one.action: one for one in forms_of(client.get(page).content.decode())}
    see_point(pk=found.pk, ordinal=1, by=walk.walker, at=NOW, told=CheckIn(near(walk.points[0])))
    form = forms[f"{page}points/1/see/"]
    late = client.post(form.action, {n: raw.decode() for n, raw in form.fields.items()} | position(walk))
    assert (late.status_code, f'href="{page}"' in late.content.decode()) == (409, True)


def test_over_time_it_says_that_it_counts_as_late(walk: Walk, get: Get, moment: Any) -> None:
    page = walk.round().get_absolute_url()
    assert "counts as late" not in words(get(walk.walker, page))
    moment(china("2026-03-02 14:01"))
    assert "counts as late" in words(get(walk.walker, page))


def test_excused_by_whoever_saw_how_it_stands(walk: Walk, get: Get, send: Get) -> None:
    found = walk.round()
    page = found.get_absolute_url()
    assert "Excuse the round" not in words(get(walk.walker, page))
    assert send(walk.crew.leader, f"{page}excuse/", note="").status_code == 422
    assert send(walk.crew.leader, f"{page}excuse/", note="台风", version="99").status_code == 409
    assert send(walk.crew.leader, f"{page}excuse/", note="台风")["Location"] == page
    get(walk.crew.leader, f"{page}excuse/", 409)


# --- signs ---------------------------------------------------------------------------------------------------------
def test_a_sign_starts_the_round_and_checks_in_after_one_tap(walk: Walk, get: Get, send: Get, client: Client) -> None:
    found, sign = walk.round(), f"/rounds/scan/{walk.points[1].code}/"
    assert "Start the round and check in here" in words(get(walk.walker, sign))
    assert RoundEvent.objects.count() == 1  # opening it changed nothing
    (form,) = [one for one in forms_of(client.get(sign).content.decode()) if "request_key" in one.fields]
    typed = {name: raw.decode() for name, raw in form.fields.items()}
    for _again in range(2):
        assert client.post(sign, typed)["Location"] == found.get_absolute_url()
    kinds = list(RoundEvent.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds == ["round_appoint", "round_start", "round_see"]
    assert "already seen" in words(get(walk.walker, sign))
    next_sign = f"/rounds/scan/{walk.points[0].code}/"
    assert "Check in here" in words(get(walk.walker, next_sign))
    assert send(walk.walker, next_sign)["Location"] == found.get_absolute_url()
    assert [one.way for one in visits_of(found)] == ["code", "code", ""]


def test_a_sign_without_a_round_says_so_and_which_one_comes(walk: Walk, get: Get, client: Client) -> None:
    sign = f"/rounds/scan/{walk.points[0].code}/"
    assert "No round with this point is to be walked now." in words(get(walk.walker, sign))
    coming = walk.round(TODAY + ONE_DAY)
    page = get(walk.walker, sign)
    assert "This round can be started from 2026-03-03 05:00 on." in words(page)
    assert f'href="{coming.get_absolute_url()}"' in page.content.decode()
    assert "Start the round and check in here" not in words(page)
    answer = client.post(sign, {"request_key": "7d4ff2a4-5f55-4f0c-9a70-2b7d1c9b9f44"})
    assert (answer.status_code, RoundEvent.objects.count()) == (409, 1)
    get(walk.walker, "/rounds/scan/no-such-sign/", 404)
    get(walk.crew.clerk, sign, 403)
    get(walk.crew.district.other.member, sign, 404)


# --- photos --------------------------------------------------------------------------------------------------------
def test_who_sees_the_round_sees_its_photos(walk: Walk, media: Path, get: Get) -> None:
    found = walk.running()
    told = CheckIn(near(walk.points[0]))
    see_point(pk=found.pk, ordinal=1, by=walk.walker, at=NOW, told=told, photos=[photo(640, 320)])
    page = f"/rounds/photos/{VisitPhoto.objects.get().pk}/"
    get(walk.crew.clerk, f"{page}picture/", 404)  # not developed yet
    process_photos(now=lambda: NOW)
    assert get(walk.crew.clerk, f"{page}thumbnail/")["Content-Type"] == "image/jpeg"
    assert f'src="{page}thumbnail/"' in get(walk.crew.members[2], found.get_absolute_url()).content.decode()
    get(walk.crew.clerk, page)
    for who in (walk.crew.district.other.clerk, walk.crew.district.street.officer):
        get(who, page, 404)
        get(who, f"{page}picture/", 404)


# --- the list ------------------------------------------------------------------------------------------------------
def test_ones_own_comes_first_then_the_teams_day(walk: Walk, get: Get, moment: Any) -> None:
    me, other = walk.crew.members[:2]
    walk.crew.put(me, TODAY, walk.crew.evening)
    walk.round(TODAY, walk.crew.evening)
    walk.walked()
    walk.round(TODAY + ONE_DAY)
    mine = get(me, "/rounds/").content.decode()
    assert (mine.count('class="panel round-own"'), mine.count("card-title-cell")) == (1, 2)
    assert 'class="panel round-own"' not in get(other, "/rounds/").content.decode()
    assert "3 / 3" in words(get(walk.crew.clerk, "/rounds/"))
    moment(china("2026-03-03 14:01"))
    for query, count in (
        ("", 1),
        ("?on=2026-03-02", 2),
        ("?on=2026-03-02&state=walked", 1),
        ("?on=2026-03-02&state=late", 1),
        ("?on=2026-03-02&state=unfinished", 1),
        ("?state=late", 1),
        ("?on=2026-03-01", 0),
    ):
        assert get(walk.crew.clerk, f"/rounds/{query}").content.decode().count("card-title-cell") == count, query
    get(walk.crew.clerk, "/rounds/?on=x", 422)


def test_the_same_queries_for_one_round_and_for_many(walk: Walk, get: Get, client: Client) -> None:
    page = walk.running().get_absolute_url()
    get(walk.walker, page)  # what all pages keep in memory is there
    counts = []
    for _more in range(2):
        for address in ("/rounds/", page):
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counts.append(len(asked))
        walk.round()
        walk.crew.put(walk.walker, TODAY, walk.crew.night)
        walk.round(TODAY, walk.crew.night)
    assert counts[:2] == counts[2:]
    assert max(counts) <= 12
