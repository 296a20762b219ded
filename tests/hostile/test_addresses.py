"""Every address is listed; whatever stands in it, the answer is one with a sentence; each page opens to whom it may.

Of those that need a log-in a half is tried, others in each run.
"""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from tests.hostile.pages import forms_of
from tests.hostile.probing import browser, fault, nothing_written, sent
from tests.hostile.routes import hostile_addresses, routes
from tests.hostile.values import ALONE, DIGITS, NUL, PARTS, quoted
from tests.hostile.world import API, GUESTS, OPEN, OPEN311, PAGES, PUBLIC, World, expected, in_turn, things_in

ASKED = ("page", "q", "after", "next", "version", "zone", "on", "unread", "logged", "ordering", "state", "tab", "x")
NEEDED = {"intake:where": "?longitude=113&latitude=23"}  # pages that answer nothing without a question
ASKED_OF_OPEN311 = ("status", "service_request_id", "service_code", "start_date", "end_date", "updated_after", "bbox",
                    "updated_before", "page_size", "extensions", "api_key", "jurisdiction_id")  # fmt: skip
BROKEN = ("%ff%fe=%ff", "%00=%00", "&&==&", f"page={quoted(DIGITS)}")
POST_ONLY = frozenset({"people:password", "people:language", "people:mail_preview", "people:grant",
                       "people:reset_password", "people:set_active", "people:revoke_token", "people:revoke_tokens",
                       "outbox:read_all", "outbox:retry", "four_duties:usual", "boards:withdraw", "operations-retry",
                       "cases:bulk",
                       "cases:save-view", "cases:choose-columns", "cases:delete-view",
                       "cases:start-export", "statistics:freeze", "statistics:publish",
                       "statistics:discard", "statistics:draft-bulletin", "statistics:make-bulletin",
                       "meetings:invite", "meetings:hold", "meetings:move-item", "meetings:remove-item",
                       "meetings:draft-minutes", "meetings:make-minutes", "meetings:receive-minutes",
                       "meetings:end-links", "meetings:make-circular", "meetings:remind-circular",
                       "meetings:receive-circular", "meetings:unit-of", "intake:answer", "intake:let-follow",
                       "intake:hotline-reply", "intake:hotline-discard",
                       "teams:plan", "teams:usual-shifts", "teams:remove-duty", "teams:check-in", "teams:check-out",
                       "findings:case",
                       "stations:usual-items", "stations:log-case",
                       "sites:fault-case",
                       "rounds:renew-code", "rounds:add-hot-spot", "rounds:usual-classes",
                       "rounds:start", "rounds:see", "rounds:skip", "rounds:finish",
                       "projects:tick", "projects:show_photo", "projects:erase",
                       "guards:plan", "guards:arrive", "guards:leave",
                       "office:end-program", "pests:check-operation", "pests:remove-survey",
                       "meetings:enact-resolutions"})  # fmt: skip
PARTED = [name for name in PAGES if PAGES[name].things]


def test_every_address_is_listed() -> None:
    own = [one for one in routes() if not one.name.startswith("admin:")]
    assert {one.name for one in own} == set(PAGES) | OPEN | GUESTS | set(API) | set(PUBLIC) | set(OPEN311)
    for one in (one for one in own if one.name not in GUESTS):
        assert set(one.takes) == set(things_in(one.name)), one.name


def test_nothing_in_the_path_of_a_page_or_button_breaks_it(world: World) -> None:
    wrong, webs = {}, {name: browser(world.somebody(name)) for name in in_turn(PARTED)}
    with nothing_written("paths"):
        for name, web in webs.items():
            kwargs, ask = world.kwargs(name), web.post if name in POST_ONLY else web.get
            for hostile in hostile_addresses(name, kwargs, [*PARTS, DIGITS[:3900]]):
                answer = sent(lambda ask=ask, hostile=hostile: ask(hostile))
                if fault(answer) or answer.status_code not in (400, 404):
                    wrong[hostile[:120]] = (answer.status_code, fault(answer))
    assert wrong == {}


def queries(shown: set[str]) -> Iterator[str]:
    """Query strings: all names at once with each value; two of those that the page shows alone and twice, others in
    each run; broken ones.
    """
    for raw in (NUL, *ALONE):
        yield "&".join(f"{name}={quoted(raw)}" for name in sorted(shown | set(ASKED)))
    names = sorted(shown | {"page"})
    for name in random.sample(names, min(2, len(names))):
        yield f"{name}=x&{name}={quoted(b'9' * 40)}"
    yield from BROKEN


def text_of(page: Any) -> str:
    """The HTML of a page; nothing for a file."""
    return page.content.decode() if page["Content-Type"].startswith("text/html") else ""


