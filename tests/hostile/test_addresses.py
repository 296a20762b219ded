"""Every address is listed; and whatever stands in it, the answer is one with a sentence."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from tests.hostile.pages import forms_of
from tests.hostile.probing import browser, fault, nothing_written, sent
from tests.hostile.routes import hostile_addresses, is_api, routes
from tests.hostile.values import DIGITS, FEW, WORST, quoted
from tests.hostile.world import API, OPEN, PAGES, World

ASKED = ("page", "q", "after", "next", "version", "zone", "on", "unread", "logged", "ordering", "state", "tab", "x")
OWN = [one for one in routes() if not one.name.startswith("admin:")]


def is_post_only(name: str) -> bool:
    return name in ("people:password", "people:language", "people:grant", "people:reset_password",
                    "people:set_active", "outbox:read_all", "outbox:retry", "cases:bulk",
                    "cases:save-view", "cases:choose-columns", "cases:delete-view", "cases:start-export")  # fmt: skip


def test_every_address_is_listed() -> None:
    assert {one.name for one in OWN} == set(PAGES) | OPEN | set(API)
    for one in OWN:
        things = API[one.name] if one.name in API else (PAGES[one.name].things or {} if one.name in PAGES else {})
        assert set(one.takes) == set(things), one.name


def asked_of(name: str, html: str) -> set[str]:
    """What the forms of a page put into an address, and what pages take otherwise."""
    return {field for form in forms_of(html) if form.method == "get" for field in form.fields} | set(ASKED)


def queries(names: set[str]) -> Iterator[str]:
    """Query strings: all at once with each value, and each alone with the worst; one key twice; broken ones."""
    for raw in WORST:
        yield "&".join(f"{name}={quoted(raw)}" for name in sorted(names))
    for name in sorted(names):
        yield f"{name}={quoted(b'9' * 40)}&{name}=0001-01-01"
    yield from ("%ff%fe=%ff", "%00=%00", "&&==&", "x[]=1", ";", f"page={quoted(DIGITS)}")


@pytest.mark.parametrize("name", [name for name in PAGES if not is_post_only(name)])
def test_nothing_in_the_address_of_a_page_breaks_it(world: World, name: str) -> None:
    web, kwargs = browser(world.somebody(name)), world.kwargs(name)
    address = reverse(name, kwargs=kwargs)
    page = web.get(address)
    faults = {}
    with nothing_written(name):
        for hostile in hostile_addresses(name, kwargs, [*WORST, DIGITS[:3900]]):
            answer = sent(lambda hostile=hostile: web.get(hostile))
            faults[hostile[:120]] = fault(answer) or ("" if answer.status_code in (400, 404) else answer.status_code)
        for query in queries(asked_of(name, page.getvalue().decode(errors="replace"))):
            answer = sent(lambda query=query: web.get(f"{address}?{query}"))
            faults[query[:120]] = fault(answer)
    assert {asked: found for asked, found in faults.items() if found} == {}


def test_nobody_breaks_a_page_that_is_not_open_to_all(world: World) -> None:
    wrong = {}
    for who in ("auditor", "liaison", "other admin", "nobody"):
        web = browser(world.people()[who])
        for name in PAGES:
            address, kwargs = reverse(name, kwargs=world.kwargs(name)), world.kwargs(name)
            for hostile in (*hostile_addresses(name, kwargs, FEW[:2]), f"{address}?page=%ff&q=%ED%A0%80&x=1"):
                ask = web.post if is_post_only(name) else web.get
                answer = sent(lambda ask=ask, hostile=hostile: ask(hostile))
                if fault(answer):
                    wrong[who, hostile] = fault(answer)
    assert wrong == {}


@pytest.mark.parametrize("name", [name for name in PAGES if PAGES[name].things and is_post_only(name)])
def test_nothing_in_the_address_of_a_button_breaks_it(world: World, name: str) -> None:
    web, kwargs = browser(world.somebody(name)), world.kwargs(name)
    with nothing_written(name):
        found = {
            hostile: sent(lambda hostile=hostile: web.post(hostile))
            for hostile in hostile_addresses(name, kwargs, WORST)
        }
    assert {hostile: fault(answer) for hostile, answer in found.items() if fault(answer)} == {}
    assert {answer.status_code for answer in found.values()} <= {400, 404}


@pytest.mark.parametrize("name", sorted(API))
def test_nothing_in_an_address_of_the_api_breaks_it(world: World, name: str) -> None:
    web, kwargs = browser(world.street.clerk), world.kwargs(name)
    address = reverse(name, kwargs=kwargs)
    faults = {}
    with nothing_written(name):
        hostile = [*hostile_addresses(name, kwargs, WORST), *(f"{address}?{query}" for query in queries(set(ASKED)))]
        for one in hostile:
            for ask in (web.get, web.post):
                answer = sent(lambda ask=ask, one=one: ask(one))
                faults[one[:120]] = fault(answer) or ("" if answer.status_code < 500 else answer.status_code)
    assert {asked: found for asked, found in faults.items() if found} == {}
    assert is_api(name)


@pytest.mark.parametrize("name", sorted(OPEN))
def test_nothing_in_the_address_of_an_open_page_breaks_it(world: World, name: str) -> None:
    faults = {}
    for web in (browser(), browser(world.street.clerk)):
        for query in ["", *queries({"next", "page"})]:
            answer = sent(lambda query=query, web=web: web.get(f"{reverse(name)}?{query}"))
            faults[query[:120]] = "" if name == "readyz" and answer.status_code == 503 else fault(answer)
    assert {asked: found for asked, found in faults.items() if found} == {}
