"""A person's browser window on the portal, and what must be true of every page that it shows."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from citymgmt.people.models import User

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
RULES = {
    "resultTypes": ["violations"],
    "preload": False,  # of style sheets: no rule of these tags asks for it
    "iframes": False,
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]},
}
ENGLISH = re.compile(r"\b[A-Za-z]{2,}(?: [a-z]{2,}){2,}\b")  # three words in a row: a sentence nobody translated
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
ABORTED = ("htmx:sendAbort", "htmx:afterRequest")  # of a page left for another; htmx:sendError and :timeout count
COLOURS_SEEN: set[str] = set()  # kinds of pages: paths without numbers
INVALID = 422  # a form that says what is wrong: the only failure that belongs to a day's work


@dataclass
class Clock:
    """The portal's present moment; it moves only when a test moves it."""

    at: datetime


@dataclass
class Window:
    """A page of the portal in somebody's browser. `problems` collects what the browser complains about."""

    page: Any
    url: str
    language: str = "zh"
    problems: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Collect scripts' errors, and requests that fail."""
        self.page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        self.page.on("console", self._said)
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)

    def _said(self, message: Any) -> None:
        told_otherwise = ("Failed to load resource", *ABORTED)
        if message.type in ("error", "warning") and not message.text.startswith(told_otherwise):
            self.problems.append(f"console: {message.text}")

    def _failed(self, request: Any) -> None:
        if request.failure != "net::ERR_ABORTED":  # left for another page
            self.problems.append(f"failed: {request.url} {request.failure}")

    def _answered(self, response: Any) -> None:
        if response.status >= 400 and response.status != INVALID:
            self.problems.append(f"{response.status}: {response.url}")

    def open(self, path: str) -> None:
        """Go to an address of the portal."""
        self.page.goto(self.url + path)

    @property
    def path(self) -> str:
        """Where the window is, without the host."""
        return str(self.page.url.removeprefix(self.url))

    @property
    def title(self) -> str:
        """The heading of the page."""
        return str(self.page.locator("h1").inner_text())

    @property
    def toast(self) -> str:
        """What the portal said last, above the page."""
        return str(self.page.locator("#toasts .note").last.inner_text()).strip()

    def text(self, selector: str = "main") -> str:
        """What stands in a part of the page, in one line."""
        return " ".join(self.page.locator(selector).first.inner_text().split())

    def texts(self, selector: str) -> list[str]:
        """The same of every such part."""
        return [" ".join(text.split()) for text in self.page.locator(selector).all_inner_texts()]

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """At the end what was pressed inside has led to the next page, which is loaded; a click alone need not wait."""
        with self.page.expect_navigation():
            yield

    def press(self, name: str, within: str = "main", **which: Any) -> None:
        """Press the first button of this name, or follow the first link."""
        place = self.page.locator(within)
        place.get_by_role("button", name=name, **which).or_(place.get_by_role("link", name=name, **which)).first.click()

    def fact(self, label: str) -> str:
        """The value of a fact on the page."""
        row = self.page.locator(".fact").filter(has=self.page.locator("dt", has_text=re.compile(f"^{label}$")))
        return " ".join(row.locator("dd").first.inner_text().split())

    def look(self) -> None:
        """A look at a Chinese page: as below, and no sentence in English was left over."""
        self.look_at_frame()
        assert ENGLISH.findall(self.page.locator("body").inner_text()) == [], f"{self.path} is not in Chinese"

    def look_at_frame(self) -> None:
        """A look at any page: it fits the window, can be used by everybody, and nothing failed. Colours, which take
        long, are looked at when this run sees the kind of page first.
        """
        self.page.wait_for_load_state()
        assert self.problems == []
        assert self.page.evaluate(OVERFLOW) == 0, f"{self.path} is wider than the window"
        kind = re.sub(r"\d+", "0", self.path.partition("?")[0])
        assert violations(self.page, colours=kind not in COLOURS_SEEN) == [], self.path
        COLOURS_SEEN.add(kind)


def violations(page: Any, *, colours: bool = True) -> list[str]:
    """What axe finds wrong by WCAG 2.1 A and AA and by best practice, with the elements; `colours` take most of its
    time.
    """
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(Axe().axe_script)
    rules = RULES if colours else {**RULES, "rules": {"color-contrast": {"enabled": False}}}
    found = page.evaluate("async rules => (await axe.run(rules)).violations", rules)
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]


Opens = Callable[..., Window]


def log_in(window: Window, person: User) -> None:
    """Log in through the form, as everybody does."""
    window.open("/login/")
    window.page.fill("input[name=username]", person.username)
    window.page.fill("input[name=password]", f"{person.username}-secret")
    window.page.locator("main button[type=submit]").click()
    window.page.wait_for_url(lambda url: "/login/" not in url)


def come_back(window: Window, person: User) -> None:
    """Open the portal as somebody who has logged in before."""
    web = Client()
    web.force_login(person)
    cookie = web.cookies[settings.SESSION_COOKIE_NAME]
    window.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": window.url}])
    window.open("/")