def test_nothing_in_the_query_of_a_page_breaks_it(world: World) -> None:
    wrong, webs = {}, {name: browser(world.somebody(name)) for name in in_turn(sorted(set(PAGES) - POST_ONLY))}
    with nothing_written("queries"):
        for name, web in webs.items():
            address = reverse(name, kwargs=world.kwargs(name))
            page = sent(lambda web=web, address=address: web.get(address))
            fields = {field for form in forms_of(text_of(page)) if form.method == "get" for field in form.fields}
            for query in queries(fields):
                answer = sent(lambda web=web, address=address, query=query: web.get(f"{address}?{query}"))
                if fault(answer):
                    wrong[f"{address}?{query}"[:160]] = fault(answer)
    assert wrong == {}


def test_nothing_in_an_address_or_query_of_open311_breaks_it(world: World) -> None:
    web, wrong, kwargs = browser(), {}, {name: world.kwargs(name) for name in OPEN311}
    with nothing_written("open311"):
        for name, parts in kwargs.items():
            address = reverse(name, kwargs=parts)
            for part in parts.keys() - {"suffix"}:
                before, _found, after = address.rpartition(str(parts[part]))
                tried = [f"{before}{quoted(raw)}{after}" for raw in [*PARTS, DIGITS[:3900]]]
                wrong |= {one[:160]: said for one in tried if (said := refusal(web, one, (400, 404)))}
            tried = [f"{address}?{query}" for query in queries(set(ASKED_OF_OPEN311))]
            wrong |= {one[:160]: said for one in tried if (said := refusal(web, one, (200, 400, 403, 404)))}
            assert web.get(address).status_code == 200, address
    assert wrong == {}


def refusal(web: Any, address: str, usual: tuple[int, ...]) -> str:
    """What is wrong with the answer to an address; empty when nothing is, and its status is a usual one."""
    answer = sent(lambda: web.get(address))
    return fault(answer) or ("" if answer.status_code in usual else str(answer.status_code))


def test_nothing_in_an_address_of_the_api_breaks_it(world: World) -> None:
    web, wrong = browser(world.street.clerk), {}
    with nothing_written("api"):
        for name in API:
            kwargs = world.kwargs(name)
            address = reverse(name, kwargs=kwargs)
            for one in [*hostile_addresses(name, kwargs, PARTS), *(f"{address}?{query}" for query in queries(set()))]:
                for ask in (web.get, web.post):
                    answer = sent(lambda ask=ask, one=one: ask(one))
                    if fault(answer):
                        wrong[one[:160]] = fault(answer)
    assert wrong == {}


def test_nothing_in_the_query_of_an_open_page_breaks_it(world: World) -> None:
    wrong = {}
    for web in (browser(), browser(world.street.clerk)):
        for name in sorted(OPEN - {"readyz"}):
            for query in ["", *queries({"next"})]:
                answer = sent(lambda name=name, query=query, web=web: web.get(f"{reverse(name)}?{query}"))
                if fault(answer):
                    wrong[name, query[:120]] = fault(answer)
    assert wrong == {}


def test_nothing_in_an_address_or_query_of_a_public_page_breaks_it(world: World) -> None:
    wrong = {}
    for web in (browser(), browser(world.street.clerk)):
        for name in PUBLIC:
            kwargs = world.kwargs(name)
            address = reverse(name, kwargs=kwargs)
            fields = {field for form in forms_of(text_of(web.get(address))) for field in form.fields}
            questions = [address, *(f"{address}?{query}" for query in queries(fields))]
            for one in [*hostile_addresses(name, kwargs, [*PARTS, DIGITS[:3900]]), *questions]:
                answer = sent(lambda one=one, web=web: web.get(one))
                if fault(answer) or answer.status_code not in (200, 304, 400, 404, 422):
                    wrong[one[:160]] = (answer.status_code, fault(answer))
            assert web.get(f"{address}{NEEDED.get(name, '')}").status_code == 200, address
    assert wrong == {}


@pytest.mark.parametrize(("whose", "share"), [("of the street", 1), ("of others", 3)])
def test_each_page_opens_to_whom_the_table_says(world: World, whose: str, share: int) -> None:
    """Of a half of the pages, of other ones in each run; to whom of others, of a share of these."""
    wrong = []
    for who, person in world.people().items():
        if (person.subdistrict_id == world.street.subdistrict.pk) is not (whose == "of the street"):
            continue
        web = browser(person)
        for name in in_turn(PAGES)[::share]:
            page = PAGES[name]
            ask = web.post if name in POST_ONLY else web.get
            answer = sent(lambda name=name, ask=ask: ask(reverse(name, kwargs=world.kwargs(name))))
            status = 200 if answer.status_code in (302, 422) else answer.status_code
            if status != expected(page, who, person):
                wrong.append((who, name, answer.status_code, expected(page, who, person)))
    assert wrong == []
