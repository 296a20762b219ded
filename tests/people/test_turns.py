"""Guests take turns; whoever is logged in never waits for them."""

import threading
from collections.abc import Iterator

import pytest
from django.test import Client

from citymgmt.people import turns
from citymgmt.people.rates import TooMany
from citymgmt.people.turns import Turns
from tests.hostile.probing import browser
from tests.office import District


def test_one_at_a_time_one_waits_and_the_third_comes_again() -> None:
    some = Turns(at_once=1, waiting=1, seconds=20)
    began, order = threading.Event(), ["first"]

    def second() -> None:
        began.set()
        with some.taken():
            order.append("second")

    with some.taken():
        waiting = threading.Thread(target=second)
        waiting.start()
        began.wait(20)
        while some._places.acquire(blocking=False):  # until the other one waits
            some._places.release()
        with pytest.raises(TooMany) as refused, some.taken():
            order.append("third")
        order.append("over")
    waiting.join(20)
    assert (order, refused.value.headers) == (["first", "over", "second"], {"Retry-After": "3"})
    with some.taken():
        order.append("later")
    assert order[-1] == "later"


def test_who_waits_too_long_gives_its_place_back() -> None:
    some = Turns(at_once=1, waiting=1, seconds=0.01)
    with some.taken():
        for _time in range(3):
            with pytest.raises(TooMany), some.taken():
                raise AssertionError("two at once")


def test_a_turn_ends_by_an_error_too() -> None:
    some = Turns(at_once=1, waiting=0, seconds=0.01)
    for _time in range(2):
        with pytest.raises(ZeroDivisionError), some.taken():
            raise ZeroDivisionError


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Guests who take all turns for as long as the test lasts."""
    full = Turns(at_once=1, waiting=0, seconds=0.01)
    monkeypatch.setattr(turns, "guests", full)
    with full.taken():
        yield


@pytest.mark.parametrize(
    "path",
    ["/report/", "/follow/", "/report/similar/", "/public/", "/public/cases.csv", "/boards/",
     "/open311/v2/services.json", "/open311/v2/requests.xml"],
)  # fmt: skip
@pytest.mark.usefixtures("crowd")
def test_each_door_of_guests_says_come_again_and_lets_staff_in(district: District, path: str) -> None:
    refused = Client().get(path)
    assert (refused.status_code, refused["Retry-After"]) == (429, "3")
    if "open311" not in path:  # its programs have no log-in
        assert browser(district.street.officer).get(path).status_code in (200, 302, 405)


@pytest.mark.usefixtures("crowd")
def test_a_stale_session_is_a_guest(district: District) -> None:
    web = Client()
    web.cookies["sessionid"] = "x" * 32
    assert web.get("/report/").status_code == 429


@pytest.mark.usefixtures("crowd", "district")
def test_the_log_in_and_signs_of_life_need_no_turn() -> None:
    assert [Client().get(path).status_code for path in ("/login/", "/healthz")] == [200, 200]
